"""Scores redacted lines by the text that came out, the same for every redactor.

What each puts in a number's place was made one sign. The stretches between these signs are found again in the text that went in,
from left to right, and so is what of it is still there.
"""

import re
from collections import Counter, defaultdict

from lines import GONE

OURS = re.compile(r"\[[^\[\]]{2,60} removed\]")

# Column, and which classes of gold it holds.
GROUPS = {
    "written": r"card\.written", "asr": r"card\.asr", "spoken": r"card\.spoken", "mixed": r"card\.mixed", "split": r"card\.split",
    "ids": r"id\.", "IBAN": r"iban", "CVV": r"cvv",
}


def kept(before, after):
    """For each character of `before`, whether it is still readable in `after`."""
    readable = [False] * len(before)
    parts = OURS.sub(GONE, after).split(GONE)
    at = 0
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        start = 0 if index == 0 else len(before) - len(part) if last else before.find(part, at)
        if not at <= start or before[start:start + len(part)] != part:
            # It rewrote the text: what cannot be found again counts as readable.
            return [True] * len(before)
        readable[start:start + len(part)] = [True] * len(part)
        at = start + len(part)
    return readable


def gone(gold, readable):
    still = [any(readable[turn][start:end]) for turn, start, end, characters in gold["pieces"] for _ in characters]
    return sum(still) <= 1 if gold["kind"] in ("cvv", "expiry") else not any(still[:-4])


def removed(readable):
    """The stretches that are not readable."""
    text = "".join(" x"[not here] for here in readable)
    return [match.span() for match in re.finditer("x+", text)]


def score(golden, redacted):
    right, every = Counter(), Counter()
    count = lambda name, well: (right.update([name] * well), every.update([name]))
    for conversation in golden:
        out = redacted.get(conversation["id"], [])
        said = [turn["text"] for turn in conversation["turns"]]
        whole = len(out) == len(said)
        readable = [kept(a, b["text"]) if whole else [True] * len(a) for a, b in zip(said, out if whole else said)]
        tight = True
        for gold in conversation["gold"]:
            well = gone(gold, readable)
            tight &= well
            count("all", well)
            for name, pattern in GROUPS.items():
                if re.match(pattern, gold["cls"]):
                    count(name, well)
        count("tight", tight)
        expected = defaultdict(list)
        for turn, start, end, _ in (piece for gold in conversation["gold"] for piece in gold["pieces"]):
            expected[turn].append((start, end))
        for other in conversation["neg"]:
            span = (other["start"], other["end"])
            if other["label"] == "hard":
                count("kept", all(readable[other["turn"]][slice(*span)]))
            else:
                expected[other["turn"]].append(span)
        for turn, start, end in conversation.get("ignore", []):
            expected[turn].append((start, end))
        for turn, here in enumerate(readable):
            for start, end in removed(here):
                count("precision", any(start < b and a < end for a, b in expected[turn]))
    return lambda name: right[name] / every[name] if every[name] else None
