"""JPEGs in memory to RGB pixels by libjpeg-turbo itself, into one buffer that is used again: what the
benchmark "jpeg" compares with. One call a picture goes through ctypes twice, some microseconds.
Arguments: "decode", a file of paths, passes and seconds to warm up, passes to time. Prints a checksum
of all pixels in CHW order, then pictures a second of CPU time."""
import ctypes
import sys
import zlib

import passes

_, paths, warm, warm_seconds, count = sys.argv[1:]
TJPF_RGB = 0
turbo = ctypes.CDLL("libturbojpeg.so.0")
pointer, unsigned, integer = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
turbo.tjInitDecompress.restype = pointer
turbo.tjDecompressHeader3.argtypes = [pointer, ctypes.c_char_p, unsigned] + 4 * [ctypes.POINTER(integer)]
turbo.tjDecompress2.argtypes = [pointer, ctypes.c_char_p, unsigned, pointer] + 5 * [integer]
turbo.tjGetErrorStr2.argtypes = [pointer]
turbo.tjGetErrorStr2.restype = ctypes.c_char_p
handle = turbo.tjInitDecompress()
width, height, subsampling, colours = integer(), integer(), integer(), integer()
header = [ctypes.byref(it) for it in (width, height, subsampling, colours)]


def must(status):
    if status != 0:
        sys.exit("libjpeg-turbo: " + turbo.tjGetErrorStr2(handle).decode())


files = passes.read(paths)
room = 0
for file in files:
    must(turbo.tjDecompressHeader3(handle, file, len(file), *header))
    room = max(room, 3 * width.value * height.value)
buffer = ctypes.create_string_buffer(room)


def decode(file):
    must(turbo.tjDecompressHeader3(handle, file, len(file), *header))
    must(turbo.tjDecompress2(handle, file, len(file), buffer, width.value, 0, height.value, TJPF_RGB, 0))


def decode_all():
    for file in files:
        decode(file)


checksum = 0
for file in files:
    decode(file)
    pixels = ctypes.string_at(buffer, 3 * width.value * height.value)
    for channel in range(3):
        checksum = zlib.crc32(pixels[channel::3], checksum)
print(checksum)
print(len(files) / passes.cpu_seconds(int(warm), float(warm_seconds), int(count), decode_all))
