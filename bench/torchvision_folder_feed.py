"""A folder of JPEGs to minibatches of floats by torchvision's ImageFolder and torch's DataLoader, in
processes of its own: what the benchmark "feed-jpeg" compares with. The processes stay from epoch to
epoch. Arguments: the folder, mean and deviation of the channels, side of the crops, pictures in a
minibatch, processes, passes and seconds to warm up, passes to time. Prints mean and deviation of what
comes out, then pictures a second."""
import sys

from torch.utils.data import DataLoader
from torchvision import datasets, transforms

import cifar
import passes

folder, mean, std, side, batch, processes, warm, warm_seconds, count = sys.argv[1:]


def main():
    chain = transforms.Compose(
        [
            transforms.RandomResizedCrop(int(side)),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize(cifar.numbers(mean), cifar.numbers(std)),
        ]
    )
    pictures = datasets.ImageFolder(folder, chain)
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
