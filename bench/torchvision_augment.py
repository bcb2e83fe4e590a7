"""CIFAR-10 pictures, which lie in memory as PIL's, padded, cropped, flipped and normalised by torchvision,
one at a time on one thread: what the benchmark "augment" compares with. Arguments: "plain" or "erase",
the folder of .bin files, mean and deviation of the channels, passes and seconds to warm up, passes to
time. Prints mean and deviation of what comes out, then pictures a second of CPU time."""
import sys

import numpy as np
import torch
from PIL import Image

import cifar
import passes
import torchvision_chain

work, records, mean, std, warm, warm_seconds, count = sys.argv[1:]
torch.set_num_threads(1)
chain = torchvision_chain.chain(cifar.numbers(mean), cifar.numbers(std), work == "erase")
rows = np.ascontiguousarray(cifar.pixels(records).transpose(0, 2, 3, 1))
pictures = [Image.fromarray(picture) for picture in rows]


def augment():
    for picture in pictures:
        chain(picture)


moments = cifar.Moments()
for picture in pictures:
    moments.add(chain(picture).numpy())
print(moments)
print(len(pictures) / passes.cpu_seconds(int(warm), float(warm_seconds), int(count), augment))
