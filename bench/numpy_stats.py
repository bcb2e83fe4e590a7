"""Exact channel means and deviations of CIFAR-10 records that lie in memory, by numpy: int64 sums and
einsum, a hundred records at a time, twice as fast as a thousand or all. What the benchmark "stats"
compares with. Arguments: the folder of .bin files, passes and seconds to warm up, passes to time.
Prints means and deviations, then pictures a second."""
import glob
import os
import sys

import numpy as np

import passes

records, warm, warm_seconds, count = sys.argv[1:]
A_CHUNK = 100
batches = sorted(glob.glob(os.path.join(records, "*.bin")))
rows = [np.fromfile(batch, np.uint8).reshape(-1, 3073)[:, 1:] for batch in batches]
pixels = np.ascontiguousarray(np.concatenate(rows)).reshape(-1, 3, 1024)
result = []


def statistics():
    sums, squares = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for at in range(0, len(pixels), A_CHUNK):
        chunk = pixels[at : at + A_CHUNK].astype(np.int64)
        sums += chunk.sum((0, 2))
        squares += np.einsum("ncp,ncp->c", chunk, chunk)
    values = pixels.shape[0] * pixels.shape[2]
    mean = sums / values
    result[:] = (mean / 255).tolist() + (np.sqrt(squares / values - mean**2) / 255).tolist()


seconds = passes.seconds(int(warm), float(warm_seconds), int(count), statistics)
print(*result)
print(len(pixels) / seconds)
