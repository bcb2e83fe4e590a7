"""CIFAR-10 pictures in memory padded by reflection, cropped, flipped and normalised by numpy, whole
minibatches at once: what the benchmark "augment" compares with. The padding is np.pad's "reflect", written
as five assignments into an array that is used again, which takes half of np.pad's time; crops are one
fancy index into a view of all windows, faster than a slice for each picture and than indices of every
row and column. 256 pictures at once are the fastest, 512 as fast, 64 and 1,024 slower.
Arguments: the folder of .bin files, mean and deviation of the channels, passes and seconds to warm up,
passes to time. Prints mean and deviation of what comes out, then pictures a second of CPU time."""
import sys

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import cifar
import passes

records, mean, std, warm, warm_seconds, count = sys.argv[1:]
A_BATCH, PAD, SIDE = 256, 4, 32
WIDE = SIDE + 2 * PAD
PLACES = WIDE - SIDE + 1
mean = np.array(cifar.numbers(mean)).reshape(3, 1, 1)
std = np.array(cifar.numbers(std)).reshape(3, 1, 1)
scale = (1 / (255 * std)).astype(np.float32)
shift = (-mean / std).astype(np.float32)
pixels = cifar.pixels(records)
padded = np.empty((A_BATCH, 3, WIDE, WIDE), np.uint8)
windows = sliding_window_view(padded, (SIDE, SIDE), axis=(2, 3))
floats = np.empty((A_BATCH, 3, SIDE, SIDE), np.float32)
random = np.random.default_rng(1)


def pad(batch):
    into, end = padded[: len(batch)], PAD + SIDE
    into[:, :, PAD:end, PAD:end] = batch
    into[:, :, PAD:end, :PAD] = batch[:, :, :, PAD:0:-1]
    into[:, :, PAD:end, end:] = batch[:, :, :, -2 : -2 - PAD : -1]
    into[:, :, :PAD] = into[:, :, 2 * PAD : PAD : -1]
    into[:, :, end:] = into[:, :, end - 2 : end - 2 - PAD : -1]


def minibatch(batch):
    size = len(batch)
    pad(batch)
    rows, columns = random.integers(0, PLACES, size), random.integers(0, PLACES, size)
    crops = windows[np.arange(size), :, rows, columns]
    flipped = random.random(size) < 0.5
    crops[flipped] = crops[flipped, :, :, ::-1]
    out = floats[:size]
    np.multiply(crops, scale, out=out)
    np.add(out, shift, out=out)
    return out


def augment():
    for at in range(0, len(pixels), A_BATCH):
        minibatch(pixels[at : at + A_BATCH])


first = pixels[:A_BATCH]
pad(first)
sides = ((0, 0), (0, 0), (PAD, PAD), (PAD, PAD))
assert np.array_equal(padded[: len(first)], np.pad(first, sides, mode="reflect"))
moments = cifar.Moments()
for at in range(0, len(pixels), A_BATCH):
    moments.add(minibatch(pixels[at : at + A_BATCH]))
print(moments)
print(len(pixels) / passes.cpu_seconds(int(warm), float(warm_seconds), int(count), augment))
