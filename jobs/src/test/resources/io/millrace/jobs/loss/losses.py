"""Writes losses.csv: losses of logits and their gradients, by PyTorch's autograd in double precision.

Run with Debian's python3-torch (1.13): /usr/bin/python3 losses.py > losses.csv
A line: case, the mean loss, then the gradient of all logits. Logits and targets are the test's own
formulas; the focal loss is Lin et al. 2017 over a softmax, with targets that are probabilities.
"""
import torch

N, CLASSES = 5, 4
WEIGHTS = [0.5, 1.0, 2.0, 0.25]


def logits():
    values = [((i * 29 + 7) % 31 - 15) / 3 for i in range(N * CLASSES)]
    return torch.tensor(values, dtype=torch.double).view(N, CLASSES).requires_grad_(True)


def targets():
    wanted = torch.zeros(N, CLASSES, dtype=torch.double)
    for i in range(N):
        wanted[i, i % CLASSES] += 0.75
        wanted[i, (i * 2 + 1) % CLASSES] += 0.25
    return wanted


def focal(gamma):
    def loss(z, t):
        logs = torch.log_softmax(z, 1)
        return -(t * (1 - logs.exp()) ** gamma * logs).sum(1).mean()

    return loss


CASES = {
    "plain": torch.nn.CrossEntropyLoss(),
    "smoothed": torch.nn.CrossEntropyLoss(label_smoothing=0.1),
    "weighted": torch.nn.CrossEntropyLoss(weight=torch.tensor(WEIGHTS).double()),
    "both": torch.nn.CrossEntropyLoss(
        weight=torch.tensor(WEIGHTS).double(), label_smoothing=0.2
    ),
    "focal": focal(2),
    "focal-half": focal(0.5),
}

for case, loss in CASES.items():
    z = logits()
    value = loss(z, targets())
    value.backward()
    print(",".join([case] + ["%.12g" % v for v in [value.item()] + z.grad.view(-1).tolist()]))
