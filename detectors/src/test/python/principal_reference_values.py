#!/usr/bin/env python3
"""Writes the values that PrincipalReferenceTest compares with; numpy 2.4.6, scipy 1.17.1.

usage: principal_reference_values.py PRINCIPAL_EVIDENCE.py OUT.json
The first argument is the reference implementation of the evidence per principal.
"""
import importlib.util, json, sys
import numpy as np

spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
rng = np.random.default_rng(20261122)

alphas = [[.5, .5, .5], [3.2, .07, 11.5, .4], [1e-3, 250., 40.]]
counts = [[3, 0, 9], [0, 0, 7, 60], [1, 55, 2]]
marginals = [{"alpha": a, "counts": c, "value": float(reference.log_marginal(np.array(a), np.array([c]))[0])}
             for a, c in zip(alphas, counts)]

centre = np.array([.45, .3, .15, .07, .03])
table = [rng.multinomial(rng.integers(5, 61), rng.dirichlet(40 * centre)) for _ in range(40)]
table += [rng.multinomial(rng.integers(20, 61), [.02, .03, .05, .1, .8]) for _ in range(8)]
p, kappa, kept, of = reference.fit(np.array(table))
fit = {"counts": np.array(table).tolist(), "p": p.tolist(), "kappa": float(kappa), "kept": kept, "of": of}

centres = [np.array([.4, .3, .2, .1]), np.array([.005, .015, .105, .125, .125, .125, .125, .125, .125, .105, .015, .005])]
kappas = [60., 25.]
unused = (np.array([.5, .5]), 10.)
base = reference.Baseline([(c, k) for c, k in zip(centres, kappas)] + [unused], [4, 12, 2])
state = reference.State(3, 12)
script = np.stack([rng.choice(len(c), 80, p=c) for c in centres], 1)
script[40:, 1] = np.where(rng.random(40) < .5, 0, script[40:, 1])      # the account turns to a rare bin
script[[7, 30], 0] = -1
evidence = []
for bins in script:
    evidence.append(reference.step(base, state, np.r_[bins, -1]))
steps = {"p": [c.tolist() for c in centres], "kappa": kappas, "bins": script.tolist(),
         "logEvidence": evidence, "martingales": state.m[:, :2].T.tolist()}

values = rng.integers(0, 60, 300) / 4
lookups = np.r_[values[:20], [-1., .125, 7.3, 99.]]
both = np.r_[values, lookups]
rank = reference.rank(both, np.r_[np.ones(300, bool), np.zeros(24, bool)])[300:]
ranks = {"values": values.tolist(), "lookups": lookups.tolist(), "ranks": rank.tolist()}

json.dump({"logMarginal": marginals, "fit": fit, "steps": steps, "ranks": ranks}, open(sys.argv[2], "w"), separators=(",", ":"))
