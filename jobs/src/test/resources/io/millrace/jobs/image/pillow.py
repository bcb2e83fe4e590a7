"""What Pillow makes of picture files: one file of raw RGB or gray rows a line of the work list.

Reads lines of `source<TAB>target<TAB>mode<TAB>operation` where mode is RGB or L and operation is
`whole`, `exact H W` or `shorter N [CROP]` (as torchvision's Resize and CenterCrop).
"""
import sys

import numpy as np
from PIL import Image, ImageOps


def shape(image, words):
    if words[0] == "whole":
        return image
    if words[0] == "exact":
        return image.resize((int(words[2]), int(words[1])), Image.BILINEAR)
    width, height = image.size
    side = int(words[1])
    short, long = min(width, height), max(width, height)
    other = int(side * long / short)
    size = (side, other) if width <= height else (other, side)
    image = image.resize(size, Image.BILINEAR)
    if len(words) > 2:
        crop = int(words[2])
        left = int(round((size[0] - crop) / 2.0))
        top = int(round((size[1] - crop) / 2.0))
        image = image.crop((left, top, left + crop, top + crop))
    return image


for line in open(sys.argv[1], encoding="utf-8"):
    source, target, mode, operation = line.rstrip("\n").split("\t")
    with Image.open(source) as opened:
        image = ImageOps.exif_transpose(opened)
        if "transparency" in image.info or image.mode in ("RGBA", "LA"):
            image = image.convert("RGBA")
            ground = Image.new("RGB", image.size, (255, 255, 255))
            ground.paste(image, mask=image.split()[3])
            image = ground
        image = shape(image.convert(mode), operation.split())
        np.asarray(image).tofile(target)
