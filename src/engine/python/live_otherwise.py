"""What `verify` shifts in a Python process: like what it shifts in Node, it is in no key."""
import datetime
import functools
import os
import sys
import time


def live_otherwise():
    """Some years on, Python elsewhere, and folders in the order opposite to the one that was found."""
    for name in ("executable", "prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        setattr(sys, name, os.path.join(os.sep, "another", "place") + getattr(sys, name))

    # Years, months, days, hours, minutes and seconds: whatever of a time is taken, it is another. And clocks run faster:
    # what a run takes is another in every unit, also rounded.
    later, faster = 3 * 31557600 + 139 * 86400 + 7384.567, 3600
    listdir, scandir = os.listdir, os.scandir

    def replaced(module, name, work):
        # No function of Python's: as a class's attribute it would be a method.
        setattr(module, name, functools.partial(work, getattr(module, name)))

    begun = {}

    def shifted(of, *args):
        start = begun.setdefault((of, args), of(*args))
        return start + later + (of(*args) - start) * faster

    def shifted_ns(of, *args):
        start = begun.setdefault((of, args), of(*args))
        return start + int(later * 1e9) + (of(*args) - start) * faster

    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime"):
        # Clocks without a date begin with the machine or the process.
        replaced(time, name, shifted)
        replaced(time, name + "_ns", shifted_ns)
    for name in ("gmtime", "localtime", "ctime"):
        replaced(time, name, lambda of, seconds=None: of(time.time() if seconds is None else seconds))
    replaced(time, "strftime", lambda of, form, *at: of(form, *(at or (time.localtime(),))))
    replaced(time, "asctime", lambda of, *at: of(*(at or (time.localtime(),))))

    def stat(of, *args, **named):
        found = of(*args, **named)
        times = {name: getattr(found, name) + later for name in ("st_atime", "st_mtime", "st_ctime")}
        ns = {name + "_ns": getattr(found, name + "_ns") + int(later * 1e9) for name in times}
        others = {name: getattr(found, name) for name in ("st_blksize", "st_blocks", "st_rdev")}
        whole = [int(times[name]) for name in times]
        return os.stat_result([*found[:7], *whole], {**others, **times, **ns})

    for name in ("stat", "lstat", "fstat"):
        replaced(os, name, stat)

    date, datetime_ = datetime.date, datetime.datetime

    class Kind(type):
        """Whatever is a date is one of these, too."""

        def __instancecheck__(cls, made):
            return isinstance(made, cls.__base__)

        def __subclasscheck__(cls, kind):
            return issubclass(kind, cls.__base__)

    def written(made):
        # Of a class of its own Python writes the name alone.
        kind = type(made)
        of = kind.__base__.__repr__(made)
        return f"datetime.{of}" if kind in (LaterDate, LaterDatetime) else of

    class LaterDate(date, metaclass=Kind):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

    class LaterDatetime(datetime_, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def today(cls):
            return cls.now()

        @classmethod
        def utcnow(cls):
            return cls.now(datetime.timezone.utc).replace(tzinfo=None)

    # By their names they are written down, and found again.
    for kind, name in ((LaterDate, "date"), (LaterDatetime, "datetime")):
        kind.__name__ = kind.__qualname__ = name
        kind.__module__ = "datetime"
        kind.__repr__ = written
        setattr(datetime, name, kind)
    os.listdir = lambda path=".": listdir(path)[::-1]

    class Reversed:
        def __init__(self, path="."):
            with scandir(path) as found:
                self.entries = iter(list(found)[::-1])

        def __iter__(self):
            return self.entries

        def __next__(self):
            return next(self.entries)

        def __enter__(self):
            return self

        def __exit__(self, *ignored):
            return None

        def close(self):
            return None

    os.scandir = Reversed
