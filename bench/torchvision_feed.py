"""CIFAR-10 pictures in memory to shuffled, augmented minibatches of floats by torch's DataLoader and
torchvision, in processes of its own: what the benchmark "feed" compares with. The dataset is made as
torchvision's CIFAR10 is: bytes in memory, of which each picture asked for becomes one of PIL's. The
processes stay from epoch to epoch. Arguments: the folder of .bin files, mean and deviation of the
channels, pictures in a minibatch, processes, passes and seconds to warm up, passes to time. Prints mean
and deviation of what comes out, then pictures a second."""
import sys

import numpy as np
from PIL import Image
from torch.utils.data import DataLoader, Dataset

import cifar
import passes
import torchvision_chain

records, mean, std, batch, processes, warm, warm_seconds, count = sys.argv[1:]


class Pictures(Dataset):
    def __init__(self):
        # Height, width, channel, as CIFAR10 holds them.
        self.data = np.ascontiguousarray(cifar.pixels(records).transpose(0, 2, 3, 1))
        self.targets = [0] * len(self.data)
        self.transform = torchvision_chain.chain(cifar.numbers(mean), cifar.numbers(std))

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index])), self.targets[index]

    def __len__(self):
        return len(self.data)


def main():
    pictures = Pictures()
    loader = DataLoader(
        pictures, int(batch), shuffle=True, num_workers=int(processes), persistent_workers=True
    )

    def epoch():
        if sum(len(images) for images, _ in loader) != len(pictures):
            sys.exit("minibatches are missing")

    moments = cifar.Moments()
    for images, _ in loader:
        moments.add(images.numpy())
    print(moments)
    print(len(pictures) / passes.seconds(int(warm), float(warm_seconds), int(count), epoch))


if __name__ == "__main__":
    main()
