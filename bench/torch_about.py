"""What the benchmark "engines" names its reference by: the version of PyTorch and the library that multiplies
its matrices, in one line; then the forms of its optimisers that compute an update at once."""
import torch


def blas():
    """The BLAS that PyTorch was built with; for one that the system chooses, which of them is loaded."""
    built = torch.__config__.show().split("BLAS_INFO=")[-1].split(",")[0]
    if built != "generic":
        return {"mkl": "MKL", "open": "OpenBLAS"}.get(built, built)
    with open("/proc/self/maps") as maps:
        loaded = {line.split()[-1] for line in maps if "blas" in line}
    if any("openblas" in path for path in loaded):
        return "OpenBLAS"
    return "%s (slow: install libopenblas0-pthread)" % (" ".join(sorted(loaded)) or "no BLAS")


def forms():
    weights = [torch.nn.Parameter(torch.ones(1))]
    found = []
    for form in ("foreach", "fused"):
        try:
            torch.optim.SGD(weights, 0.1, **{form: True})
            torch.optim.AdamW(weights, 0.1, **{form: True})
            found.append(form)
        except TypeError:
            pass
    return found


print("PyTorch %s with %s" % (torch.__version__.split("+")[0], blas()))
print(" ".join(forms()))
