"""Counts primes by the sieve of Eratosthenes, and writes them as a table."""

import json
import math
import sys


def count_primes(limit: int) -> int:
    """How many primes there are up to and with `limit`, 2 at least."""
    is_prime = bytearray([1]) * (limit + 1)
    is_prime[0:2] = b"\0\0"
    for factor in range(2, math.isqrt(limit) + 1):
        if is_prime[factor]:
            multiples = range(factor * factor, limit + 1, factor)
            is_prime[factor * factor :: factor] = bytes(len(multiples))
    return sum(is_prime)


with open(sys.argv[1]) as file:
    manifest = json.load(file)
table = {
    "kind": "table",
    "id": "primes",
    "run": None,
    "columns": [{"id": "limit", "unit": None}, {"id": "primes", "unit": "1"}, {"id": "law", "unit": "1"}],
    "rows": [
        {"limit": limit, "primes": count_primes(limit), "law": limit / math.log(limit)}
        for limit in manifest["params"]["limits"]
    ],
}
with open(manifest["outputs"]["result"], "w") as file:
    json.dump({"results": [table]}, file)
