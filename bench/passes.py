"""Timing of work that is done again and again within a process, as the Java side of the benchmarks
does it: first without counting, then several passes."""
import statistics
import time


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(passes, work):
    """Median seconds of so many passes."""
    return statistics.median(timed(work) for _ in range(passes))


def warm_up(warm, warm_seconds, work):
    """At least so many passes, and so many seconds."""
    done, spent = 0, 0.0
    while done < warm or spent < warm_seconds:
        spent += timed(work)
        done += 1


def seconds(warm, warm_seconds, passes, work):
    """Median seconds of a pass once warm."""
    warm_up(warm, warm_seconds, work)
    return median(passes, work)


def cpu_seconds(warm, warm_seconds, passes, work):
    """Seconds of CPU time that a pass takes once warm."""
    warm_up(warm, warm_seconds, work)
    start = time.process_time()
    for _ in range(passes):
        work()
    return (time.process_time() - start) / passes


def read(paths):
    """The bytes of all files named in a file, one path a line."""
    files = []
    with open(paths) as lines:
        for line in lines:
            with open(line.rstrip("\n"), "rb") as file:
                files.append(file.read())
    return files
