"""CIFAR-10 binaries to PNG files and back, then channel means and deviations: what the benchmark
"shards" compares with. Arguments: the folder of .bin files, a folder to write to."""
import glob
import os
import sys

import numpy as np
from PIL import Image

records, folder = sys.argv[1:]
os.makedirs(folder)
paths = []
for batch in sorted(glob.glob(os.path.join(records, "*.bin"))):
    rows = np.fromfile(batch, np.uint8).reshape(-1, 3073)
    stem = os.path.splitext(os.path.basename(batch))[0]
    for i, row in enumerate(rows):
        path = os.path.join(folder, "%s-%05d-%d.png" % (stem, i, row[0]))
        Image.fromarray(row[1:].reshape(3, 32, 32).transpose(1, 2, 0)).save(path)
        paths.append(path)

pixels = np.empty((len(paths), 32, 32, 3), np.uint8)
for i, path in enumerate(paths):
    with Image.open(path) as picture:
        pixels[i] = np.asarray(picture)
count, sums, squares = 0, np.zeros(3, np.int64), np.zeros(3, np.int64)
for chunk in np.array_split(pixels, max(1, len(pixels) // 1000)):
    flat = chunk.reshape(-1, 3).astype(np.int64)
    count += len(flat)
    sums += flat.sum(0)
    squares += np.einsum("ij,ij->j", flat, flat)
mean = sums / count
print((mean / 255).tolist(), (np.sqrt(squares / count - mean**2) / 255).tolist())
