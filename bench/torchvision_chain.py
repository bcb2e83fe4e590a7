"""The chain of the benchmarks "augment" and "feed" as torchvision has it."""
from torchvision import transforms


def chain(mean, std, erase=False):
    """From a PIL picture to a normalised tensor; erase: with noise over a part of it."""
    return transforms.Compose(
        [
            transforms.Pad(4, padding_mode="reflect"),
            transforms.RandomCrop(32),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize(mean, std),
        ]
        # Its usual scale: 2 % to 33 % of the picture.
        + ([transforms.RandomErasing(p=1, value="random")] if erase else [])
    )
