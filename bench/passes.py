"""Timing of work that is done again and again within a process, as the Java side of the benchmarks
does it: first without counting, then the median of several passes."""
import statistics
import time


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(passes, work):
    """Median seconds of so many passes."""
    return statistics.median(timed(work) for _ in range(passes))


def seconds(warm, warm_seconds, passes, work):
    """Median seconds of a pass, after at least so many passes and so many seconds of warming up."""
    done, spent = 0, 0.0
    while done < warm or spent < warm_seconds:
        spent += timed(work)
        done += 1
    return median(passes, work)


def read(paths):
    """The bytes of all files named in a file, one path a line."""
    files = []
    with open(paths) as lines:
        for line in lines:
            with open(line.rstrip("\n"), "rb") as file:
                files.append(file.read())
    return files
