"""Writes torch_steps.csv: ten steps of torch.optim's optimisers on fixed gradients.

Run with Debian's python3-torch (1.13): /usr/bin/python3 torch_steps.py > torch_steps.csv
A line: case, step (0 = start), then the weights as raw float bits in hexadecimal.
The gradients, learning rates and momenta are the test's own formulas.
"""
import struct

import torch

N, STEPS = 19, 10  # 19: whole vectors and a tail


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def weight(i):
    return ((i * 37 + 11) % 101 - 50) / 64.0


def gradient(step, i):
    return single(((i * 53 + step * 29) % 97 - 48) / 41.0)


def rate(step):
    return 0.1 / (1 + step)


def momentum(step):
    return 0.95 - 0.01 * step


CASES = {
    "sgd-plain": lambda p: torch.optim.SGD(p, lr=1),
    "sgd-momentum": lambda p: torch.optim.SGD(p, lr=1, momentum=0.9),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=1, momentum=0.9, weight_decay=1e-2),
    "sgd-nesterov": lambda p: torch.optim.SGD(
        p, lr=1, momentum=0.9, weight_decay=1e-2, nesterov=True
    ),
    "adam": lambda p: torch.optim.Adam(p, lr=1),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=1, weight_decay=1e-2),
    "adamw": lambda p: torch.optim.AdamW(p, lr=1, weight_decay=1e-2),
}


def line(case, step, values):
    bits = ["%08x" % struct.unpack("<I", struct.pack("<f", v))[0] for v in values.tolist()]
    print(",".join([case, str(step)] + bits))


torch.set_num_threads(1)
for case, make in CASES.items():
    values = torch.tensor([weight(i) for i in range(N)], requires_grad=True)
    optimiser = make([values])
    line(case, 0, values.detach())
    for step in range(STEPS):
        group = optimiser.param_groups[0]
        group["lr"] = rate(step)
        if case.startswith("adam"):
            group["betas"] = (momentum(step), 0.999)
        elif case != "sgd-plain":
            group["momentum"] = momentum(step)
        values.grad = torch.tensor([gradient(step, i) for i in range(N)])
        optimiser.step()
        line(case, step + 1, values.detach())
