"""Writes baseline JPEGs, of the kinds whose end is easily mistaken, and `photos.tsv`."""
import sys
from pathlib import Path

import numpy as np
from PIL import Image

folder = Path(sys.argv[1])
random = np.random.default_rng(3)
y, x = np.mgrid[0:200, 0:150]
noise = random.integers(0, 50, (200, 150, 3))
busy = (np.dstack([x, y, x + y]) + noise).clip(0, 255).astype(np.uint8)
# Blocks of one level take two bits each: many of them hide in a few bytes.
flat = np.full((200, 150, 3), 200, np.uint8)
flat[:, :40] = busy[:, :40]
# As above, yet the last rows are pictures: filling up shows.
framed = flat.copy()
framed[:24] = busy[:24]
framed[-24:] = busy[-24:]
narrow = flat[:, 30:46]
names = []
for name, pixels in (("busy", busy), ("flat", flat), ("framed", framed), ("narrow", narrow)):
    for kind, options in {
        "420": {"subsampling": 2},
        "444": {"subsampling": 0},
        "optimised": {"optimize": True},
        "fine": {"quality": 98, "subsampling": 0},
    }.items():
        file = f"photo_{name}_{kind}.jpg"
        Image.fromarray(pixels).save(folder / file, **options)
        names.append(file)
    file = f"photo_{name}_gray.jpg"
    Image.fromarray(pixels[:, :, 1]).save(folder / file, optimize=True)
    names.append(file)
(folder / "photos.tsv").write_text("\n".join(names) + "\n", encoding="utf-8")
