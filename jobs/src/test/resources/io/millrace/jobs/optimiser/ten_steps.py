"""Writes ten_steps.csv: ten steps of every optimiser on two small problems, in double precision.

Run with Debian's python3-torch (1.13): /usr/bin/python3 ten_steps.py > ten_steps.csv
A line: problem, case, step (0 = start), then the weights.
What torch.optim has is made by it, the rest by the formulas of the papers, in numpy.

line: y = 2 x + 30, from slope 1 and intercept 1, a row for each step: the regression of fast.ai's
Practical Deep Learning part 2, lesson 18, with rows of our own after the first.
net: 2 numbers, 3 hidden ones with tanh, 1 output; the mean squared error of 5 rows.
"""
import numpy as np
import torch

STEPS = 10
X = [14, 3, 28, 9, 21, 36, 5, 17, 40, 12]
KINDS = {"line": ["weight", "bias"], "net": ["weight", "bias", "weight", "bias"]}
SHAPES = {"line": [(1, 1), (1,)], "net": [(3, 2), (3,), (1, 3), (1,)]}


def start(problem):
    if problem == "line":
        return [np.ones((1, 1)), np.ones(1)]
    count, weights = 0, []
    for shape in SHAPES[problem]:
        size = int(np.prod(shape))
        values = [((i * 37 + 11) % 23 - 11) / 16 for i in range(count, count + size)]
        weights.append(np.array(values).reshape(shape))
        count += size
    return weights


def loss(problem, step, weights):
    if problem == "line":
        x = float(X[step])
        return ((weights[0] * x + weights[1] - (2 * x + 30)) ** 2).sum()
    rows = torch.tensor(
        [[((i * 5 + j * 3 + step) % 7 - 3) / 2 for j in range(2)] for i in range(5)],
        dtype=torch.double,
    )
    wanted = torch.tensor([[((i * 3 + step) % 5 - 1) / 2] for i in range(5)], dtype=torch.double)
    hidden = torch.tanh(rows @ weights[0].T + weights[1])
    return ((hidden @ weights[2].T + weights[3] - wanted) ** 2).mean()


def gradients(problem, step, weights):
    tensors = [torch.tensor(w, requires_grad=True) for w in weights]
    loss(problem, step, tensors).backward()
    return [t.grad.numpy() for t in tensors]


class Torch:
    """One of torch.optim, with a group for each tensor."""

    def __init__(self, make, decay=0.0, on="all"):
        self.make, self.decay, self.on = make, decay, on

    def run(self, problem):
        weights = [torch.tensor(w, requires_grad=True) for w in start(problem)]
        groups = [
            {
                "params": [w],
                "weight_decay": self.decay if self.on == "all" or kind == "weight" else 0.0,
            }
            for w, kind in zip(weights, KINDS[problem])
        ]
        optimiser = self.make(groups)
        for step in range(STEPS):
            optimiser.zero_grad()
            loss(problem, step, weights).backward()
            optimiser.step()
            yield [w.detach().clone().numpy() for w in weights]


class Paper:
    """A formula for one tensor: step(kind, head, weight, gradient, memory, number of the step)."""

    def __init__(self, step):
        self.step = step

    def run(self, problem):
        weights = start(problem)
        memory = [{"m": np.zeros_like(w), "v": np.zeros_like(w)} for w in weights]
        kinds = KINDS[problem]
        head = max(i for i, kind in enumerate(kinds) if kind == "weight")
        for t in range(STEPS):
            slopes = gradients(problem, t, weights)
            weights = [
                self.step(kinds[i], i == head, weights[i], slopes[i], memory[i], t + 1)
                for i in range(len(weights))
            ]
            yield weights


def dampened(lr):
    def step(kind, head, w, g, s, t):
        s["m"] = 0.9 * s["m"] + 0.1 * g
        return w - lr * s["m"]

    return step


def lion(lr, decay):
    """Chen et al. 2023, algorithm 2."""

    def step(kind, head, w, g, s, t):
        c = 0.9 * s["m"] + 0.1 * g
        s["m"] = 0.99 * s["m"] + 0.01 * g
        return w - lr * (np.sign(c) + decay * w)

    return step


def lamb(lr, decay):
    """You et al. 2020, algorithm 2."""

    def step(kind, head, w, g, s, t):
        s["m"] = 0.9 * s["m"] + 0.1 * g
        s["v"] = 0.999 * s["v"] + 0.001 * g * g
        r = s["m"] / (1 - 0.9**t) / (np.sqrt(s["v"] / (1 - 0.999**t)) + 1e-6)
        u = r + decay * w
        norms = np.linalg.norm(w), np.linalg.norm(u)
        ratio = norms[0] / norms[1] if kind == "weight" and min(norms) > 0 else 1.0
        return w - lr * ratio * u

    return step


def lars(lr, trust, decay):
    """You et al. 2017, algorithm 1."""

    def step(kind, head, w, g, s, t):
        local = trust * np.linalg.norm(w) / (np.linalg.norm(g) + decay * np.linalg.norm(w))
        local = local if kind == "weight" else 1.0
        s["m"] = 0.9 * s["m"] + lr * local * (g + decay * w)
        return w - s["m"]

    return step


def newton_schulz(g):
    """Jordan et al. 2024, zeropower_via_newtonschulz5, in double precision."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / (np.linalg.norm(x) + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if g.shape[0] > g.shape[1] else x


def muon(lr, decay):
    def step(kind, head, w, g, s, t):
        if kind == "weight" and not head:
            s["m"] = 0.9 * s["m"] + 0.1 * g
            u = newton_schulz(0.1 * g + 0.9 * s["m"])
            u = u * max(1, w.shape[0] / w.shape[1]) ** 0.5
            return w * (1 - lr * decay) - lr * u
        rate = lr * 0.015
        s["m"] = 0.9 * s["m"] + 0.1 * g
        s["v"] = 0.95 * s["v"] + 0.05 * g * g
        root = np.sqrt(s["v"] / (1 - 0.95**t)) + 1e-10
        return w * (1 - rate * decay) - rate * s["m"] / (1 - 0.9**t) / root

    return step


O = torch.optim
CASES = {
    "sgd": Torch(lambda g: O.SGD(g, lr=1e-4)),
    "momentum": Torch(lambda g: O.SGD(g, lr=1e-4, momentum=0.9)),
    "dampened": Paper(dampened(1e-4)),
    "nesterov": Torch(lambda g: O.SGD(g, lr=1e-4, momentum=0.9, nesterov=True)),
    "sgd-decay": Torch(lambda g: O.SGD(g, lr=1e-4, momentum=0.9), 0.5),
    "sgd-decay-weights": Torch(lambda g: O.SGD(g, lr=1e-4, momentum=0.9), 0.5, "weights"),
    "rmsprop": Torch(lambda g: O.RMSprop(g, lr=1e-2)),
    "rmsprop-momentum": Torch(lambda g: O.RMSprop(g, lr=1e-3, momentum=0.9), 0.1),
    "adam": Torch(lambda g: O.Adam(g, lr=1e-2)),
    "adam-decay-weights": Torch(lambda g: O.Adam(g, lr=1e-2), 0.1, "weights"),
    "adamw": Torch(lambda g: O.AdamW(g, lr=1e-2), 0.1),
    "adamw-decay-weights": Torch(lambda g: O.AdamW(g, lr=1e-2), 0.1, "weights"),
    "lamb": Paper(lamb(1e-2, 0.1)),
    "lars": Paper(lars(1e-2, 0.1, 0.1)),
    "lion": Paper(lion(1e-2, 0.1)),
    "muon": Paper(muon(1e-2, 0.1)),
}

torch.set_num_threads(1)
for problem in KINDS:
    for case, optimiser in CASES.items():
        for step, weights in enumerate([start(problem)] + list(optimiser.run(problem))):
            values = np.concatenate([np.asarray(w).reshape(-1) for w in weights])
            print(",".join([problem, case, str(step)] + ["%.12g" % v for v in values]))
