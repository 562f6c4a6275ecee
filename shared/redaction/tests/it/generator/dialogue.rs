//! Scenes: a number is asked for or named, said at once or over several turns, and perhaps read back.

use super::forms::{self, Form, Token};
use super::ids::{self, Id};
use super::languages::Ways;
use super::number::{Family, Number};
use super::script::{Bit, Script, Speaker, Style, fill};
use super::voice::Voice;
use super::{cards, ibans, negatives, short};
use crate::example::Gold;

pub(super) struct Dialogue {
    pub(super) voice: Voice,
    pub(super) script: Script,
}

/// A number, what it is called, and how it is spoken of.
struct Topic {
    number: Number,
    name: &'static str,
    /// Might it stand there without a word about it?
    tells_itself: bool,
    /// One digit is wrong.
    misheard: bool,
}

impl Dialogue {
    pub(super) fn chatter(&mut self) {
        let (speaker, lines) = if self.voice.chance(50) {
            (Speaker::Customer, self.voice.language.customer)
        } else {
            (Speaker::Agent, self.voice.language.agent)
        };
        let mut bits = Vec::new();
        for _ in 0..self.voice.random.between(1, 3) {
            bits.extend(self.sentence(lines));
        }
        self.script.say(speaker, bits);
    }

    /// Something said that is about no number.
    fn sentence(&mut self, lines: &[&'static str]) -> Vec<Bit> {
        let line = self.voice.pick(lines);
        let mut bits = fill(line, |slot| {
            let words = if slot == "thing" { self.voice.language.things } else { self.voice.language.whens };
            vec![Bit::Text(self.voice.pick(words).to_owned())]
        });
        bits.push(Bit::Text(" ".to_owned()));
        bits
    }

    pub(super) fn number_words(&mut self) {
        let line = self.voice.pick(self.voice.language.number_words);
        let bits = line.split_inclusive(['<', '>']).map(|part| match part.strip_suffix('>') {
            Some(words) => Bit::Negative { kind: "number_words", label: "hard", text: words.to_owned() },
            None => Bit::Text(part.trim_end_matches('<').to_owned()),
        });
        self.script.say(Speaker::Customer, bits.collect());
    }

    /// A number that stays: told, or asked for and given.
    pub(super) fn negative(&mut self) {
        let asks = self.voice.language.negative_asks;
        if self.voice.chance(22) {
            let (kind, questions) = self.voice.random.pick(asks);
            let question = self.voice.pick(questions);
            self.script.text(Speaker::Agent, question);
            let answer = self.voice.pick(self.voice.language.answers);
            let value = negatives::value(kind, &mut self.voice);
            let mut bits = fill(answer, |_| vec![Bit::Negative { kind, label: "hard", text: value.clone() }]);
            // Right after it, in the same breath, a number that goes.
            if self.voice.chance(8) {
                bits.push(Bit::Text(" ".to_owned()));
                bits.extend(self.named_card());
            }
            self.script.say(Speaker::Customer, bits);
        } else {
            let bits = self.told_negative();
            let speaker = if self.voice.chance(75) { Speaker::Customer } else { Speaker::Agent };
            self.script.say(speaker, bits);
        }
    }

    fn told_negative(&mut self) -> Vec<Bit> {
        let (kind, templates) = self.voice.random.pick(self.voice.language.negatives);
        let template = self.voice.pick(templates);
        let value = negatives::value(kind, &mut self.voice);
        fill(template, |_| vec![Bit::Negative { kind, label: "hard", text: value.clone() }])
    }

    fn named_card(&mut self) -> Vec<Bit> {
        let number = cards::card(&mut self.voice.random);
        let template = loop {
            let template = self.voice.pick(self.voice.language.card.named);
            if !template.starts_with("{}") {
                break template;
            }
        };
        let form = forms::form(&number, &mut self.voice);
        let index = self.gold(&number, form.class, form.format.to_owned(), "beside another");
        fill(template, |_| form.tokens.iter().cloned().flat_map(|token| token.into_bits(index)).collect())
    }

    pub(super) fn account(&mut self) {
        let template = self.voice.pick(self.voice.language.accounts);
        let bits = fill(template, |slot| {
            let length = if slot == "sort" { 6 } else { 9 };
            vec![Bit::Ignored(self.voice.random.digits(length))]
        });
        self.script.say(Speaker::Customer, bits);
    }

    pub(super) fn last_four(&mut self) {
        let template = self.voice.pick(self.voice.language.last_fours);
        let digits = self.voice.random.digits(4);
        let text =
            if self.voice.style.is_typed() || self.voice.chance(50) { digits } else { forms::aloud(&digits, &mut self.voice) };
        let bits = fill(template, |_| vec![Bit::Negative { kind: "last4", label: "optional", text: text.clone() }]);
        self.script.say(Speaker::Agent, bits);
    }

    pub(super) fn card(&mut self) {
        if self.voice.chance(13) {
            return self.breath();
        }
        if self.voice.chance(5) {
            return self.card_after_another();
        }
        if self.voice.chance(4) {
            let numbers = [cards::card(&mut self.voice.random), cards::card(&mut self.voice.random)];
            let template = self.voice.pick(self.voice.language.two_cards);
            return self.two(&numbers, template);
        }
        let misheard = self.voice.chance(6);
        let number = if misheard { cards::misheard(&mut self.voice.random) } else { cards::card(&mut self.voice.random) };
        // Short and one-digit prefixes are anything's.
        let tells_itself = number.value.len() >= 14 && !number.value.starts_with('1');
        let is_amex = number.kind == "card.amex";
        self.tell(&Topic { number, name: "", tells_itself, misheard }, &self.voice.language.card);
        if self.voice.chance(35) {
            let expiry = short::expiry(&mut self.voice);
            self.tell_short("expiry", &expiry, &self.voice.language.expiry);
        }
        if self.voice.chance(40) {
            let cvv = short::cvv(is_amex, &mut self.voice);
            self.tell_short("cvv", &cvv, &self.voice.language.cvv);
        }
    }

    /// Two numbers of a kind in one turn.
    fn two(&mut self, numbers: &[Number; 2], template: &str) {
        let bits = fill(template, |slot| {
            let number = &numbers[usize::from(slot == "second")];
            let form = forms::form(number, &mut self.voice);
            let index = self.gold(number, form.class, form.format.to_owned(), "two of a kind");
            form.tokens.into_iter().flat_map(|token| token.into_bits(index)).collect()
        });
        self.script.say(Speaker::Customer, bits);
    }

    /// Asked for a card, people first tell something else.
    fn card_after_another(&mut self) {
        self.ask(&self.voice.language.card, "");
        let mut bits = self.told_negative();
        let ended = matches!(bits.last(), Some(Bit::Text(text)) if text.ends_with('.'));
        bits.push(Bit::Text(if ended { " " } else { ". " }.to_owned()));
        bits.extend(self.named_card());
        self.script.say(Speaker::Customer, bits);
    }

    pub(super) fn iban(&mut self) {
        let number = ibans::iban(&mut self.voice.random);
        self.tell(&Topic { number, name: "", tells_itself: true, misheard: false }, &self.voice.language.iban);
    }

    pub(super) fn id(&mut self) {
        let Id { number, names, tells_itself } = ids::id(self.voice.language.code, &mut self.voice.random);
        let name = self.voice.pick(names);
        if self.voice.chance(4) {
            let numbers = [ids::another(&number, &mut self.voice.random), number];
            let template = self.voice.pick(self.voice.language.two_ids).replace("{name}", name);
            return self.two(&numbers, &template);
        }
        self.tell(&Topic { number, name, tells_itself, misheard: false }, &self.voice.language.id);
    }

    fn gold(&mut self, number: &Number, class: &str, format: String, context: &'static str) -> usize {
        let family = number.family.as_str();
        let gold = Gold {
            kind: number.kind.clone(),
            cls: format!("{family}.{class}"),
            format,
            value: number.value.clone(),
            context: context.to_owned(),
            pieces: Vec::new(),
        };
        self.script.gold.push(gold);
        self.script.gold.len() - 1
    }

    fn ask(&mut self, ways: &'static Ways, name: &str) {
        let question = self.voice.pick(ways.asks).replace("{name}", name);
        self.script.text(Speaker::Agent, &question);
    }

    /// Card, date and code in one turn.
    fn breath(&mut self) {
        if self.voice.chance(60) {
            self.ask(&self.voice.language.card, "");
        }
        let number = cards::card(&mut self.voice.random);
        let form_like = self.voice.style.is_typed() && self.voice.chance(25);
        let template = self.voice.pick(if form_like { self.voice.language.typed_breath } else { self.voice.language.breath });
        let form = forms::form(&number, &mut self.voice);
        let mut parts: Vec<(&str, usize, Vec<Token>)> = Vec::new();
        let index = self.gold(&number, form.class, form.format.to_owned(), "in one breath");
        parts.push(("card", index, form.tokens));
        let expiry = short::expiry(&mut self.voice);
        let cvv = short::cvv(number.kind == "card.amex", &mut self.voice);
        for (kind, short) in [("expiry", expiry), ("cvv", cvv)] {
            if template.contains(&format!("{{{kind}}}")) {
                let index = self.short_gold(kind, &short, "in one breath");
                parts.push((kind, index, short.tokens));
            }
        }
        let bits = fill(template, |slot| {
            let part = parts.iter().find(|(kind, ..)| *kind == slot);
            part.map(|(_, index, tokens)| tokens.iter().cloned().flat_map(|token| token.into_bits(*index)).collect())
                .unwrap_or_default()
        });
        self.script.say(Speaker::Customer, bits);
    }

    fn short_gold(&mut self, kind: &str, short: &short::Short, context: &'static str) -> usize {
        self.script.gold.push(Gold {
            kind: kind.to_owned(),
            cls: kind.to_owned(),
            format: short.format.to_owned(),
            value: short.value.clone(),
            context: context.to_owned(),
            pieces: Vec::new(),
        });
        self.script.gold.len() - 1
    }

    fn tell_short(&mut self, kind: &str, short: &short::Short, ways: &'static Ways) {
        let (context, template) = if self.voice.chance(75) {
            self.ask(ways, "");
            ("asked", self.voice.pick(self.voice.language.answers))
        } else {
            ("named", self.voice.pick(ways.named))
        };
        let index = self.short_gold(kind, short, context);
        let bits = fill(template, |_| short.tokens.iter().cloned().flat_map(|token| token.into_bits(index)).collect());
        self.script.say(Speaker::Customer, bits);
    }

    fn tell(&mut self, topic: &Topic, ways: &'static Ways) {
        let bare = topic.tells_itself && !topic.misheard && self.voice.chance(6);
        let (context, template) = if bare {
            ("nothing said", self.voice.pick(self.voice.language.answers))
        } else if self.voice.chance(55) {
            self.ask(ways, topic.name);
            ("asked", self.voice.pick(self.voice.language.answers))
        } else {
            ("named", self.voice.pick(ways.named))
        };
        let context = if context == "asked" && self.voice.chance(15) {
            self.wait();
            "asked earlier"
        } else {
            context
        };
        let template = template.replace("{name}", topic.name);
        let (head, tail) = template.split_once("{}").expect("a template has a place for the number");
        if topic.number.value.len() >= 8 && !bare && !topic.misheard && self.voice.chance(15) {
            return self.split(&topic.number, context, head, tail);
        }
        let form = if bare { forms::usual(&topic.number, &mut self.voice) } else { forms::form(&topic.number, &mut self.voice) };
        self.at_once(topic, form, context, head, tail);
    }

    fn at_once(&mut self, topic: &Topic, form: Form, context: &'static str, head: &str, tail: &str) {
        let class = if topic.misheard { "misheard" } else { form.class };
        // Where nothing names the number, another right before it would be a riddle for people too.
        let named = head.split_whitespace().count() > 1 && context != "nothing said";
        let beside = !topic.misheard && named && form.format != "url" && self.voice.chance(10);
        let restart = !beside && context != "nothing said" && !self.voice.style.is_typed() && self.voice.chance(3);
        let format = if restart { "restart".to_owned() } else { form.format.to_owned() };
        let context = if beside { "beside another" } else { context };
        let index = self.gold(&topic.number, class, format, context);
        let mut bits = Vec::new();
        if beside {
            bits.extend(self.told_negative());
            let ended = matches!(bits.last(), Some(Bit::Text(text)) if text.ends_with('.'));
            bits.push(Bit::Text(if ended { " " } else { ". " }.to_owned()));
        }
        bits.push(Bit::Text(head.to_owned()));
        if restart {
            let some = form.tokens.len().min(4) - usize::from(form.tokens.len() < 5);
            for token in form.tokens.iter().take(some).cloned() {
                bits.push(Bit::Text(token.before));
                bits.push(Bit::Ignored(token.text));
            }
            bits.push(Bit::Text(format!("... {} ", self.voice.pick(self.voice.language.restarts))));
        }
        bits.extend(form.tokens.into_iter().flat_map(|token| token.into_bits(index)));
        bits.push(Bit::Text(tail.to_owned()));
        self.script.say(Speaker::Customer, bits);
        if !topic.misheard && self.voice.chance(9) {
            self.read_back(&topic.number);
        }
    }

    fn read_back(&mut self, number: &Number) {
        let template = self.voice.pick(self.voice.language.read_backs);
        // Now and then it comes back with a digit wrong, which is still most of a card.
        let wrong = number.family == Family::Card && self.voice.chance(10);
        let number = if wrong { &cards::with_a_wrong_digit(number.clone(), &mut self.voice.random) } else { number };
        let form = forms::form(number, &mut self.voice);
        let class = if wrong { "misheard" } else { form.class };
        let index = self.gold(number, class, "read-back".to_owned(), "read back");
        let bits = fill(template, |_| form.tokens.iter().cloned().flat_map(|token| token.into_bits(index)).collect());
        self.script.say(Speaker::Agent, bits);
    }

    /// Something is said before the answer comes.
    fn wait(&mut self) {
        for _ in 0..self.voice.random.between(1, 3) {
            self.chatter();
        }
    }

    /// A number over several turns, the other saying that they listen, or repeating each piece.
    fn split(&mut self, number: &Number, context: &'static str, head: &str, tail: &str) {
        let (spoken, tokens) = forms::divisible(number, &mut self.voice);
        let count = self.voice.random.weighted(&[(35, 2), (30, 3), (25, 4), (6, 5), (4, 6)]).min(tokens.len());
        let echoes = tokens.len() <= 6 && self.voice.chance(20);
        let between = self.voice.random.weighted(&[(40, 0), (50, 1), (10, 2)]);
        let format = format!("split-{}{count}", if spoken { "spoken" } else { "digits" });
        let index = self.gold(number, "split", format, context);
        let echo = if echoes { Some(self.gold(number, "split", "echoed-pieces".to_owned(), "read back")) } else { None };
        let mut rest = tokens.into_iter();
        let mut left = rest.len();
        for piece in 0..count {
            let pieces_after = count - piece - 1;
            let take = if pieces_after == 0 {
                left
            } else {
                self.voice.random.between(1, (left - pieces_after).min(left / (pieces_after + 1) + 1))
            };
            left -= take;
            let tokens: Vec<Token> = rest
                .by_ref()
                .take(take)
                .enumerate()
                .map(|(at, token)| Token { before: if at == 0 { String::new() } else { token.before }, ..token })
                .collect();
            let mut bits = Vec::new();
            // In written sentences it shows where another ends.
            let is_written = matches!(self.voice.style, Style::Itn | Style::Typed);
            let is_beside = is_written && self.voice.chance(15);
            if is_beside {
                bits.extend(self.sentence(self.voice.language.customer));
            }
            bits.push(Bit::Text(if piece == 0 { head.to_owned() } else { String::new() }));
            bits.extend(tokens.iter().cloned().flat_map(|token| token.into_bits(index)));
            bits.push(Bit::Text(if pieces_after == 0 { tail.to_owned() } else { String::new() }));
            self.script.say(Speaker::Customer, bits);
            if let Some(echo) = echo {
                let mut bits: Vec<Bit> = tokens.into_iter().flat_map(|token| token.into_bits(echo)).collect();
                if self.voice.chance(50) {
                    let line = self.voice.pick(self.voice.language.backchannels);
                    bits.push(Bit::Text(format!(", {}", line.to_lowercase())));
                }
                self.script.say(Speaker::Agent, bits);
            } else if pieces_after > 0 {
                match between {
                    1 => {
                        let line = self.voice.pick(self.voice.language.backchannels);
                        self.script.text(Speaker::Agent, line);
                    }
                    2 => {
                        let line = self.voice.pick(self.voice.language.interruptions);
                        self.script.text(Speaker::Agent, line);
                    }
                    _ => {}
                }
            }
        }
    }
}
