"""Writes what PyTorch gives for networks with random weights: NAME.safetensors each.

Run: /usr/bin/python3 published.py FOLDER NAME SIDE [NAME SIDE ..]
The networks are torchvision's own; VGG with 512 instead of 4,096 hidden values and the wide ResNet
half as wide, so that the test's heap holds them. EfficientNet-Lite0 and Darknet, which torchvision lacks, are written down here. A file
holds the state dict, "images" and "probabilities". Statistics of batch norms are random, and the
last layer is scaled so that the probabilities are neither equal nor 0 and 1.
"""
import json
import struct
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional

HIDDEN, CLASSES, PICTURES = 512, 1000, 2


class Same(nn.Conv2d):
    """A convolution with TensorFlow's padding."""

    def forward(self, x):
        pads = []
        for length in reversed(x.shape[2:]):
            stride, kernel = self.stride[0], self.kernel_size[0]
            total = max((-(-length // stride) - 1) * stride + kernel - length, 0)
            pads += [total // 2, total - total // 2]
        return self._conv_forward(functional.pad(x, pads), self.weight, self.bias)


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


class Block(nn.Module):
    def __init__(self, ni, no, kernel, stride, expand):
        super().__init__()
        self.shortcut = stride == 1 and ni == no
        if expand == 1:
            self.conv_dw = Same(ni, ni, kernel, stride, groups=ni, bias=False)
            self.bn1 = norm(ni)
            self.conv_pw = Same(ni, no, 1, bias=False)
            self.bn2 = norm(no)
            self.path = lambda x: self.bn2(
                self.conv_pw(functional.relu6(self.bn1(self.conv_dw(x)))))
        else:
            inner = ni * expand
            self.conv_pw = Same(ni, inner, 1, bias=False)
            self.bn1 = norm(inner)
            self.conv_dw = Same(inner, inner, kernel, stride, groups=inner, bias=False)
            self.bn2 = norm(inner)
            self.conv_pwl = Same(inner, no, 1, bias=False)
            self.bn3 = norm(no)
            self.path = lambda x: self.bn3(self.conv_pwl(functional.relu6(self.bn2(
                self.conv_dw(functional.relu6(self.bn1(self.conv_pw(x))))))))

    def forward(self, x):
        return x + self.path(x) if self.shortcut else self.path(x)


class Lite0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_stem = Same(3, 32, 3, 2, bias=False)
        self.bn1 = norm(32)
        stages, ni = [], 32
        for count, kernel, stride, expand, no in [
                (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80),
                (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]:
            stages.append(nn.Sequential(*[
                Block(ni if i == 0 else no, no, kernel, stride if i == 0 else 1, expand)
                for i in range(count)]))
            ni = no
        self.blocks = nn.Sequential(*stages)
        self.conv_head = Same(320, 1280, 1, bias=False)
        self.bn2 = norm(1280)
        self.classifier = nn.Linear(1280, CLASSES)

    def forward(self, x):
        x = self.blocks(functional.relu6(self.bn1(self.conv_stem(x))))
        x = functional.relu6(self.bn2(self.conv_head(x)))
        return self.classifier(x.mean((2, 3)))


class Darknet(nn.Module):
    """As fast.ai's lesson 12, with our names."""

    def __init__(self, blocks, width):
        super().__init__()
        self.parts = [self.layer("stem.", "", 3, width, 3, 1)]
        for group, count in enumerate(blocks, 1):
            part = f"group{group}."
            self.parts.append(self.layer(part, "", width, width * 2, 3, 1 if group == 2 else 2))
            width *= 2
            for block in range(1, count + 1):
                name = f"{part}block{block}."
                self.parts.append(self.residual(
                    self.layer(name, "1", width, width // 2, 1, 1),
                    self.layer(name, "2", width // 2, width, 3, 1)))
        self.linear = nn.Linear(width, CLASSES)

    def layer(self, part, count, ni, no, kernel, stride):
        conv = nn.Conv2d(ni, no, kernel, stride, kernel // 2, bias=False)
        bn = nn.BatchNorm2d(no, momentum=0.01)
        # A module's name may hold no dot; state() puts dots back.
        self.add_module(f"{part}conv{count}".replace(".", "/"), conv)
        self.add_module(f"{part}norm{count}".replace(".", "/"), bn)
        return lambda x: functional.leaky_relu(bn(conv(x)), 0.1)

    @staticmethod
    def residual(one, two):
        return lambda x: x + two(one(x))

    def forward(self, x):
        for part in self.parts:
            x = part(x)
        return self.linear(x.mean((2, 3)))


def built(name):
    if name == "efficientnet-lite0":
        return Lite0()
    if name == "darknet":
        return Darknet([1, 2, 4, 6, 3], 16)
    if name.startswith("vgg"):
        # Its own classifier would be drawn only to be thrown away.
        cfg = torchvision.models.vgg.cfgs["D"]
        net = torchvision.models.VGG.__new__(torchvision.models.VGG)
        nn.Module.__init__(net)
        net.features = torchvision.models.vgg.make_layers(cfg, batch_norm=name.endswith("bn"))
        net.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        net.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, HIDDEN), nn.ReLU(), nn.Dropout(),
            nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Dropout(), nn.Linear(HIDDEN, CLASSES))
        return net
    if name == "densenet":
        return torchvision.models.densenet121(weights=None)
    if name == "wide-resnet-50-2":
        return half_as_wide()
    return getattr(torchvision.models, name.replace("-", ""))(weights=None)


def half_as_wide():
    """torchvision's wide_resnet50_2 from 32 channels on, whose own constructor knows only 64."""
    net = torchvision.models.ResNet.__new__(torchvision.models.ResNet)
    nn.Module.__init__(net)
    net._norm_layer = nn.BatchNorm2d
    net.inplanes, net.dilation, net.groups, net.base_width = 32, 1, 1, 128
    net.conv1 = nn.Conv2d(3, 32, 7, 2, 3, bias=False)
    net.bn1, net.relu, net.maxpool = nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(3, 2, 1)
    for layer, count in enumerate([3, 4, 6, 3]):
        setattr(net, f"layer{layer + 1}", net._make_layer(
            torchvision.models.resnet.Bottleneck, 32 << layer, count, 1 if layer == 0 else 2))
    net.avgpool = nn.AdaptiveAvgPool2d((1, 1))
    net.fc = nn.Linear(1024, CLASSES)
    return net


def randomise(net):
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.1)
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)


def write(path, tensors):
    header, offset = {}, 0
    for name, tensor in tensors.items():
        end = offset + 4 * tensor.numel()
        header[name] = {
            "dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            out.write(tensor.detach().contiguous().numpy().astype("<f4").tobytes())


def main(folder, cases):
    torch.manual_seed(5)
    torch.set_num_threads(1)
    for name, side in zip(cases[::2], cases[1::2]):
        net = built(name).eval()
        randomise(net)
        images = torch.randn(PICTURES, 3, int(side), int(side))
        last = [m for m in net.modules() if isinstance(m, nn.Linear)][-1]
        with torch.no_grad():
            last.weight /= net(images).std() / 2
            probabilities = functional.softmax(net(images), 1)
        state = {key.replace("/", "."): value for key, value in net.state_dict().items()
                 if not key.endswith("num_batches_tracked")}
        write(f"{folder}/{name}.safetensors",
              {**state, "images": images, "probabilities": probabilities})


main(sys.argv[1], sys.argv[2:])
