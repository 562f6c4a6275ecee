//! Values of numbers that stay, each as its kind is written and, where people do, said.

mod codes;
mod moments;
mod phone;

use super::forms::aloud;
use super::script::Style;
use super::voice::Voice;

/// A value of this kind, in the conversation's style.
pub(super) fn value(kind: &str, voice: &mut Voice) -> String {
    let spoken = match voice.style {
        Style::Typed | Style::Casual => false,
        Style::Itn => voice.chance(5),
        Style::Verbatim => voice.chance(75),
        Style::Raw => voice.chance(65),
    };
    let said = if spoken { said(kind, voice) } else { None };
    said.unwrap_or_else(|| written(kind, voice))
}

/// In words, for the kinds that people say so.
fn said(kind: &str, voice: &mut Voice) -> Option<String> {
    match kind {
        "phone" => {
            let phone = phone::phone(voice);
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            Some(aloud(&digits, voice))
        }
        "order" | "tracking" | "ticket" | "customer" | "invoice" | "policy" | "transaction" | "serial" | "meter" | "postal"
        | "confirmation" => {
            let written = written(kind, voice);
            let signs: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
            (signs.len() < 23).then(|| aloud(&signs.to_uppercase(), voice))
        }
        "amount" => {
            let (whole, cents) = (voice.random.between(2, 1999), voice.random.between(2, 99));
            let money = voice.pick(voice.language.money);
            let whole = voice.say(whole)?;
            if voice.chance(50) {
                Some(format!("{whole} {money}"))
            } else {
                Some(format!("{whole} {money} {}", voice.say(cents)?))
            }
        }
        "date" => {
            let (day, month, year) = (voice.random.between(2, 28), voice.random.below(12), voice.random.between(1, 26));
            let (day, year) = (voice.say(day)?, voice.say(year)?);
            let month = voice.language.months[month];
            Some(match voice.language.code {
                "en" => format!("{month} {day}, {}{year}", voice.language.century),
                "es" | "pt" => format!("{day} de {month} de {}{year}", voice.language.century),
                _ => format!("{day} {month} {}{year}", voice.language.century),
            })
        }
        "time" => {
            let (hour, minute) = (voice.random.between(2, 12), voice.random.between(11, 59));
            let (hour, minute) = (voice.say(hour)?, voice.say(minute)?);
            Some(match voice.language.code {
                "de" => format!("{hour} Uhr {minute}"),
                "fr" => format!("{hour} heures {minute}"),
                _ => format!("{hour} {minute}"),
            })
        }
        "quantity" => {
            let n = voice.random.between(12, 9999);
            voice.say(n)
        }
        _ => None,
    }
}

fn written(kind: &str, voice: &mut Voice) -> String {
    if kind == "phone" {
        return phone::phone(voice);
    }
    let value = moments::moment(kind, voice).or_else(|| moments::measure(kind, voice));
    let value = value.or_else(|| codes::business(kind, voice)).or_else(|| codes::thing(kind, voice));
    value.unwrap_or_else(|| unreachable!("a template of unknown kind {kind}"))
}
