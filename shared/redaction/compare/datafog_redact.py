"""DataFog's own engine for patterns."""

import re

import datafog

import lines

TYPES = ["CREDIT_CARD", "SSN", "DE_STEUER_ID", "DE_IBAN", "IBAN"]
known = [kind for kind in TYPES if kind in set(datafog.get_supported_entities())]
PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")


def redact(text):
    return PLACEHOLDER.sub(lines.GONE, datafog.redact(text, engine="regex", entity_types=known or None).redacted_text)


lines.run(redact)
