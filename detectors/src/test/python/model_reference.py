#!/usr/bin/python3
"""Writes the reference values of the evidence per model.

usage: model_reference.py FOLDER_OF_model_evidence.py > ../resources/io/inferwarden/detectors/model/model_reference.json
Made with numpy 1.24.2 and scipy 1.10.1 of Debian 12; deterministic.
"""
import json, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
import model_evidence as reference

HOUR, START = 3_600_000, 1_772_409_600_000 + 13 * 3_600_000      # the learning starts at 13:00 UTC


def events(draw, rng, panes, per_pane):
    """Events of a run of hourly panes: [time, value]."""
    found = []
    for w in range(panes):
        times = np.sort(rng.integers(0, HOUR, rng.poisson(per_pane)))
        found += [[START + w * HOUR + int(t), draw(rng, w)] for t in times]
    return found


def number(rng, w): return None if rng.random() < .02 else round(float(rng.normal()), 6)
def seasonal(rng, w): return round(float(rng.normal(1.2 * np.sin((w + 13) * np.pi / 12))), 6)
def wandering(rng, w): return round(float(rng.normal(.8 * np.sin(w * 2 * np.pi / 31))), 6)
def ties(rng, w): return 0. if rng.random() < .8 else float(rng.integers(1, 40))
def word(rng, w): return "w%d" % min(rng.zipf(1.6), 10 ** 6)
def seasonal_word(rng, w): return "night" if rng.random() < .5 + .45 * np.sin((w + 13) * np.pi / 12) else "day"
def odd(rng, w): return None if w in (20, 21, 22) else round(float(rng.normal()), 6)


def case(name, draw, seed, learning, shifted):
    rng = np.random.default_rng(seed)
    panes = 60; sample = events(draw, rng, panes, 25)
    values = [v for _, v in sample]; bins = reference.Bins(values)
    at = np.array([(t - START) // HOUR for t, _ in sample]); counts = np.zeros((panes, bins.size))
    np.add.at(counts, (at, bins(values)), 1)
    hour = lambda w: int((START + w * HOUR) % 86_400_000 // HOUR)
    used = [w for w in range(panes) if counts[w].sum()]
    base = reference.learn(counts[used], np.array([hour(w) for w in used]), np.array([w // 24 for w in used]), bins.prior, bins.unseen, not bins.words, .002)
    evidence = reference.Evidence(base); steps = []
    for i in range(40):
        w = panes + i; mine = [shifted(rng, w) if i >= 30 else draw(rng, w) for _ in range(rng.poisson(25) + (400 if i == 12 else 0))]
        if not mine: continue
        c = np.zeros(bins.size); np.add.at(c, bins(mine), 1)
        evidence.step(hour(w), w // 24, c, .001)
        steps.append({"start": START + w * HOUR, "counts": c.astype(int).tolist(), "evidence": evidence.m.tolist(), "trust": evidence.trust.tolist()})
    return {"name": name, "events": sample, "ordered": not bins.words, "p": base["p"].tolist(), "prior": base["prior"].tolist(), "kappa": base["kappa"],
            "bandwidth": base["bandwidth"] or 0, "eventsPerPane": base["events"], "nulls": [[float(g), int(d), int(k)] for g, d, k in base["null"]],
            "counts": counts.sum(0).astype(int).tolist(), "spend": .001, "steps": steps}


def urns(rng):
    for strength, size, most in ((10., 5, 4), (.3, 3, 40), (5500., 13, 6), (1e6, 12, 3), (812.5, 12, 5000), (77., 2, 0)):
        centre = rng.dirichlet(np.ones(size)); counts = rng.integers(0, most + 1, size)
        yield {"strength": strength, "centre": centre.tolist(), "counts": counts.tolist(), "log": float(reference.log_urn(np.array(strength), centre, counts))}


def profiles(rng):
    for bandwidth in (None, 1.5, 3., 5.):
        by_hour = rng.poisson(4, (24, 4)).astype(float); by_hour[3:6] = 0; prior = np.array([.5, -.5, 2.5, .5])
        centres, rests = reference.profile(by_hour, prior, bandwidth)
        yield {"byHour": by_hour.tolist(), "prior": prior.tolist(), "bandwidth": bandwidth or 0, "centres": centres.tolist(), "restsOn": rests.tolist()}


rng = np.random.default_rng(7)
shift = lambda by: lambda rng, w: round(float(rng.normal(by)), 6)
cases = [case("stable number", number, 1, 60, shift(.7)), case("seasonal number", seasonal, 2, 60, shift(0)), case("wandering number", wandering, 3, 60, shift(2.)),
         case("ties", ties, 4, 60, lambda rng, w: float(rng.integers(0, 9))), case("words", word, 5, 60, lambda rng, w: "new%d" % rng.integers(50) if rng.random() < .2 else word(rng, w)),
         case("seasonal words", seasonal_word, 6, 60, lambda rng, w: "day"), case("outage", odd, 8, 60, shift(1.))]
json.dump({"urns": list(urns(rng)), "profiles": list(profiles(rng)), "cases": cases}, sys.stdout)
