"""Writes the files of weights in this folder: python3 make.py NAME.., with a Python that has torch."""
import argparse
import os
import sys
from collections import OrderedDict

import torch


def ramp(*shape, first=0.0, dtype=torch.float32):
    """first, first + 1/8, ...: exact in every type while it is below 32."""
    size = 1
    for side in shape:
        size *= side
    return (torch.arange(size, dtype=torch.float64) / 8 + first).reshape(shape).to(dtype)


def tensors():
    return OrderedDict(
        [
            ("conv.weight", ramp(2, 3, 2, 2)),
            ("half", ramp(3, first=-1, dtype=torch.float16)),
            ("brain", ramp(2, 2, first=4, dtype=torch.bfloat16)),
            ("double", ramp(5, first=7, dtype=torch.float64)),
            ("scalar", ramp(1, first=3).reshape(())),
            ("bn.num_batches_tracked", torch.tensor(12)),
        ]
    )


def views():
    whole = ramp(4, 6)
    return {
        "rows": whole[1:3],
        "columns": whole[:, 1::2],
        "turned": whole.t(),
        "last": ramp(2, 3, 2, 2).to(memory_format=torch.channels_last),
        "stretched": ramp(1, 3).expand(2, 3),
    }


class Runs:
    def __reduce__(self):
        return os.system, ("touch it-ran",)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 2)


def checkpoint():
    named = OrderedDict(("module." + name, value) for name, value in tensors().items())
    named._metadata = {"": {"version": 1}}
    return {
        "epoch": 3,
        "best": 0.75,
        "arch": "small",
        "state_dict": named,
        "optimizer": {"state": {0: {"step": 5, "exp_avg": ramp(2)}}, "param_groups": [{"lr": 0.1, "params": [0]}]},
        "size": torch.Size([2, 3]),
        "on": torch.device("cpu"),
        "type": torch.float32,
    }


def parameters():
    return {"model": {"w": torch.nn.Parameter(ramp(2, 2)), "note": "kept"}}


WRITERS = {
    "zip.pth": lambda f: torch.save(tensors(), f),
    "checkpoint.pth": lambda f: torch.save(checkpoint(), f),
    "protocol4.pth": lambda f: torch.save(tensors(), f, pickle_protocol=4),
    "views.pth": lambda f: torch.save(views(), f),
    "parameters.pth": lambda f: torch.save(parameters(), f),
    "legacy.pth": lambda f: torch.save(tensors(), f, _use_new_zipfile_serialization=False),
    "legacy-checkpoint.pth": lambda f: torch.save(checkpoint(), f, _use_new_zipfile_serialization=False),
    "module.pth": lambda f: torch.save(Net(), f),
    "legacy-module.pth": lambda f: torch.save(Net(), f, _use_new_zipfile_serialization=False),
    "code.pth": lambda f: torch.save({"w": ramp(2), "more": Runs()}, f),
    "legacy-code.pth": lambda f: torch.save({"w": ramp(2), "more": Runs()}, f, _use_new_zipfile_serialization=False),
    "options.pth": lambda f: torch.save({"model": {"w": ramp(2)}, "args": argparse.Namespace(lr=1)}, f),
    "complex.pth": lambda f: torch.save({"w": ramp(2).to(torch.complex64)}, f),
}


def safetensors(file):
    from safetensors.torch import save_file

    save_file({k: v.contiguous() for k, v in tensors().items()}, file, metadata={"format": "pt"})


def float8(file):
    from safetensors.torch import save_file

    save_file({"w": ramp(2).to(torch.float8_e4m3fn)}, file)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        {"foreign.safetensors": safetensors, "float8.safetensors": float8}.get(name, WRITERS.get(name))(name)
