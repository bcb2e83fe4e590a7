"""Writes a ResNet-18 of torchvision with random weights and statistics, and what it predicts.

torchvision_resnet18.py WEIGHTS CLASSES PICTURE..  prints a line for each picture: its probabilities.
"""
import sys

import torch
import torchvision
from PIL import Image
from torchvision import transforms

torch.manual_seed(5)
classes = int(sys.argv[2])
net = torchvision.models.resnet18(num_classes=classes)
for module in net.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        torch.nn.init.normal_(module.bias, 0, 0.2)
        torch.nn.init.normal_(module.running_mean, 0, 0.3)
        torch.nn.init.uniform_(module.running_var, 0.5, 2)
torch.save(net.state_dict(), sys.argv[1])
net.eval()
prepare = transforms.Compose(
    [
        transforms.Resize(256),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]
)
with torch.no_grad():
    for path in sys.argv[3:]:
        picture = prepare(Image.open(path).convert("RGB"))
        print(*net(picture[None]).softmax(1)[0].tolist())
