"""Resizes noise as Pillow does: lines of `height width channels rows columns`, pictures in a row."""
import sys

import numpy as np
from PIL import Image

pixels = np.fromfile(sys.argv[2], np.uint8)
at = 0
with open(sys.argv[3], "wb") as out:
    for line in open(sys.argv[1], encoding="utf-8"):
        height, width, channels, rows, columns = map(int, line.split())
        size = height * width * channels
        one = pixels[at : at + size].reshape((height, width, channels))
        at += size
        image = Image.fromarray(one[:, :, 0] if channels == 1 else one)
        out.write(np.asarray(image.resize((columns, rows), Image.BILINEAR)).tobytes())
