"""One line of JSON a task, one line an answer. Durations are taken here, so that nothing else counts."""

import json
import sys
import time


def serve_tasks(tasks):
    """tasks: name -> function of the request that prepares it and gives (run, tell): `run` is timed, `tell` says
    in a few words what its result was."""
    for line in sys.stdin:
        request = json.loads(line)
        run, tell = tasks[request["task"]](request)
        start = time.perf_counter()
        result = run()
        milliseconds = (time.perf_counter() - start) * 1000
        print(json.dumps({"milliseconds": milliseconds, "told": tell(result)}), flush=True)
