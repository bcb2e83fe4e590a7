"""The figures of an evaluation by numpy: folder, classes, k of top-k, mistakes to list."""
import json
import sys

import numpy as np

folder, classes, top, listed = sys.argv[1], *map(int, sys.argv[2:])
labels = np.fromfile(folder + "/labels", "<i4")
rows = np.fromfile(folder + "/probabilities", "<f4").reshape(-1, classes)
known = np.flatnonzero(labels >= 0)
y, p = labels[known], rows[known]
predicted = p.argmax(1)
right = predicted == y
truth = p[np.arange(len(y)), y]
confusion = np.zeros((classes, classes), int)
np.add.at(confusion, (y, predicted), 1)
ranked = np.argsort(-p, axis=1, kind="stable")[:, :top]
sure = p.max(1)
ece = sum(
    abs(right[bin].sum() - sure[bin].astype(float).sum()) / len(y)
    for bin in (np.minimum((sure * 10).astype(int), 9) == i for i in range(10))
)
wrong = np.flatnonzero(~right)


def shares(part, whole):
    return [float(a / b) if b else None for a, b in zip(part, whole)]


hits, there, claimed = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
print(json.dumps({
    "images": len(y),
    "unlabelled": int((labels < 0).sum()),
    "accuracy": float(right.mean()),
    "top": float((ranked == y[:, None]).any(1).mean()),
    "loss": float(-np.log(truth.astype(float)).mean()),
    "ece": float(ece),
    "confusion": confusion.tolist(),
    "precision": shares(hits, claimed),
    "recall": shares(hits, there),
    "f1": shares(2 * hits, there + claimed),
    "mistakes": known[wrong[np.argsort(truth[wrong], kind="stable")][:listed]].tolist(),
    "least_sure": known[np.argsort(sure, kind="stable")[:listed]].tolist(),
}))
