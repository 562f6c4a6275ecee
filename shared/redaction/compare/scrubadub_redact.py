"""scrubadub with its detectors of card and social security numbers."""

import re

import scrubadub

import lines

scrubber = scrubadub.Scrubber(detector_list=[], post_processor_list=[])
scrubber.add_detector(scrubadub.detectors.CreditCardDetector)
scrubber.add_detector(scrubadub.detectors.en_US.SocialSecurityNumberDetector)
PLACEHOLDER = re.compile(r"\{\{[A-Z_+\- 0-9]+\}\}")

lines.run(lambda text: PLACEHOLDER.sub(lines.GONE, scrubber.clean(text)))
