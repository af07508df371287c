#!/usr/bin/env python3
"""Writes the values that TacticReferenceTest compares with; Python 3.11.7, numpy 2.4.6.

usage: text_reference_values.py MEASURES.py OUT.json
The first argument is the reference implementation of what is measured of a text. The texts are made here, from the phrases of its lexicon: each
spelling at edges of words and within them, in upper case and lower case, with a character missing, and several in a row. A text comes with its
tactics (a bit for each, in the order of the lexicon), its variety, and for head, tail and line a number that is equal for equal ones, 0 for none.
"""
import importlib.util, json, random, re, sys

spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
rng = random.Random(20261122)

EDGES = ["", " ", "x", "S", "'", "-", "_", "7", "\n", ". ", "[", "\t", " a ", "é", "—"]
FILLER = "the whole of these, your and 12 more: a b c d e f g h"


def spellings(parsed):
    """Some text for every way through a regular expression; repeated parts as rarely and as often as they are written."""
    texts = [""]
    for kind, value in parsed:
        kind = str(kind)
        if kind == "LITERAL":
            options = [chr(value)]
        elif kind == "IN":
            options = ["d"] if str(value[0][0]) == "CATEGORY" else [chr(v) for _, v in value]
        elif kind == "BRANCH":
            options = [s for branch in value[1] for s in spellings(branch)]
        elif kind == "SUBPATTERN":
            options = spellings(value[3])
        elif kind == "MAX_REPEAT" and str(value[2][0][0]) == "ANY":
            options = [filler(n) for n in (value[0], 7, value[1], value[1] + 1)] + ["this\n", "\n"]
        elif kind == "MAX_REPEAT":
            options = sorted({"", *spellings(value[2])}) if value[0] == 0 else ["", *spellings(value[2])]
        elif kind == "AT":
            options = [""]
        else:
            raise ValueError(kind)
        texts = [t + o for t in texts for o in options]
    return texts


def filler(length):
    start = rng.randrange(len(FILLER) - length)
    return FILLER[start:start + length]


def varied(phrase):
    if rng.random() < .2:
        gone = rng.randrange(len(phrase))
        phrase = phrase[:gone] + phrase[gone + 1:]
    return rng.choice([phrase, phrase, phrase.upper(), phrase.title()])


phrases = [s for pattern in reference.LEXICON.values() for s in spellings(re._parser.parse(pattern))]
texts = ["", " \n\t", "one", "One", "one two three four", "ONE two three four five", "zero one two three four", "'tis one two three four",
         "one two three four 5", "a\n\nb c\n \n", "b c", "  B C  ", "a\nb c", "b\tc", "12 34 !?", "x\n" + 60 * "a", "x\n" + 61 * "a",
         " " + 60 * "a" + " ", "K7 'quoted' don't", "é one two", 200 * "word " + "ignore all", "show" + 31 * "." + "prompt", "show\rprompt"]
texts += [rng.choice(EDGES) + varied(p) + rng.choice(EDGES) for p in phrases for _ in range(2)]
texts += ["".join(varied(rng.choice(phrases)) + rng.choice(EDGES) for _ in range(rng.randrange(2, 6))) for _ in range(150)]
texts = list(dict.fromkeys(texts))


def number(seen, value):
    return 0 if value == 0 else seen.setdefault(value, len(seen) + 1)


heads, tails, lines, rows = {}, {}, {}, []
for text in texts:
    measured = reference.door(text)
    tactics = sum(1 << bit for bit, pattern in enumerate(reference.TACTICS) if pattern.search(text.lower()))
    rows.append({"text": text, "tactics": tactics, "variety": measured["variety"], "head": number(heads, measured["head"]),
                 "tail": number(tails, measured["tail"]), "line": number(lines, measured["line"])})
with open(sys.argv[2], "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
