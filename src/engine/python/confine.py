"""
Runs a script as __main__ and holds it to what its stage declares: `confine.py POLICY`, JSON.

A refusal is written down and ends the process at once, so that no `except` can swallow it. What Python raises no
audit event for (os.stat, os.path.exists) is not seen here. This holds mistakes, not attackers: a script that means to can
reach behind it, and only a namespace, where the platform has one, is in its way.
"""
import _thread
import hashlib
import importlib.machinery
import importlib.util
import linecache
import json
import os
import sys
import sysconfig
import traceback
import types

# As its closure was read.
sys.setrecursionlimit(100_000)

policy = json.loads(sys.argv[1])
with open(policy["manifest"], encoding="utf8") as opened:
    manifest = json.load(opened)

real = os.path.realpath
exit_now = os._exit
STDLIB = sorted({real(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")})
SITE = [os.path.join(folder, name) for folder in STDLIB for name in ("site-packages", "dist-packages")]
PACKAGES = [real(policy["packages"])] if policy["packages"] else []
FILES = {real(path): digest for path, digest in policy["files"].items()}
FILES_READ = {real(policy["manifest"]), "/dev/null"}
READS = [real(path) for path in policy["reads"]]
WRITES = [real(path) for path in policy["writes"]]
DONE = real(manifest["done"])
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Of each thread by itself: whether it is at work for this file, and within a call that was checked here already, because
# its audit event tells less than the call does.
state = _thread._local()
# The source that is being loaded: what the script itself reads of a source is in no key, which holds its tree.
loading = None


def is_ours():
    return getattr(state, "is_ours", False)


def is_checked():
    return getattr(state, "is_checked", False)


def below(path, folders):
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def is_code(path):
    return below(path, PACKAGES) or (below(path, STDLIB) and not below(path, SITE))


def absolute(path):
    return real(os.fsdecode(path))


# A key holds no lines: otherwise they are others.
LINES_ABOVE = 7 if policy["otherwise"] else 0


def place(file, line):
    return {"file": file, "line": line - LINES_ABOVE}


def position():
    """Where the author's own code stands."""
    frame = sys._getframe()
    while frame:
        if real(frame.f_code.co_filename) in FILES:
            return place(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


def tell(name, message, hint, details, where):
    state.is_ours = True
    with open(manifest["error"], "w", encoding="utf8") as file:
        json.dump({"name": name, "message": message, "hint": hint, "details": details, "where": where}, file)


def refuse(name, message, hint):
    if is_ours():
        return
    tell(name, message, hint, [], position())
    exit_now(70)


def check_read(path):
    if not ((path in FILES_READ or path == loading) or below(path, READS + WRITES) or is_code(path)):
        refuse("UndeclaredRead", f"the script reads {path}, which its stage does not declare.",
               "declare it: an upstream output in `inputs`, any other file in `files`.")


def check_write(path):
    if path == "/dev/null":
        return
    if path == DONE or not below(path, WRITES):
        refuse("UndeclaredWrite", f"the script writes {path}, which its stage does not declare.",
               "write to the manifest's `outputs`, or below its `scratch`.")


def check_listing(path):
    if is_from_importer() or below(path, READS + WRITES) or is_code(path):
        return
    refuse("UndeclaredListing", f"the script lists {path}, which its stage does not declare.",
           "name the files in the stage's `inputs` or `files`, and read those.")


def is_from_importer():
    frame = sys._getframe(3)
    return frame is not None and frame.f_code.co_filename.startswith("<frozen importlib")


CHILDREN = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn")
CHANGES = {"os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.chmod": 1, "os.chown": 1, "os.truncate": 1, "os.utime": 1,
           "os.setxattr": 1, "os.removexattr": 1, "os.rename": 2, "os.link": 2}


# Functions of os that tell of the machine, the user or the process. Packages ask some of them to find their way.
OF_THE_MACHINE = ("cpu_count", "process_cpu_count", "sched_getaffinity", "sysconf", "uname", "getloadavg", "statvfs",
                  "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getgroups", "getlogin", "getresuid",
                  "getresgid", "umask", "nice", "getpriority", "setpriority", "sched_getscheduler", "sched_getparam",
                  "pathconf", "fpathconf", "confstr", "times")
# The same of resource.
LIMITS = ("getrlimit", "setrlimit", "prlimit", "getrusage")


# Functions of Python's own that hand on what those tell.
HANDED_ON = ("cpu_count", "disk_usage", "uname", "node", "release", "version", "platform", "<lambda>")


def is_asked_by_script():
    frame = sys._getframe(2)
    while frame and frame.f_code.co_name in HANDED_ON and is_code(real(frame.f_code.co_filename)):
        frame = frame.f_back
    return frame is not None and real(frame.f_code.co_filename) in FILES


def told_to_packages(name, call):
    def asked(*args, **named):
        if is_asked_by_script():
            refuse("UndeclaredRead", f"the script asks for {name}, which differs from machine to machine.",
                   "give what it needs as a parameter.")
        return call(*args, **named)
    return asked


def close_doors():
    """What starts a process, or makes or opens a file, without an audit event that tells all of it."""
    import _posixsubprocess
    import resource

    def no_child(*args, **named):
        # What multiprocessing spawns by.
        refuse("ChildProcessRefused", "the script starts another process (fork_exec).",
               "make it a stage of its own, and read its output as an input.")

    _posixsubprocess.fork_exec = no_child

    folders = {}

    def at(path, folder):
        """A path below a folder that is known by its descriptor."""
        path = os.fsdecode(path)
        if folder is None or os.path.isabs(path):
            return absolute(path)
        if folder not in folders:
            refuse("UndeclaredRead", f"the script opens {path} below a folder that it did not open by os.open.",
                   "open it by its whole path.")
        return real(os.path.join(folders[folder], path))

    def guarded(call, check):
        def guard(path, *args, dir_fd=None, **named):
            place = None if isinstance(path, int) or is_ours() else at(path, dir_fd)
            if place is not None:
                check(place, args, named)
            before, state.is_checked = is_checked(), True
            try:
                made = call(path, *args, **({} if dir_fd is None else {"dir_fd": dir_fd}), **named)
            finally:
                state.is_checked = before
            if made is not None:
                folders[made] = place
            return made
        return guard

    def check_open(path, args, named):
        flags = named.get("flags", args[0] if args else 0)
        (check_write if flags & WRITING else check_read)(path)

    os.open = guarded(os.open, check_open)
    # The same functions by two names.
    native = sys.modules[os.name]
    for name in OF_THE_MACHINE:
        if hasattr(os, name):
            asked = told_to_packages(f"os.{name}", getattr(os, name))
            for module in (os, native):
                setattr(module, name, asked)
    for name in LIMITS:
        setattr(resource, name, told_to_packages(f"resource.{name}", getattr(resource, name)))
    for name in ("mkfifo", "mknod"):
        if hasattr(os, name):
            setattr(os, name, guarded(getattr(os, name), lambda path, args, named: check_write(path)))


def audit(event, args):
    if is_ours() or is_checked():
        return
    if event == "open":
        path, _, flags = args
        if isinstance(path, int):
            return
        if isinstance(flags, int) and flags & WRITING:
            check_write(absolute(path))
        else:
            check_read(absolute(path))
    elif event == "import":
        if args[1] and not is_code(absolute(args[1])):
            refuse("UndeclaredImport", f"the script imports {args[1]}, which is not in its closure.",
                   "import modules of its own folder by name, and packages from its locked requirements.")
    elif event in ("os.listdir", "os.scandir"):
        if not isinstance(args[0], int):
            check_listing(absolute(args[0] or "."))
    elif event in CHANGES:
        for path in args[: CHANGES[event]]:
            if not isinstance(path, int):
                check_write(absolute(path))
    elif event == "os.symlink":
        check_read(absolute(args[0]))
        check_write(absolute(args[1]))
    elif event == "os.chdir":
        if not isinstance(args[0], int):
            check_listing(absolute(args[0]))
    elif event in CHILDREN:
        refuse("ChildProcessRefused", f"the script starts another process ({event}).",
               "make it a stage of its own, and read its output as an input.")
    elif event in ("os.kill", "os.killpg"):
        refuse("ChildProcessRefused", f"the script sends a signal to another process ({event}).",
               "a stage reads its inputs and writes its outputs: take it out.")
    elif event.startswith("socket.") and event != "socket.__new__":
        # A pair of them leads nowhere else: asyncio wakes itself by one.
        refuse("SocketRefused", f"the script opens a socket ({event}).",
               "fetch what it needs before the build, and give it in `files`.")
    elif event == "sqlite3.connect":
        # SQLite opens the file itself, without Python's event.
        if args[0] not in (":memory:", ""):
            check_write(absolute(args[0]))
    elif event == "ctypes.dlopen":
        if args[0] and not is_code(absolute(args[0])):
            refuse("NativeCallRefused", f"the script loads the library {args[0]}.",
                   "use a package from locked requirements: a library of the machine is in no key.")
    elif event in ("ctypes.dlsym", "ctypes.dlsym/handle"):
        refuse("NativeCallRefused", f"the script calls the native function {args[1]}.",
               "use a package from locked requirements: what a native call does cannot be seen.")


def source_of(path):
    global loading
    loading = real(path)
    with open(path, "rb") as file:
        content = file.read()
    loading = None
    if hashlib.sha256(content).hexdigest() != FILES[real(path)]:
        refuse("SourceChanged", f"{path} was edited after its key was made.", "run the same command again.")
    return content


def code_of(path):
    lines = "\n" * LINES_ABOVE
    # Whoever prints where code stands, such as a warning, finds no line there, and does not look for it.
    for shown in (path, __file__):
        linecache.cache[shown] = (0, None, [], shown)
    return compile(lines + importlib.util.decode_source(source_of(path)), path, "exec", dont_inherit=True)


def tell_fault(error):
    """What the script did not catch: all of it for the log, and its words and its place for the runner."""
    state.is_ours = True
    sys.stdout.flush()
    for path in FILES:
        linecache.cache.pop(path, None)
    traceback.print_exception(error)
    where = None
    frame = error.__traceback__
    while frame:
        if real(frame.tb_frame.f_code.co_filename) in FILES:
            where = place(frame.tb_frame.f_code.co_filename, frame.tb_lineno)
        frame = frame.tb_next
    # A text that does not parse came from nowhere else.
    if isinstance(error, SyntaxError) and error.filename and real(error.filename) in FILES:
        where = place(error.filename, error.lineno)
    words = "".join(traceback.format_exception_only(type(error), error)).rstrip().split("\n")
    tell("StageFailed", "the script ended by an exception.",
         "this is a fault in the script, not in what it was given; the log names the line.", words, where)
    # What it left to be done at its end is watched as well.
    state.is_ours = False


def file_shown(path):
    """What a module sees of where it lies: in another clone it lies elsewhere."""
    return os.path.join(os.sep, "another", "place") + path if policy["otherwise"] else path


class ClosureFinder:
    """Modules of the project come from the files that were hashed, never from a cache of compiled code."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        file = policy["modules"].get(name)
        if file:
            package = [os.path.dirname(file)] if os.path.basename(file) == "__init__.py" else None
            return importlib.machinery.ModuleSpec(name, ClosureLoader(file), origin=file, is_package=bool(package))
        if name in policy["namespaces"]:
            return importlib.machinery.ModuleSpec(name, None, is_package=True)
        return None


class LastFinder:
    """What nobody found, asked for by the stage's own code, is outside its closure."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        frame = sys._getframe(1)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is not None and frame.f_code.co_filename in policy["modules"].values():
            refuse("UndeclaredImport", f"the script imports {name}, which is not in its closure.",
                   "import it by name: a stage's key is complete before it runs.")
        return None


class ClosureLoader:
    def __init__(self, file):
        self.file = file

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = file_shown(self.file)
        exec(code_of(self.file), module.__dict__)


def finish_what_was_left():
    """
    Threads that the script left running, and what it left to be done at its end, under the same watch. Whether all of it
    ended well.
    """
    import atexit

    failures = []

    def note(failed):
        failures.append(failed)
        was, state.is_ours = is_ours(), True
        sys.__unraisablehook__(failed)
        state.is_ours = was

    sys.unraisablehook = note
    threading = sys.modules.get("threading")
    if threading:
        # As the interpreter does, which then finds nothing left: what pools of threads wait for is told to them.
        threading._shutdown()
    atexit._run_exitfuncs()
    sys.unraisablehook = sys.__unraisablehook__
    return not failures and not failed_threads


# Exceptions that ended a thread.
failed_threads = []


def note_failed_threads():
    import threading

    told = threading.excepthook

    def note(failed):
        if failed.exc_type is not SystemExit:
            failed_threads.append(failed.exc_type)
        was, state.is_ours = is_ours(), True
        told(failed)
        state.is_ours = was

    threading.excepthook = note


def main():
    """The exit code."""
    script = policy["script"]
    sys.argv = [script, policy["manifest"]]
    sys.path[:] = [path for path in sys.path if is_code(real(path))] + PACKAGES
    sys.meta_path.insert(0, ClosureFinder)
    sys.meta_path.append(LastFinder)
    module = types.ModuleType("__main__")
    module.__file__ = file_shown(script)
    sys.modules["__main__"] = module
    if policy["otherwise"]:
        sys.path.insert(0, os.path.dirname(__file__))
        from live_otherwise import live_otherwise
        live_otherwise()
        sys.path.pop(0)
        del sys.modules["live_otherwise"]
    close_doors()
    note_failed_threads()
    sys.addaudithook(audit)
    try:
        exec(code_of(script), module.__dict__)
    except SystemExit as error:
        if error.code not in (None, 0):
            state.is_ours = True
            print(error.code, file=sys.stderr)
            return 1
    except BaseException as error:
        tell_fault(error)
        return 1
    if not finish_what_was_left():
        return 1
    # Last, and by this thread alone: others that still run are watched to their end.
    state.is_ours = True
    with open(manifest["done"], "w", encoding="utf8"):
        pass
    state.is_ours = False
    return 0


kept = sys.modules["__main__"]
sys.exit(main())
