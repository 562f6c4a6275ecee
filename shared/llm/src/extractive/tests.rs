use super::*;
use crate::Speaker;
use proptest::prelude::*;

/// `A: ` and `C: ` lines into turns.
fn conversation(text: &str) -> Vec<Turn<'_>> {
    text.lines()
        .map(str::trim)
        .filter_map(|line| match line.split_once(": ")? {
            ("A", text) => Some(Turn { speaker: Speaker::Agent, text }),
            ("C", text) => Some(Turn { speaker: Speaker::Customer, text }),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    assert_eq!(summarise(&conversation(text), &Limits::default()).as_deref(), expected);
}

const PARCEL: &str = "
    A: Good morning, thank you for calling Northwind, this is Ava. How can I help you today?
    C: Hi, yes. My parcel with the coffee machine has not arrived, it was due last Tuesday.
    A: I'm sorry to hear that. Can I have your name and your order number, please?
    C: It's Anna Weber, the order is A-1042.
    A: Thank you, Anna. One moment, let me check.
    C: Okay.
    A: The carrier lost the parcel at its depot in Leipzig. Would you like a replacement or a refund?
    C: A replacement please, but it has to come to my office.
    A: Of course. I've ordered a replacement coffee machine to your office, it will arrive on Friday.
    C: Great, thank you.
    A: You're welcome. Is there anything else I can help you with?
    C: No, that's all. Bye.
    A: Have a nice day!";

#[test]
fn the_need_and_the_outcome_are_told_with_who_said_them() {
    check(
        PARCEL,
        Some(
            "Customer: My parcel with the coffee machine has not arrived, it was due last Tuesday. Agent: The \
             carrier lost the parcel at its depot in Leipzig. Customer: A replacement please, but it has to come \
             to my office. Agent: I've ordered a replacement coffee machine to your office, it will arrive on \
             Friday.",
        ),
    );
}

#[test]
fn speech_without_punctuation_is_summarised() {
    check(
        "A: good afternoon thank you for calling how can i help you
         C: um yeah hi so i have been charged twice for my subscription this month and i want to get the second payment back because i only \
            have one account and i never asked for another one
         A: okay let me check can you tell me your email address
         C: it's anna at example dot com
         A: thank you i see the second charge was made by mistake and i have refunded the second payment to your card it will show within five days
         C: perfect thanks bye",
        Some("Customer: I have been charged twice for my subscription this month. I want to get the second payment \
             back because i only have one account. Agent: The second charge was made by mistake and i have \
             refunded the second payment to your card it will show within five days."),
    );
}

#[test]
fn other_languages_are_summarised_in_themselves() {
    check(
        "A: Guten Tag, was kann ich für Sie tun?
         C: Hallo, ich möchte meinen Termin am Donnerstag verschieben, weil ich krank bin.
         A: Kein Problem. Wie ist Ihr Name, bitte?
         C: Weber.
         A: Danke. Ich habe den Termin auf den 3. Dezember um 10 Uhr verschoben.
         C: Super, vielen Dank!",
        Some(
            "Kunde: Ich möchte meinen Termin am Donnerstag verschieben, weil ich krank bin. Agent: Ich habe den \
             Termin auf den 3. Dezember um 10 Uhr verschoben.",
        ),
    );
    check(
        "A: Buenas tardes, ¿en qué puedo ayudarle?
         C: Buenas tardes. No funciona el router de mi casa desde ayer por la mañana.
         A: Entiendo. ¿Puede darme su nombre completo?
         C: Ana Ruiz.
         A: He programado la visita de un técnico para mañana entre las nueve y las once.
         C: Muchas gracias.",
        Some(
            "Cliente: No funciona el router de mi casa desde ayer por la mañana. Agente: He programado la visita \
             de un técnico para mañana entre las nueve y las once.",
        ),
    );
    check(
        "A: Bonjour, comment puis-je vous aider ?
         C: Bonjour, je n'ai toujours pas reçu le remboursement de ma commande annulée.
         A: Pouvez-vous me donner votre numéro de commande ?
         C: C'est le 4471.
         A: Le remboursement de la commande a été envoyé ce matin, vous le recevrez sous trois jours.",
        Some(
            "Client: Je n'ai toujours pas reçu le remboursement de ma commande annulée. Agent: Le remboursement \
             de la commande a été envoyé ce matin, vous le recevrez sous trois jours.",
        ),
    );
}

#[test]
fn further_languages_are_summarised_in_themselves() {
    check(
        "A: Boa tarde, em que posso ajudar?
         C: Boa tarde, eu gostaria de cancelar o seguro do meu carro porque vendi o carro ontem.
         A: Pode me dizer seu nome completo e o CPF?
         C: João Lima, [id number removed].
         A: Obrigado, João. O cancelamento do seguro foi registrado hoje e você vai receber um e-mail de confirmação.",
        Some(
            "Cliente: Eu gostaria de cancelar o seguro do meu carro porque vendi o carro ontem. Agente: O \
             cancelamento do seguro foi registrado hoje e você vai receber um e-mail de confirmação.",
        ),
    );
    check(
        "A: Buongiorno, come posso aiutarla?
         C: Salve, la lavatrice che ho comprato a maggio non funziona più e perde acqua.
         A: Mi può dare il suo numero di telefono?
         C: Certo, tre quattro sette.
         A: Ho fissato un appuntamento con il tecnico per lunedì alle dieci.
         C: Perfetto, grazie mille, arrivederci.",
        Some(
            "Cliente: La lavatrice che ho comprato a maggio non funziona più e perde acqua. Agente: Ho fissato un \
             appuntamento con il tecnico per lunedì alle dieci.",
        ),
    );
    check(
        "A: Goedemiddag, waarmee kan ik u helpen?
         C: Hallo, ik heb nog steeds geen factuur gekregen voor mijn bestelling van oktober.
         A: Wat is uw bestelnummer?
         C: Dat weet ik niet uit mijn hoofd.
         A: Geen probleem. Ik heb de factuur van oktober opnieuw verstuurd, u ontvangt hem binnen een uur.",
        Some(
            "Klant: Ik heb nog steeds geen factuur gekregen voor mijn bestelling van oktober. Agent: Ik heb de \
             factuur van oktober opnieuw verstuurd, u ontvangt hem binnen een uur.",
        ),
    );
}

#[test]
fn a_long_call_keeps_to_the_matter() {
    check(
        "A: Thank you for calling Contoso Internet, this call may be recorded. My name is Max. How can I help?
         C: Hi Max, how are you? So, uh, I've been a customer for like nine years. My internet connection keeps dropping every evening since the storm last week.
         A: I'm sorry about that. Can you verify your date of birth for me?
         C: It's [date of birth removed].
         A: Perfect. Are the lights on the router green or red?
         C: One of them is red, the other ones are green.
         A: Have you tried restarting the router?
         C: Yes, three times, and it did not help at all.
         C: Also my neighbour has the same problem with the connection.
         A: I see there is a damaged line in your street. The repair is planned for Wednesday.
         C: Wednesday? I work from home, that's bad.
         A: I understand. I have added a credit of twenty euros to your next bill, and a technician will repair the line on Wednesday before noon.
         C: Alright, thank you.
         A: Is there anything else I can do for you today?
         C: No, that's it. Have a good one.
         A: You too. Goodbye!",
        Some("Customer: My internet connection keeps dropping every evening since the storm last week. One of them \
             is red, the other ones are green. My neighbour has the same problem with the connection. Agent: I \
             have added a credit of twenty euros to your next bill, and a technician will repair the line on \
             Wednesday before noon."),
    );
}

#[test]
fn one_side_alone_is_enough() {
    check(
        "C: Hello, I want to cancel my gym membership at the end of March.
         C: I am moving to another city. Please confirm the cancellation by letter.",
        Some("Customer: I want to cancel my gym membership at the end of March. I am moving to another city."),
    );
    check(
        "A: This is a reminder of your dentist appointment on Monday at nine.",
        Some("Agent: This is a reminder of your dentist appointment on Monday at nine."),
    );
}

#[test]
fn a_few_words_are_enough_if_they_tell_something() {
    check("A: Hello! How can I help?\nC: refund please", Some("Customer: Refund please."));
}

#[test]
fn small_talk_is_no_summary() {
    check("", None);
    check("A: Hello, how can I help you?\nC: Hello? Can you hear me?\nA: Are you still there?", None);
    check("C: My card is [card number removed].", None);
    check("C: ...\nA: ?!", None);
}

#[test]
fn a_turn_is_never_the_whole_summary_of_many() {
    let turns = conversation(PARCEL);
    let summary = summarise(&turns, &Limits::default()).unwrap();
    assert!(turns.iter().all(|turn| turn.text != summary));
}

#[test]
fn the_end_of_a_very_long_conversation_is_still_seen() {
    let filler = "People around here talk about rain and wind for hours.";
    let mut turns = conversation("C: I want to change the delivery address of order 77.");
    turns.extend((0..20_000).map(|_| Turn { speaker: Speaker::Agent, text: filler }));
    turns.extend(conversation("A: I have changed the delivery address of order 77 to Elm Street."));
    let summary = summarise(&turns, &Limits::default()).unwrap();
    assert!(summary.contains("I want to change the delivery address") && summary.contains("to Elm Street"), "{summary}");
}

#[test]
fn scripts_without_spaces_are_summarised() {
    check(
        "C: 注文した商品がまだ届いていません。\nA: 本日中に新しい商品を発送いたします。",
        Some("Customer: 注文した商品がまだ届いていません。 Agent: 本日中に新しい商品を発送いたします。"),
    );
}

fn any_turns() -> impl Strategy<Value = Vec<(bool, String)>> {
    let word = prop_oneof![
        4 => "[a-z]{1,8}",
        2 => prop::sample::select(vec!["refund", "order", "i", "want", "the", "not", "cancel", "[card number removed]", "hello,", "und", "für"])
            .prop_map(str::to_owned),
        1 => "\\PC{1,6}",
        1 => "[.!?,\n]",
    ];
    prop::collection::vec((any::<bool>(), prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))), 0..12)
}

proptest! {
    #[test]
    fn no_conversation_panics_or_breaks_a_limit(turns in any_turns(), max_sentences in 0_usize..6, max_chars in 0_usize..300, max_input_chars in 0_usize..2_000) {
        let turns: Vec<_> = turns.iter().map(|(agent, text)| Turn { speaker: if *agent { Speaker::Agent } else { Speaker::Customer }, text }).collect();
        let limits = Limits { max_sentences, max_chars, max_input_chars };
        let summary = summarise(&turns, &limits);
        prop_assert_eq!(&summary, &summarise(&turns, &limits), "the same every time");
        if let Some(text) = summary {
            prop_assert!(text.chars().count() <= max_chars);
            prop_assert!(!text.is_empty() && !text.contains('\n'));
            prop_assert!(!text.contains("card number removed]"));
        }
    }
}
