"""What the references of the benchmarks "augment" and "feed" share."""
import glob
import os

import numpy as np


def pixels(folder):
    """The pictures of CIFAR-10 binaries: bytes, (N, 3, 32, 32)."""
    batches = sorted(glob.glob(os.path.join(folder, "*.bin")))
    rows = [np.fromfile(batch, np.uint8).reshape(-1, 3073)[:, 1:] for batch in batches]
    return np.ascontiguousarray(np.concatenate(rows)).reshape(-1, 3, 32, 32)


def numbers(text):
    """What is written 0.1,0.2,0.3"""
    return [float(number) for number in text.split(",")]


class Moments:
    """Mean and deviation of all floats that are added, by which ours and a reference are compared."""

    def __init__(self):
        self.count, self.sum, self.squares = 0, 0.0, 0.0

    def add(self, floats):
        doubles = np.asarray(floats, np.float64)
        self.count += doubles.size
        self.sum += doubles.sum()
        self.squares += (doubles * doubles).sum()

    def __str__(self):
        mean = self.sum / self.count
        return "%r %r" % (float(mean), float((self.squares / self.count - mean * mean) ** 0.5))
