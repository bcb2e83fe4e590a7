"""A folder of picture files to tar files of resized pixels, as img2dataset goes about it, with Pillow:
processes that read, decode, resize (BILINEAR) and write a tar of at most 1,000 each. What the benchmark
"folder" compares with. Arguments: the folder, a folder to write to, processes, height and width,
rounds to time. The first round is not timed; prints files a second of the median one."""
import io
import math
import multiprocessing
import os
import shutil
import statistics
import sys
import tarfile

from PIL import Image

import passes

folder, out, processes, side, rounds = sys.argv[1:]
processes, side, rounds = int(processes), int(side), int(rounds)
A_SHARD = 1000


def write_shard(shard):
    name, paths = shard
    with tarfile.open(os.path.join(out, name), "w") as tar:
        for path in paths:
            with Image.open(path) as picture:
                rgb = picture if picture.mode == "RGB" else picture.convert("RGB")
                pixels = rgb.resize((side, side), Image.BILINEAR).tobytes()
            entry = tarfile.TarInfo(os.path.relpath(path, folder) + ".raw")
            entry.size = len(pixels)
            tar.addfile(entry, io.BytesIO(pixels))
    return len(paths)


def main():
    with multiprocessing.Pool(processes) as pool:

        def ingest():
            paths = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)
            # As many as the processes share evenly, each with pictures from everywhere.
            count = processes * math.ceil(len(paths) / A_SHARD / processes)
            shards = [("%05d.tar" % i, paths[i::count]) for i in range(count)]
            os.makedirs(out)
            return sum(pool.imap_unordered(write_shard, shards))

        files = ingest()
        shutil.rmtree(out)
        seconds = []
        for _ in range(rounds):
            seconds.append(passes.timed(ingest))
            shutil.rmtree(out)
    print(files / statistics.median(seconds))


if __name__ == "__main__":
    main()
