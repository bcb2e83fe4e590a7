"""Picture files in memory to RGB pixels by Pillow, what the benchmark "webp" compares with; or to
pixels resized to 256 (shorter side, BILINEAR) and cropped to 224, what "resize" compares with.
Arguments: "decode" or "resize", a file of paths, passes and seconds to warm up, passes to time. Prints
a checksum of all pixels in CHW order, then pictures a second of CPU time."""
import io
import sys
import zlib

from PIL import Image

import passes

work, paths, warm, warm_seconds, count = sys.argv[1:]
SHORTER, CROP = 256, 224


def decode(file):
    picture = Image.open(io.BytesIO(file))
    # Where nothing is to be converted, convert would copy.
    if picture.mode != "RGB":
        return picture.convert("RGB")
    picture.load()
    return picture


def resize(file):
    picture = decode(file)
    width, height = picture.size
    if width <= height:
        size = SHORTER, int(SHORTER * height / width)
    else:
        size = int(SHORTER * width / height), SHORTER
    left, top = (round((it - CROP) / 2.0) for it in size)
    small = picture.resize(size, Image.BILINEAR)
    return small.crop((left, top, left + CROP, top + CROP)).tobytes()


def all_pictures():
    for file in files:
        (resize if work == "resize" else decode)(file)


files = passes.read(paths)
checksum = 0
for file in files:
    pixels = resize(file) if work == "resize" else decode(file).tobytes()
    for channel in range(3):
        checksum = zlib.crc32(pixels[channel::3], checksum)
print(checksum)
print(len(files) / passes.cpu_seconds(int(warm), float(warm_seconds), int(count), all_pictures))
