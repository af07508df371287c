#!/usr/bin/env python3
"""Writes the values that CohortReferenceTest compares with; numpy and scipy.

usage: cohort_reference_values.py PRINCIPAL_EVIDENCE.py CHAT_EVIDENCE.py OUT.json
The first two are the reference implementations; the data are made up here.
"""
import importlib.util, json, math, os, sys
import numpy as np

def load(name, path):
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

principal, chat = load("principal", sys.argv[1]), load("chat", sys.argv[2])
rng = np.random.default_rng(20261122)

# --- a network prefix of 12 accounts, 3 of them guilty
cohorts = principal.Cohorts(math.log(552 / .1))
evidence, reports = np.full(12, math.log(.5)), []
for i in range(12): cohorts.bar(f"a{i}", "net", evidence[i], 0)
for n in range(60):
    i = int(rng.integers(12)); evidence[i] += rng.normal(2. if i < 3 else -.3, 1)
    bar = cohorts.bar(f"a{i}", "net", evidence[i], n)
    reports.append({"account": f"a{i}", "logEvidence": evidence[i], "sum": float(cohorts.total["net"]), "bar": None if math.isinf(bar) else bar})

# --- campaigns of likeness over three signals
widths = [4, 7, 12]
centres = [np.array([.4, .3, .2, .1]), rng.dirichlet(np.full(7, 2.)), rng.dirichlet(np.full(12, 2.))]
kappas = [60., 25., 110.]
base = principal.Baseline(list(zip(centres, kappas)), widths)
campaigns = principal.Campaigns(base, 552)
styles = [[rng.dirichlet(np.full(w, .4)) for w in widths] for _ in range(3)]
accounts, steps = {}, []
class State: pass
for n in range(200):
    i = int(rng.integers(24 if n < 100 or n % 2 else 9)); who = f"a{i:02d}"
    st, grown = accounts.setdefault(who, (State(), [0., math.log(.5)]))
    if grown[0] == 0: st.recent, st.n = np.zeros((2, 3, 12)), np.zeros(3)
    style = styles[i % 3 if n < 100 or i > 8 else (i + 1) % 3]       # nine accounts change their ways
    for _ in range(int(rng.integers(4, 16)) * (6 if n >= 100 and i < 9 else 1)):
        for s in range(3): st.recent[0, s] *= 63 / 64; st.recent[0, s, rng.choice(widths[s], p=style[s])] += 1
        st.n += 1
    grown[0] = 1; grown[1] += rng.normal(2, .8)
    st.recent = st.recent.astype(np.float32).astype(float)
    cohort = 4. if i == 5 else math.inf
    alone = np.logaddexp(principal.predict(base.prior[1], st.recent[0]), principal.predict(base.prior[5], st.recent[0])) - math.log(2)
    before = campaigns.of.get(who)
    accused = campaigns.consider(who, grown[1], st, cohort); after = campaigns.of.get(who)
    steps.append({"account": who, "logEvidence": grown[1], "events": int(st.n.max()), "cohort": None if math.isinf(cohort) else cohort,
                  "recent": [st.recent[0, s, :w].tolist() for s, w in enumerate(widths)], "alone": float(alone),
                  "accused": bool(accused), "moved": before is not None and after is not before,
                  "members": sorted(after["members"]) if after else []})

# --- one key: levels at its adopters; the urn's p0 stays below every share, where this is the formula of chat_evidence.campaigns
def key_levels(first, ticks):
    s, since, m, out = 1, first, np.zeros(3), []
    last = first
    for t in ticks:
        for j in range(last + 1, t + 1):
            p0 = (s + 1) / (j + 1); y = j == t
            m = (m + chat.KEY_SPEND) * ((chat.RATES / p0) if y else (1 - chat.RATES) / (1 - p0))
        s += 1; last = t; out.append(float(m.mean()))
    return out
keys = [{"first": 100, "ticks": t, "levels": key_levels(100, t)} for t in ([103, 104, 106, 107, 110, 111, 118], [150, 151, 152, 290, 291], [299], list(range(102, 116, 2)))]

# --- new accounts of a chat model: honest ones with work of their own, some shared, and a ring that shares three lines and two heads
order, lines, heads = [], [11, 12, 13], [21, 22]
fresh = iter(range(1000, 10 ** 6))
def honest(i):
    own = next(fresh)
    return [{"exact": 500 + int(rng.integers(40)) if rng.random() < .4 else next(fresh), "line": 11 if rng.random() < .01 else next(fresh) if rng.random() < .5 else 0,
             "head": own if rng.random() < .5 else 30 + int(rng.integers(60)), "tail": next(fresh), "severe": 0} for _ in range(10)]
def ring(i):
    return [{"exact": next(fresh), "line": int(rng.choice(lines)) if rng.random() < .7 else 0, "head": int(rng.choice(heads)) if rng.random() < .4 else next(fresh),
             "tail": next(fresh), "severe": 0} for _ in range(10)]
for i in range(140):
    bad = 70 <= i < 110 and rng.random() < .8
    order.append((f"r{i:03d}" if bad else f"h{i:03d}", ring(i) if bad else honest(i)))
for who, prompts in order:
    seen = set()
    for d in prompts:
        while d["exact"] in seen: d["exact"] = next(fresh)
        seen.add(d["exact"])
who = [w for w, prompts in order for _ in prompts]; doors = [d for _, prompts in order for d in prompts]
found, _ = chat.campaigns(doors, who, doors)
assert len(found) == 1
(members, _, named_keys, _), = found.values()

def posteriors(people, x, at, tick):
    """The naming of chat_evidence.campaigns, word for word, that it does not return."""
    ks = x.shape[1] - 1; post = (x.sum(1) >= min(3, ks)).astype(float)
    for _ in range(20):
        lo, hi = np.quantile(at[post > .5], [.05, .95]) if (post > .5).any() else (0, tick); x[:, -1] = (at >= lo) & (at <= hi)
        a = (post @ x + .5) / (post.sum() + 1); b = ((1 - post) @ x + .5) / (len(post) - post.sum() + 1)
        ratio = (x * np.log(a / b) + (1 - x) * np.log((1 - a) / (1 - b)))
        both = x.T @ x; twins = both >= .97 * (np.add.outer(x.sum(0), x.sum(0)) - both); ratio = (ratio / np.maximum(1, twins.sum(0))).sum(1)
        post = 1 / (1 + np.exp(-np.clip(ratio + math.log((post.sum() + 1) / (len(post) - post.sum() + 1)), -30, 30)))
    return post
users, mine = {}, {}
for w, d in zip(who, doors):
    shared = users.setdefault(d["exact"], w) != w
    mine.setdefault(w, set()).update(() if shared else {(k, d[k]) for k in ("line", "head", "tail") if d[k]})
people = [w for w, _ in order]
x = np.array([[k in mine[p] for k in sorted(named_keys)] + [0] for p in people], float)
post = posteriors(people, x, np.arange(1, len(people) + 1), len(people))
assert {p for p, q in zip(people, post) if q >= .95} == members

json.dump({"cohort": reports, "p": [c.tolist() for c in centres], "kappa": kappas, "campaigns": steps, "keys": keys,
           "adoptions": [{"account": w, "prompts": [[d["exact"], d["line"], d["head"], d["tail"]] for d in prompts]} for w, prompts in order],
           "members": sorted(members), "namedKeys": sorted([list(k) for k in named_keys]), "posteriors": post.tolist()},
          open(sys.argv[3], "w"), separators=(",", ":"))
