"""Makes the pickles beside this file: pickles.py. Python 3 with NumPy makes all but python2-*,
which Python 2 makes with a stand-in that is pickled as NumPy's arrays were."""
import gzip, pickle, sys

COUNT = 3
PIXELS = [[(i * 7 + p * 13 + p // 256) % 256 for p in range(3072)] for i in range(COUNT)]
LABELS, COARSE, FINE = [3, 0, 9], [11, 0, 19], [70, 0, 99]


def write(name, value, protocol):
    out = gzip.GzipFile(name + ".pickle.gz", "wb", mtime=0)
    out.write(pickle.dumps(value, protocol))
    out.close()


if sys.version_info[0] == 2:
    import cPickle as pickle, types

    numpy, core = types.ModuleType("numpy"), types.ModuleType("numpy.core.multiarray")
    sys.modules.update({"numpy": numpy, "numpy.core": numpy, "numpy.core.multiarray": core})

    def _reconstruct(*_):
        pass

    class dtype(object):
        def __reduce__(self):
            return dtype, ("u1", 0, 1), (3, "|", None, None, None, -1, -1, 0)

    class ndarray(object):
        def __reduce__(self):
            data = "".join(chr(p) for row in PIXELS for p in row)
            return _reconstruct, (ndarray, (0,), "b"), (1, (COUNT, 3072), dtype(), False, data)

    _reconstruct.__module__ = "numpy.core.multiarray"
    ndarray.__module__ = dtype.__module__ = "numpy"
    core._reconstruct, numpy.ndarray, numpy.dtype = _reconstruct, ndarray, dtype
    names = ["leptodactylus_pentadactylus_s_000004.png", "b.png", "c.png"]
    write("python2-batch", {"batch_label": "training batch 1 of 5", "labels": LABELS, "data": ndarray(), "filenames": names}, 2)
    write("python2-meta", {"num_cases_per_batch": 10000, "label_names": list("abcdefghij"), "num_vis": 3072}, 2)
else:
    import numpy

    data = numpy.array(PIXELS, numpy.uint8)
    for protocol in (2, 3, 4, 5):
        write("batch-%d" % protocol, {b"data": data, b"labels": LABELS, b"filenames": [b"a.png"] * COUNT}, protocol)
    write("planes", {"labels": numpy.array(LABELS), "data": data.reshape(COUNT, 3, 32, 32)}, 4)
    write("hundred", {"filenames": ["a.png"] * COUNT, "fine_labels": FINE, "coarse_labels": COARSE, "data": data}, 4)
    write("columns", {"labels": LABELS, "data": numpy.asfortranarray(data)}, 4)
    write("pixels-last", {"labels": LABELS, "data": data.reshape(COUNT, 32, 32, 3)}, 4)
    write("floats", {"labels": LABELS, "data": data.astype(numpy.float32)}, 4)
