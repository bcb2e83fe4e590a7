"""Steps of a network in PyTorch on one minibatch in memory: the reference of the benchmark "engines".

Arguments: the folder that the benchmark wrote, what to time (train, update or predict), the layout
(nchw or channels-last), the optimiser (sgd or adamw), its form (foreach or fused), threads, steps and
seconds to warm up, steps and seconds to time; of each pair whichever takes longer. Prints what shows that
both sides did the same work, then how often a second the work was done, by the median."""
import json
import statistics
import sys
import time

import torch
from torch.nn import functional as F

from torch_network import Network, floats

folder, work, layout, optimiser, form, threads, warm, warm_seconds, timed, seconds = sys.argv[1:]
torch.set_num_threads(int(threads))
with open(folder + "/load.json") as file:
    load = json.load(file)

network = Network(folder)
images = floats(folder + "/images.f32", load["batch"], *load["image"])
labels = torch.arange(load["batch"]) % load["classes"]
if layout == "channels-last":
    network = network.to(memory_format=torch.channels_last)
    images = images.contiguous(memory_format=torch.channels_last)


def stepper():
    weights = list(network.parameters())
    how = {form: True}
    if optimiser == "sgd":
        return torch.optim.SGD(weights, load["rate"], load["momentum"], **how)
    betas = (load["momentum"], load["beta2"])
    return torch.optim.AdamW(
        weights, load["rate"], betas, load["eps"], weight_decay=load["decay"], **how
    )


def gradient():
    loss = F.cross_entropy(network(images), labels)
    loss.backward()
    return loss.item()


def repeat(step):
    """Steps until both bounds are met: first without timing them."""
    spent, done = 0.0, 0
    while done < int(warm) or spent < float(warm_seconds):
        start = time.perf_counter()
        step()
        spent += time.perf_counter() - start
        done += 1
    took = []
    while len(took) < int(timed) or sum(took) < float(seconds):
        start = time.perf_counter()
        step()
        took.append(time.perf_counter() - start)
    return 1 / statistics.median(took)


if work == "predict":
    network.eval()

    def step():
        with torch.inference_mode():
            return F.softmax(network(images), 1)

    # The probabilities' squares: another order of the classes or of the pictures would show.
    found = step().double()
    print(found.square().mul(torch.arange(1.0, found.numel() + 1).view_as(found)).sum().item())
elif work == "train":
    network.train()
    update = stepper()

    def step():
        update.zero_grad(set_to_none=True)
        loss = gradient()
        update.step()
        return loss

    print(" ".join(repr(step()) for _ in range(load["compared"])))
else:
    network.train()
    update = stepper()
    gradient()
    step = update.step
    for _ in range(load["compared"]):
        step()
    print(sum(it.detach().double().square().sum().item() for it in network.parameters()))

print(repeat(step))
