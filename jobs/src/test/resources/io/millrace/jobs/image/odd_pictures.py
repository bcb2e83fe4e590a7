"""Writes picture files of every kind into a folder, and beside each the pixels it must give.

A line of `list.tsv` is `file<TAB>tolerance<TAB>height<TAB>width`. Beside `a.png` stand
`a.png.white` and `a.png.black` (RGB rows, over that background) and `a.png.gray` (over white).
"""
import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

folder = Path(sys.argv[1])
lines = []
random = np.random.default_rng(7)


def scene(height, width, channels=3):
    """Slopes with noise, so that no two pixels, rows or columns are alike."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [
        (x * (5 + c) + y * (3 + 2 * c) + random.integers(0, 40, (height, width))) % 256
        for c in range(channels)
    ]
    pixels = np.stack(planes, axis=2).astype(np.uint8)
    return pixels[:, :, 0] if channels == 1 else pixels


def over(image, level):
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, (level,) * 3)
        ground.paste(image, mask=image.split()[3])
        return ground
    return image.convert("RGB")


def expect(name, image, tolerance=0):
    """The file `name` gives what `image` shows."""
    np.asarray(over(image, 255)).tofile(folder / (name + ".white"))
    np.asarray(over(image, 0)).tofile(folder / (name + ".black"))
    np.asarray(over(image, 255).convert("L")).tofile(folder / (name + ".gray"))
    lines.append(f"{name}\t{tolerance}\t{image.height}\t{image.width}")


def write(name, data, tolerance=0):
    """The file gives what Pillow decodes."""
    (folder / name).write_bytes(data)
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        expect(name, ImageOps.exif_transpose(image), tolerance)


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation, big):
    order = ">" if big else "<"
    tiff = b"MM" if big else b"II"
    tiff += struct.pack(order + "HI", 42, 8)
    tiff += struct.pack(order + "H", 2)
    tiff += struct.pack(order + "HHII", 0x0100, 4, 1, 99)
    tiff += struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + tiff + struct.pack(order + "I", 0)


ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(samples, depth, kind, interlaced=False, chunks=()):
    """A PNG of any depth; samples are (height, width, channels)."""

    def rows(part):
        if part.shape[0] == 0 or part.shape[1] == 0:
            return b""
        out = b""
        for row in part.reshape(part.shape[0], -1):
            bits = (row[:, None].astype(np.uint32) >> np.arange(depth - 1, -1, -1)) & 1
            out += b"\0" + np.packbits(bits.astype(np.uint8).ravel()).tobytes()
        return out

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    samples = samples.reshape(samples.shape[0], samples.shape[1], -1)
    height, width = samples.shape[:2]
    if interlaced:
        data = b"".join(rows(samples[y::dy, x::dx]) for y, x, dy, dx in ADAM7)
    else:
        data = rows(samples)
    out = b"\x89PNG\r\n\x1a\n"
    out += chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced)))
    for name, body in chunks:
        out += chunk(name, body)
    return out + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def jpegs():
    colour = Image.fromarray(scene(37, 53))
    gray = Image.fromarray(scene(37, 53, 1))
    for name, options in {
        "444": {"subsampling": 0},
        "422": {"subsampling": 1},
        "420": {"subsampling": 2},
        "fine": {"quality": 100, "subsampling": 0},
        "coarse": {"quality": 10},
        "optimised": {"optimize": True},
        "progressive": {"progressive": True},
        "progressive444": {"progressive": True, "subsampling": 0},
        "profile": {"icc_profile": b"not really a profile" * 9},
        "comment": {"comment": b"\xff\xd9 in a comment"},
    }.items():
        write(f"{name}.jpg", saved(colour, "JPEG", **options))
    write("gray.jpg", saved(gray, "JPEG"))
    write("gray_progressive.jpg", saved(gray, "JPEG", progressive=True))
    write("jpeg_named.png", saved(colour, "JPEG"))
    write("one_pixel.jpg", saved(Image.fromarray(scene(1, 1)), "JPEG"))
    write("one_row.jpg", saved(Image.fromarray(scene(1, 300)), "JPEG"))
    inks = saved(Image.fromarray(scene(37, 53, 4), "CMYK"), "JPEG")
    write("cmyk.jpg", inks, 2)
    adobe = inks.index(b"Adobe")
    # The last byte of Adobe's segment tells how inks are coded: 0 as they are, 2 as YCCK.
    write("ycck.jpg", inks[: adobe + 11] + b"\2" + inks[adobe + 12 :], 2)
    for turn in range(1, 9):
        note = exif(turn, turn % 2 == 0)
        write(f"turn{turn}.jpg", saved(colour, "JPEG", exif=note))
        write(f"turn{turn}_gray.jpg", saved(gray, "JPEG", exif=note))
    good = saved(colour, "JPEG")
    write("trailing.jpg", good + b"no part of the picture" * 9)
    # What telephones write: a second, smaller picture behind the first.
    write("second_picture.jpg", good + saved(gray, "JPEG"))
    preview = b"\xff\xe1" + struct.pack(">H", 2 + 6 + len(good)) + b"other\0" + good
    write("preview_inside.jpg", good[:2] + preview + good[2:])


def pngs():
    colour = scene(37, 53)
    for depth in (1, 2, 4, 8):
        levels = 1 << depth
        gray = random.integers(0, levels, (37, 53))
        eight = Image.fromarray((gray * (255 // (levels - 1))).astype(np.uint8))
        palette = random.integers(0, 256, (levels, 3)).astype(np.uint8)
        shades = random.integers(0, 256, levels).astype(np.uint8)
        for interlaced in (False, True):
            suffix = f"{depth}{'i' if interlaced else ''}.png"
            (folder / f"gray{suffix}").write_bytes(png(gray, depth, 0, interlaced))
            expect(f"gray{suffix}", eight)
            (folder / f"gray_clear{suffix}").write_bytes(
                png(gray, depth, 0, interlaced, [(b"tRNS", struct.pack(">H", 1))])
            )
            alpha = Image.fromarray(np.where(gray == 1, 0, 255).astype(np.uint8))
            expect(f"gray_clear{suffix}", Image.merge("LA", (eight, alpha)))
            plte = (b"PLTE", palette.tobytes())
            (folder / f"palette{suffix}").write_bytes(png(gray, depth, 3, interlaced, [plte]))
            expect(f"palette{suffix}", Image.fromarray(palette[gray]))
            trns = (b"tRNS", shades.tobytes())
            (folder / f"palette_clear{suffix}").write_bytes(
                png(gray, depth, 3, interlaced, [plte, trns])
            )
            clear = np.concatenate([palette[gray], shades[gray][:, :, None]], axis=2)
            expect(f"palette_clear{suffix}", Image.fromarray(clear))
    few = np.array([[0, 1, 0], [1, 1, 0]])
    short = [(b"PLTE", bytes(range(6))), (b"tRNS", b"\x40")]
    write("palette_one_clear.png", png(few, 8, 3, False, short))
    for interlaced in (False, True):
        suffix = "i.png" if interlaced else ".png"
        for name, kind, channels in (("gray", 0, 1), ("rgb", 2, 3), ("ga", 4, 2), ("rgba", 6, 4)):
            eight = scene(37, 53, channels)
            modes = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
            if kind:
                (folder / f"{name}_eight{suffix}").write_bytes(png(eight, 8, kind, interlaced))
                expect(f"{name}_eight{suffix}", Image.fromarray(eight, modes[channels]))
            deep = (eight.astype(np.uint16) << 8) + random.integers(0, 256, eight.shape).astype(np.uint16)
            (folder / f"{name}_sixteen{suffix}").write_bytes(png(deep, 16, kind, interlaced))
            expect(f"{name}_sixteen{suffix}", Image.fromarray(eight, modes[channels]))
    key = struct.pack(">HHH", *(int(v) for v in colour[3, 4]))
    write("rgb_clear.png", png(colour, 8, 2, False, [(b"tRNS", key)]))
    deep = colour.astype(np.uint16) * 257
    # Alike in the high bytes alone: only the first is the transparent colour.
    deep[3, 5] = deep[3, 4] + 1
    key = struct.pack(">HHH", *(int(v) for v in deep[3, 4]))
    (folder / "rgb_clear16.png").write_bytes(png(deep, 16, 2, False, [(b"tRNS", key)]))
    alpha = np.where((deep == deep[3, 4]).all(axis=2), 0, 255).astype(np.uint8)
    expect("rgb_clear16.png", Image.fromarray(np.dstack([deep >> 8, alpha]).astype(np.uint8)))
    for turn in range(1, 9):
        note = exif(turn, turn % 2 == 1)
        write(f"turn{turn}.png", saved(Image.fromarray(colour), "PNG", exif=note))
        write(f"turn{turn}_clear.png", saved(Image.fromarray(scene(9, 14, 4)), "PNG", exif=note))
    frames = [Image.fromarray(scene(20, 31)) for _ in range(3)]
    write("animated.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:]))
    hidden = saved(
        frames[0], "PNG", save_all=True, append_images=frames[1:], default_image=True
    )
    write("animated_hidden_first.png", hidden)
    write("profile.png", saved(frames[0], "PNG", icc_profile=b"not really a profile" * 9))
    # Gamma, white point and the like are notes: pixels are what is stored.
    gamma = [(b"gAMA", struct.pack(">I", 100000)), (b"cHRM", struct.pack(">8I", *[31270] * 8))]
    write("gamma.png", png(colour, 8, 2, False, gamma))
    write("png_named.jpg", saved(frames[0], "PNG"))
    write("one_pixel.png", saved(Image.fromarray(scene(1, 1)), "PNG"))
    (folder / "trailing.png").write_bytes(png(colour, 8, 2) + b"no part of the picture")
    expect("trailing.png", Image.fromarray(colour))


def webps():
    colour = Image.fromarray(scene(37, 53))
    clear = Image.fromarray(scene(37, 53, 4))
    write("lossy.webp", saved(colour, "WEBP", quality=70))
    write("lossless.webp", saved(colour, "WEBP", lossless=True))
    write("lossy_clear.webp", saved(clear, "WEBP", quality=70))
    write("lossless_clear.webp", saved(clear, "WEBP", lossless=True, exact=True))
    write("gray.webp", saved(Image.fromarray(scene(37, 53, 1)), "WEBP", lossless=True))
    frames = [Image.fromarray(scene(20, 31)) for _ in range(3)]
    write("animated.webp", saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    layers = [Image.fromarray(scene(20, 31, 4)) for _ in range(3)]
    write("animated_clear.webp", saved(layers[0], "WEBP", save_all=True, append_images=layers[1:], lossless=True))
    write("profile.webp", saved(colour, "WEBP", icc_profile=b"not really a profile" * 9))
    write("one_pixel.webp", saved(Image.fromarray(scene(1, 1)), "WEBP"))
    for turn in range(1, 9):
        note = exif(turn, turn % 2 == 1)
        write(f"turn{turn}.webp", saved(colour, "WEBP", exif=note))
        write(f"turn{turn}_clear.webp", saved(clear, "WEBP", lossless=True, exif=note[6:]))


def gifs():
    colour = Image.fromarray(scene(37, 53)).quantize(64)
    write("plain.gif", saved(colour, "GIF", interlace=0))
    write("interlaced.gif", saved(colour, "GIF", interlace=1))
    write("transparent.gif", saved(colour, "GIF", transparency=5))
    write("gray.gif", saved(Image.fromarray(scene(37, 53, 1)), "GIF"))
    two = Image.fromarray((scene(37, 53, 1) > 99).astype(np.uint8) * 255).convert("1")
    write("two_colours.gif", saved(two, "GIF"))
    frames = [Image.fromarray(scene(20, 31)).quantize(32) for _ in range(3)]
    write("animated.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    clear = [frame.copy() for frame in frames]
    write(
        "animated_transparent.gif",
        saved(clear[0], "GIF", save_all=True, append_images=clear[1:], transparency=3, disposal=2),
    )
    write("one_pixel.gif", saved(Image.fromarray(scene(1, 1)).quantize(2), "GIF"))
    write("gif_named.bmp", saved(colour, "GIF"))


def rle8(rows):
    """Runs of one, from the bottom up."""
    out = b""
    for row in rows[::-1]:
        at = 0
        while at < len(row):
            run = 1
            while at + run < len(row) and row[at + run] == row[at] and run < 255:
                run += 1
            out += bytes([run, row[at]])
            at += run
        out += b"\0\0"
    return out + b"\0\1"


def bmp(width, height, bits, compression, palette, data, masks=b""):
    start = 14 + 40 + len(masks) + len(palette)
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(data), 1, 1, len(palette) // 4, 0)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + head + masks + palette + data


def bmps():
    colour = scene(37, 53)
    write("rgb.bmp", saved(Image.fromarray(colour), "BMP"))
    write("palette.bmp", saved(Image.fromarray(colour).quantize(200), "BMP"))
    write("gray.bmp", saved(Image.fromarray(colour[:, :, 1]), "BMP"))
    write("bits.bmp", saved(Image.fromarray(colour[:, :, 1]).convert("1"), "BMP"))
    blue_first = np.dstack([colour[:, :, ::-1], np.full((37, 53), 77, np.uint8)])
    write("four_bytes.bmp", bmp(53, 37, 32, 0, b"", blue_first[::-1].tobytes()))
    padded = np.pad(colour[:, :, ::-1].reshape(37, -1), ((0, 0), (0, (-53 * 3) % 4)))
    write("top_down.bmp", bmp(53, -37, 24, 0, b"", padded.tobytes()))
    grays = b"".join(bytes([i, 255 - i, i // 2, 0]) for i in range(256))
    flat = (np.mgrid[0:37, 0:53][1] // 7 * 9 + np.mgrid[0:37, 0:53][0]).astype(np.uint8)
    indices = np.pad(flat, ((0, 0), (0, (-53) % 4)))
    plain = bmp(53, 37, 8, 0, grays, indices[::-1].tobytes())
    write("palette_own.bmp", plain)
    run = bmp(53, 37, 8, 1, grays, rle8(flat))
    (folder / "runs.bmp").write_bytes(run)
    expect("runs.bmp", Image.open(io.BytesIO(plain)))
    nibbles = random.integers(0, 16, (37, 56)).astype(np.uint8)
    nibbles[:, 53:] = 0
    packed = nibbles[:, ::2] << 4 | nibbles[:, 1::2]
    write("four_bits.bmp", bmp(53, 37, 4, 0, grays[:64], packed[::-1].tobytes()))
    fields = struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)
    write("fields.bmp", bmp(53, 37, 32, 3, b"", blue_first[::-1].tobytes(), fields))
    write("one_pixel.bmp", saved(Image.fromarray(scene(1, 1)), "BMP"))


jpegs()
pngs()
webps()
gifs()
bmps()
(folder / "list.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
