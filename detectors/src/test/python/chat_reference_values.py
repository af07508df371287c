#!/usr/bin/env python3
"""Writes the values that ChatReferenceTest compares with; numpy and scipy.

usage: chat_reference_values.py REFERENCE_FOLDER OUT.json [TRACE.jsonl.gz LEARN_HOURS]
The folder holds the reference implementation, chat_evidence.py. Without a trace the bins are
synthetic: three kinds of honest principals, some that fit none, and a ring.
"""
import collections, json, sys
import numpy as np

sys.path.insert(0, sys.argv[1])
import chat_evidence as reference

BINS = {"tactics": 4, "severe": 4, "out": 13, "variety": 12, "typical": 13, "in": 13}


def synthetic(rng):
    """Bins of 170 principals: who, bins by signal, and which events are learned from."""
    who, bins = [], {name: [] for name in BINS}
    centres = {name: [rng.dirichlet(np.full(k, .6)) for _ in range(3)] for name, k in BINS.items()}
    for name in ("tactics", "severe"):
        centres[name] = [np.array([.97, .02, .007, .003])] * 3
    for principal in range(170):
        kind = 2 if principal % 10 == 9 else principal % 2
        for name, k in BINS.items():
            own = rng.dirichlet(25 * centres[name][kind] + .02)
            if principal % 23 == 7:
                own = rng.dirichlet(np.full(k, .3))
            events = 4 + principal % 17
            drawn = rng.choice(k, events, p=own)
            drawn[1:] = np.where(rng.random(events - 1) < .05, -1, drawn[1:])
            bins[name].append(drawn)
        who.append(np.full(4 + principal % 17, principal))
    order = rng.permutation(sum(map(len, who)))
    who = np.concatenate(who)[order]
    index = {}
    who = np.array([index.setdefault(p, len(index)) for p in who])
    bins = {name: (np.concatenate(b)[order], BINS[name]) for name, b in bins.items()}
    return who, bins, rng.random(len(who)) < .7


def traced(path, hours):
    rows, _ = reference.load(path)
    start = rows[0]["time"]
    t = np.array([r["time"] - start for r in rows]) / 3.6e6
    index = {}
    who = np.array([index.setdefault(r["principal"], len(index)) for r in rows])
    warm, taken, base = t < hours * reference.WARM, collections.Counter(), np.zeros(len(rows), bool)
    for i in np.flatnonzero(t < hours):
        taken[who[i], warm[i]] += 1
        base[i] = taken[who[i], warm[i]] <= reference.CAP
    signals = reference.signals(rows, who, base, warm)
    return who, {name: signals[name] for name in BINS}, base & ~warm


def kinds(who, b, k, learning):
    counts = np.zeros((who.max() + 1, k))
    ok = learning & (b >= 0)
    np.add.at(counts, (who[ok], b[ok]), 1)
    counts = counts[counts.sum(1) >= (5 if (counts.sum(1) >= 5).sum() >= 50 else 3)]
    return reference.honest_kinds(counts, 3)


digits = lambda values: [float(f"{v:.12g}") for v in np.asarray(values, float)]
if len(sys.argv) > 3:
    who, bins, learning = traced(sys.argv[3], float(sys.argv[4]))
else:
    who, bins, learning = synthetic(np.random.default_rng(20261122))
shown = np.arange(0, len(who), 7)
out = {"who": who.tolist(), "learning": learning.astype(int).tolist(), "shown": shown.tolist(), "signals": {}}
logs, total = [], sum(reference.WEIGHTS[name] for name in BINS)
for name, (b, k) in bins.items():
    kept, weights, alphas = kinds(who, b, k, learning)
    log, (number, size, _) = reference.evidence(who, b, k, learning, 3, name in reference.UP)
    logs.append(log + np.log(reference.WEIGHTS[name] / total))
    out["signals"][name] = {
        "size": k, "bins": b.tolist(), "kept": float(kept), "kappa": size, "weights": digits(weights),
        "alphas": [digits(a) for a in alphas], "logEvidence": digits(log[shown])}
out["logEvidence"] = digits(np.logaddexp.reduce(logs, 0)[shown])
json.dump(out, open(sys.argv[2], "w"), separators=(",", ":"))
