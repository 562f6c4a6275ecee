"""JSON lines in, JSON lines out, around any function from text to text.

Each conversation goes in as one text, a turn on a line, since these redactors know no turns but may look at the words nearby.
Where a redactor swallows a line's end, that conversation goes in turn by turn.
"""

import json
import sys

GONE = "\N{FULL BLOCK}"


def run(redact):
    for line in sys.stdin:
        conversation = json.loads(line)
        turns = conversation["turns"]
        said = [turn["text"].replace("\n", " ") for turn in turns]
        texts = redact("\n".join(said)).split("\n") if said else []
        if len(texts) != len(said):
            texts = [redact(text) for text in said]
        out = [{"speaker": turn["speaker"], "text": text} for turn, text in zip(turns, texts)]
        print(json.dumps({"id": conversation["id"], "turns": out}, ensure_ascii=False))
