"""Writes torchvision.json: what torchvision's transforms give for small pictures, a case a line.

Run: /usr/bin/python3 torchvision.py DATA torchvision.json
DATA is the folder that MANIFEST.md describes (cifar10/, imagenet-mini/). The stored file was made
by Debian 12's python3-torchvision 0.14.1-2, python3-torch 1.13.1+dfsg-4, python3-pil
9.4.0-1.1+deb12u1 (libjpeg-turbo 2.1.5) and python3-numpy 1.24.2-1+deb12u1 on amd64.

A case: "picture", "op" (a function of torchvision.transforms.functional, on a PIL image), "args"
(that function's own), "height", "width" and "channels" of what comes out, "sha256" of its bytes
and "head", its first 16 values, channels before rows before columns. A size is [height, width];
[n] alone means the shorter side. five_crop and ten_crop give pictures of one size: "sha256" is
then a list, and "head" is the first picture's. normalize is to_tensor and then normalize; its
bytes are little-endian float32, its head the shortest decimals that parse back to those floats.

A picture is {"formula": [channels, height, width]}, see formula(); {"cifar": "FILE#INDEX"}, that
record of a binary batch; or {"jpeg": "FILE"}, decoded by Pillow. Files are relative to DATA.
"""
import sys

# Beside this file stands its namesake: torchvision is to be Debian's.
sys.path.pop(0)

import hashlib
import json
from pathlib import Path

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional

BATCHES = "cifar10/cifar-10-batches-bin"
FULL_SIZE = "imagenet-mini/fullsize"

SQUARE = {"formula": [3, 32, 32]}
ODD = {"formula": [3, 37, 53]}
TINY = {"formula": [3, 5, 7]}
GRAY_SQUARE = {"formula": [1, 32, 32]}
GRAY_ODD = {"formula": [1, 37, 53]}
GRAY_TINY = {"formula": [1, 5, 7]}

CIFAR_FIRST = {"cifar": f"{BATCHES}/data_batch_1.bin#0"}
CIFAR_LAST = {"cifar": f"{BATCHES}/data_batch_1.bin#9999"}
CIFAR_TEST = {"cifar": f"{BATCHES}/test_batch.bin#3"}

# 56x75 and 121x68 with halved colours, 152x203 progressive with full ones; 224x224.
WIDE = {"jpeg": f"{FULL_SIZE}/n01871265/n01871265_tusker.JPEG"}
TALL = {"jpeg": f"{FULL_SIZE}/n03866082/n03866082_overskirt.JPEG"}
PROGRESSIVE = {"jpeg": f"{FULL_SIZE}/n01882714/n01882714_14215.JPEG"}
USUAL = {"jpeg": "imagenet-mini/val/n03000684/n03000684_8411.JPEG"}

REAL = [CIFAR_FIRST, CIFAR_LAST, CIFAR_TEST, WIDE, TALL, PROGRESSIVE, USUAL]
MEAN, STD = [0.4914, 0.48216, 0.44653], [0.24703, 0.24349, 0.26159]


def flips():
    for picture in [ODD, GRAY_TINY] + REAL:
        yield picture, "hflip", {}
    for picture in [SQUARE, GRAY_ODD, CIFAR_FIRST, WIDE]:
        yield picture, "vflip", {}


def pads():
    for picture in [TINY, GRAY_SQUARE, CIFAR_FIRST, TALL]:
        for mode in ["reflect", "edge", "constant"]:
            yield picture, "pad", {"padding": 4, "padding_mode": mode, "fill": 0}


def crops():
    for picture, top, left, height, width in [
        (SQUARE, 0, 0, 28, 28),
        (ODD, 8, 21, 29, 32),  # down to the last row and column
        (GRAY_ODD, 3, 5, 17, 11),
        (TINY, 2, 6, 1, 1),
        (CIFAR_LAST, 4, 1, 24, 31),
        (PROGRESSIVE, 31, 57, 112, 96),
    ]:
        yield picture, "crop", {"top": top, "left": left, "height": height, "width": width}


def center_crops():
    # What is left over is odd and even: halves of 1, 3, 5 and 7 round to 0, 2, 2 and 4.
    for size in [[36, 52], [34, 50], [32, 48], [30, 46], [33, 51], [24, 24], [37, 53]]:
        yield ODD, "center_crop", {"output_size": size}
    yield GRAY_ODD, "center_crop", {"output_size": [30, 48]}
    yield CIFAR_TEST, "center_crop", {"output_size": [27, 25]}
    yield TALL, "center_crop", {"output_size": [64, 65]}
    yield USUAL, "center_crop", {"output_size": [199, 193]}
    # Larger than the picture: zeros around it first.
    yield TINY, "center_crop", {"output_size": [8, 12]}
    yield TINY, "center_crop", {"output_size": [9, 4]}


def resizes():
    for picture, size in [
        (SQUARE, [32, 19]),  # one pass alone
        (ODD, [16, 16]),
        (ODD, [74, 106]),
        (GRAY_ODD, [20, 61]),
        (TINY, [13, 1]),
        (CIFAR_FIRST, [64, 64]),
        (WIDE, [32, 32]),
        (USUAL, [160, 160]),
        # The shorter side
        (ODD, [24]),
        (ODD, [37]),
        (GRAY_ODD, [64]),
        (WIDE, [64]),
        (TALL, [50]),
        (PROGRESSIVE, [128]),
    ]:
        yield picture, "resize", {"size": size}


def resized_crops():
    for picture, top, left, height, width, size in [
        (SQUARE, 3, 5, 20, 27, [32, 32]),
        (ODD, 1, 2, 35, 50, [24, 24]),
        (GRAY_ODD, 10, 20, 9, 13, [28, 28]),
        (CIFAR_FIRST, 6, 0, 26, 19, [32, 32]),
        (CIFAR_TEST, 8, 7, 16, 16, [16, 16]),  # nothing to resize
        (WIDE, 9, 14, 40, 53, [48, 48]),
        (PROGRESSIVE, 20, 33, 101, 120, [64, 64]),
        (USUAL, 11, 50, 190, 143, [128, 96]),
    ]:
        box = {"top": top, "left": left, "height": height, "width": width}
        yield picture, "resized_crop", {**box, "size": size}


def grays():
    for picture in [ODD, CIFAR_FIRST, CIFAR_LAST, WIDE, PROGRESSIVE]:
        yield picture, "rgb_to_grayscale", {"num_output_channels": 3}


def colours():
    for picture in [ODD, SQUARE, CIFAR_FIRST, CIFAR_LAST, TALL]:
        for value in [-0.5, -0.1, 0.0, 0.1, 0.2718, 0.5]:
            yield picture, "adjust_hue", {"hue_factor": value}
    yield GRAY_ODD, "adjust_hue", {"hue_factor": 0.2}
    yield USUAL, "adjust_hue", {"hue_factor": -0.3333}
    for name in ["brightness", "contrast", "saturation"]:
        op, factor = f"adjust_{name}", f"{name}_factor"
        for picture in [ODD, CIFAR_FIRST, TALL]:
            for value in [0.6, 1.0, 1.3]:
                yield picture, op, {factor: value}
        yield GRAY_ODD, op, {factor: 1.3}
        yield SQUARE, op, {factor: 0.0}
        yield SQUARE, op, {factor: 0.7318}  # no neat number, as ColorJitter draws them
        yield USUAL, op, {factor: 2.0}


def many_crops():
    yield ODD, "five_crop", {"size": [24, 24]}
    yield GRAY_SQUARE, "five_crop", {"size": [27, 28]}
    yield WIDE, "five_crop", {"size": [41, 32]}
    yield ODD, "ten_crop", {"size": [24, 24], "vertical_flip": False}
    yield ODD, "ten_crop", {"size": [30, 32], "vertical_flip": True}
    yield CIFAR_LAST, "ten_crop", {"size": [28, 28], "vertical_flip": False}
    # Squares, of rooms that are odd and even, and none: halves of 10, 26, 5, 15, 34 and 0.
    yield GRAY_SQUARE, "five_crop", {"size": [27, 27]}
    yield WIDE, "five_crop", {"size": [41, 41]}
    yield CIFAR_FIRST, "five_crop", {"size": [32, 32]}
    yield GRAY_ODD, "ten_crop", {"size": [37, 37], "vertical_flip": False}
    yield WIDE, "ten_crop", {"size": [41, 41], "vertical_flip": False}


def normals():
    for picture in [SQUARE, TINY, CIFAR_FIRST, CIFAR_TEST, WIDE]:
        yield picture, "normalize", {"mean": MEAN, "std": STD}
    yield GRAY_ODD, "normalize", {"mean": [0.286], "std": [0.353]}


GROUPS = [
    flips,
    pads,
    crops,
    center_crops,
    resizes,
    resized_crops,
    grays,
    colours,
    many_crops,
    normals,
]


def formula(channels, height, width):
    c, y, x = np.indices((channels, height, width))
    return ((c * 31 + y * 17 + x * 7 + (y * x) % 13 * 5) % 256).astype(np.uint8)


def cifar(batch, index):
    record = np.fromfile(batch, np.uint8, count=3073, offset=3073 * index)
    return record[1:].reshape((3, 32, 32))


def to_image(planes):
    return Image.fromarray(planes[0] if len(planes) == 1 else planes.transpose(1, 2, 0).copy())


def jpeg(file):
    image = Image.open(file)
    assert image.format == "JPEG" and image.mode == "RGB" and not image.getexif(), file
    return image


def read(data, picture):
    if "formula" in picture:
        return to_image(formula(*picture["formula"]))
    if "jpeg" in picture:
        return jpeg(data / picture["jpeg"])
    batch, index = picture["cifar"].split("#")
    return to_image(cifar(data / batch, int(index)))


def apply(image, op, args):
    """One picture, or a tuple of them."""
    if op == "normalize":
        return functional.normalize(functional.to_tensor(image), **args)
    return getattr(functional, op)(image, **args)


def to_planes(picture):
    """Channels, rows, columns: bytes, or little-endian floats."""
    if isinstance(picture, torch.Tensor):
        return picture.numpy().astype("<f4")
    pixels = np.asarray(picture)
    return pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)


def sha256(planes):
    return hashlib.sha256(planes.tobytes()).hexdigest()


def head(planes):
    values = planes.reshape(-1)[:16]
    if values.dtype == np.uint8:
        return values.tolist()
    decimals = [float(str(value)) for value in values]  # of a float: the shortest that tell it
    assert (np.array(decimals, np.float32) == values).all()
    return decimals


def case(data, picture, op, args):
    result = apply(read(data, picture), op, args)
    several = isinstance(result, tuple)
    planes = [to_planes(one) for one in (result if several else [result])]
    channels, height, width = planes[0].shape
    assert all(one.shape == planes[0].shape for one in planes)
    hashes = [sha256(one) for one in planes]
    return {
        "picture": picture,
        "op": op,
        "args": args,
        "height": height,
        "width": width,
        "channels": channels,
        "sha256": hashes if several else hashes[0],
        "head": head(planes[0]),
    }


def versions():
    return {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "pillow": PIL.__version__,
    }


def main(data, out):
    lines = [json.dumps(case(data, *one)) for group in GROUPS for one in group()]
    cases = ",\n".join(lines)
    text = f'{{"versions": {json.dumps(versions())},\n"cases": [\n{cases}\n]}}\n'
    out.write_text(text, encoding="utf-8", newline="\n")


torch.set_num_threads(1)
main(Path(sys.argv[1]), Path(sys.argv[2]))
