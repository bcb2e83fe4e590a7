"""Makes torch_schedules.csv: python3 torch_schedules.py > torch_schedules.csv

Each line: the scheduler's name, the step, the learning rate and the momentum of torch.optim.lr_scheduler.
"""
import warnings

import torch
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")
STEPS = 90


def write(name, rate, make, steps=STEPS):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=0.9)
    scheduler = make(optimiser)
    for step in range(steps):
        group = optimiser.param_groups[0]
        print(f"{name},{step},{group['lr']!r},{group['momentum']!r}")
        optimiser.step()
        scheduler.step()


write("step", 0.1, lambda it: lr_scheduler.StepLR(it, 30, 0.1))
write("cosine", 0.1, lambda it: lr_scheduler.CosineAnnealingLR(it, STEPS, 0.001))
write("linear", 0.1, lambda it: lr_scheduler.LinearLR(it, 1, 0.01, STEPS))
write("exponential", 0.1, lambda it: lr_scheduler.ExponentialLR(it, 0.01 ** (1 / STEPS)))
write("polynomial", 0.1, lambda it: lr_scheduler.PolynomialLR(it, STEPS, 0.9))
write("sgdr", 0.1, lambda it: lr_scheduler.CosineAnnealingWarmRestarts(it, 10, 2), 70)
write(
    "one-cycle-linear",
    1.3 / 20,
    lambda it: lr_scheduler.OneCycleLR(
        it,
        1.3,
        total_steps=101,
        pct_start=41 / 101,
        anneal_strategy="linear",
        div_factor=20,
        final_div_factor=100,
        three_phase=True,
    ),
    101,
)
