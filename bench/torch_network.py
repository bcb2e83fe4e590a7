"""A network of Millrace in PyTorch: the same operations, names of tensors and initial weights, read from
what the benchmark "engines" wrote."""
import json

import torch
from torch import nn
from torch.nn import functional as F


def floats(path, *shape):
    """A tensor of a file of floats, row-major."""
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).view(*shape)


class Sum(nn.Module):
    def __init__(self, inplace):
        super().__init__()
        self.inplace = inplace

    def forward(self, first, *others):
        for other in others:
            if self.inplace:
                first += other
            else:
                first = first + other
        return first


class Apply(nn.Module):
    """A function without weights."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def module(operation, its, alone):
    """The module of an operation. It may write over its input where nobody else reads that."""
    if operation == "Convolution":
        around = its["padding"]["count"]
        return nn.Conv2d(
            its["in"],
            its["out"],
            its["kernel"],
            its["stride"],
            around,
            groups=its["groups"],
            bias=its["bias"],
        )
    if operation == "BatchNorm":
        kind = nn.BatchNorm2d if its["image"] else nn.BatchNorm1d
        return kind(its["channels"], eps=its["epsilon"], momentum=its["momentum"])
    if operation == "Relu":
        return nn.ReLU(inplace=alone)
    if operation == "Relu6":
        return nn.ReLU6(inplace=alone)
    if operation == "LeakyRelu":
        return nn.LeakyReLU(its["slope"], inplace=alone)
    if operation == "MaxPool":
        return nn.MaxPool2d(its["kernel"], its["stride"], its["padding"])
    if operation == "AveragePool":
        return nn.AdaptiveAvgPool2d(its["side"])
    if operation == "Halve":
        return nn.AvgPool2d(2, 2, ceil_mode=True)
    if operation == "GlobalAverage":
        return Apply(lambda x: x.mean((2, 3)))
    if operation == "GlobalMax":
        return Apply(lambda x: F.adaptive_max_pool2d(x, 1).flatten(1))
    if operation == "Flatten":
        return nn.Flatten()
    if operation == "Dense":
        return nn.Linear(its["in"], its["out"], bias=its["bias"])
    if operation == "Add":
        return Sum(inplace=alone)
    raise SystemExit("Cannot make %s in PyTorch: add it to bench/torch_network.py" % operation)


class Network(nn.Module):
    def __init__(self, folder):
        super().__init__()
        with open(folder + "/network.json") as file:
            written = json.load(file)
        self.output = written["output"]
        readers = [name for node in written["nodes"] for name in node["inputs"]]
        kinds = {node["name"]: node["operation"] for node in written["nodes"]}
        self.steps = []
        # PyTorch allows no dots in names of modules.
        self.parts = nn.ModuleList()
        for node in written["nodes"]:
            first = node["inputs"][0]
            alone = readers.count(first) == 1 and first in kinds
            if node["operation"] == "Add":
                # Other operations need what they gave for their backward pass.
                alone = alone and kinds[first] == "BatchNorm"
            part = module(node["operation"], node["settings"], alone)
            self.parts.append(part)
            self.steps.append((node["name"], part, node["inputs"]))
        self.last = {name: at for at, (_, _, inputs) in enumerate(self.steps) for name in inputs}
        self.start(written["nodes"], floats(folder + "/weights.f32", -1))

    def start(self, nodes, values):
        """Gives every tensor its initial values."""
        at = 0
        for node, part in zip(nodes, self.parts):
            own = dict(part.named_parameters())
            own.update(part.named_buffers())
            for tensor in node["tensors"]:
                into = own[tensor]
                into.data.copy_(values[at : at + into.numel()].view(into.shape))
                at += into.numel()
        if at != len(values):
            raise SystemExit("Cannot fill the network: %d of %d weights" % (at, len(values)))

    def forward(self, images):
        values = {"images": images}
        for at, (name, part, inputs) in enumerate(self.steps):
            given = [values[it] for it in inputs]
            # What nobody reads any more is not held.
            for it in inputs:
                if self.last[it] == at:
                    values.pop(it, None)
            values[name] = part(*given)
            del given
        return values[self.output]
