#!/usr/bin/env python3
"""Writes what a principal stage would report over a trace of a classifier, for CampaignTraceTest; numpy and scipy.

usage: cohort_reports.py PRINCIPAL_EVIDENCE.py TRACE.jsonl.gz OUT.json.gz
Evidence is that of the first argument, the reference, after 24 h of learning. An account reports when it is first seen, when its log
evidence enters another half nat, and, from ln 20 on, again when its events have grown by half; once accused on its own only the latter.
From ln 20 on a report holds the account's recent counts. Accounts and prefixes are numbers; a role is the label of an attack or "honest".
"""
import collections, gzip, importlib.util, json, math, sys
import numpy as np

spec = importlib.util.spec_from_file_location("reference", sys.argv[1]); ref = importlib.util.module_from_spec(spec); spec.loader.exec_module(ref)
STEP, LEAST, GROWTH = .5, math.log(1 / ref.RIVALS), 1.5

rows, labels = ref.load(sys.argv[2]); start = rows[0]["time"]
learning = [i for i, r in enumerate(rows) if r["time"] - start < 24 * 3_600_000]
taken, base = collections.Counter(), np.zeros(len(rows), bool)
for i in learning:
    taken[rows[i]["principal"]] += 1; base[i] = taken[rows[i]["principal"]] <= ref.CAP
found, widths, columns = [], [], []
for b, k in ref.signals(rows, base).values():
    counts = collections.defaultdict(lambda: np.zeros(k))
    for i in learning:
        if b[i] >= 0: counts[rows[i]["principal"]][b[i]] += 1
    p, kappa, _, _ = ref.fit(np.array([c for c in counts.values() if c.sum() >= 5]))
    found.append((p, kappa)); widths.append(k); columns.append(b)
bs, table = ref.Baseline(found, widths), np.stack(columns, 1); principals = len({r["principal"] for r in rows})
attacks = {}
for a in labels["principals"]: attacks.setdefault(a["principal"], a)

states = collections.defaultdict(lambda: ref.State(len(found), max(widths))); names, nets, home, last, again, asked, sure, out = {}, {}, {}, {}, {}, collections.Counter(), set(), []
for i, r in enumerate(rows):
    who = r["principal"]; a = attacks.get(who); new = who not in names; st = states[who]
    if not a or r["time"] >= a["from"]: asked[who] += 1
    e = ref.step(bs, st, table[i]); n = int(st.n.max()); account = names.setdefault(who, len(names))
    home.setdefault(who, nets.setdefault(r.get("ip", who).rpartition(".")[0], len(nets)))
    grown = n >= again.get(who, math.inf); step = math.floor(e / STEP)
    if not (grown or who not in sure and (new or step != last[who])): continue
    last[who] = step
    if e >= math.log(principals / ref.ALPHA): sure.add(who)
    report = [account, home[who], round(max(e, -9), 2), n, asked[who]]
    if e >= LEAST or who in again:
        if e >= LEAST and (grown or who not in again): again[who] = GROWTH * n
        flat = np.concatenate([st.recent[0, s, :w] for s, w in enumerate(widths)])
        report.append([[k, round(float(v), 1)] for k, v in enumerate(flat) if v >= .05])
    out.append(report)
role = lambda w: attacks[w]["attack"] if w in attacks else "honest"
text = json.dumps({"p": [np.round(p, 6).tolist() for p, _ in found], "kappa": [round(k, 3) for k in bs.kappa.tolist()], "principals": principals,
                   "roles": [role(w) for w in names], "reports": out}, separators=(",", ":"))
with open(sys.argv[3], "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed: packed.write(text.encode())
