"""Microsoft Presidio with every recogniser of a card, bank account or identity number it has, of all countries at once.

Its language model finds names and places, which are not looked for here; patterns, check digits and the words before decide on
numbers. So an empty English pipeline stands in where `en_core_web_sm` is not installed. Argument: the score from which on
something is a number.
"""

import inspect
import sys

import spacy
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry, predefined_recognizers
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig

import lines

# What is no card, bank account or identity number: other redactors are not asked for these either.
OTHER = """ABA_ROUTING CA_POSTAL CRYPTO DATE_TIME EMAIL IP_ADDRESS MAC_ADDRESS URL UUID DRIVER LICENSE LICENCE PASSPORT PLATE VEHICLE
    POSTCODE PLZ KFZ FUEHRERSCHEIN HANDELSREGISTER BANK_NUMBER CLAIM PRESCRIPTION AUTHORIZATION REFERRAL PROVIDER_TAX NPI PHONE
    TELEPHONE MOBILE COMPANY_REGISTRATION TRAFFIC""".split()


class Nlp(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        small = "en_core_web_sm"
        self.nlp = {"en": spacy.load(small) if spacy.util.is_package(small) else spacy.blank("en")}


def recognizers():
    for _, kind in inspect.getmembers(predefined_recognizers, inspect.isclass):
        if issubclass(kind, PatternRecognizer):
            try:
                recognizer = kind(supported_language="en")
            except TypeError:
                continue
            if not any(word in entity for entity in recognizer.supported_entities for word in OTHER):
                yield recognizer


registry = RecognizerRegistry(supported_languages=["en"])
for recognizer in recognizers():
    registry.add_recognizer(recognizer)
analyzer = AnalyzerEngine(registry=registry, nlp_engine=Nlp(), supported_languages=["en"])
anonymizer = AnonymizerEngine()
threshold = float(sys.argv[1])
operators = {"DEFAULT": OperatorConfig("replace", {"new_value": lines.GONE})}


def redact(text):
    found = analyzer.analyze(text, language="en", score_threshold=threshold)
    return anonymizer.anonymize(text, analyzer_results=found, operators=operators).text


lines.run(redact)
