//! The words that say what the number beside them is.
//!
//! They only move thresholds: no word alone makes a number a card, and a number with right check digits that nothing
//! speaks against goes without any.

use crate::ids;
use crate::kind::Kind;

/// What a phrase says about the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// A payment card.
    Card,
    /// A card's verification value.
    SecurityCode,
    /// Some code; a card's, where a card has just been given.
    Code,
    /// A card's expiry date.
    Expiry,
    /// An identity number of this kind.
    Id(Kind),
    /// As [`Cue::Id`], by a name that is a common word too (`sin`, `nie`): it holds only right beside the number.
    Near(Kind),
    /// Some identity number.
    AnyId,
    /// Only the end of a number follows, which may stay.
    Ending,
    /// A phrase that only looks like one of these: a gift card, social media.
    Nothing,
    /// Something that must stay: an order, a phone, a time. `named`: it asks for the number itself.
    Other { named: bool },
}

/// What a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// It says this.
    Says(Cue),
    /// The number of what stands right before it, which must stay if that is none of our words: `frequent flyer number`.
    OfLast,
    /// The number of what comes next: `numéro d'adhérent`.
    OfNext,
}

/// Every phrase, in folded words.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, Phrase)> {
    let ours = PHRASES.iter().flat_map(|(cue, phrases)| phrases.split(',').map(|phrase| (phrase, *cue)));
    let ids = ids::RULES.iter().flat_map(|rule| {
        rule.names.split(',').map(|name| match name.trim_start().strip_prefix('~') {
            Some(common) => (common, Cue::Near(rule.kind)),
            None => (name, Cue::Id(rule.kind)),
        })
    });
    let of = |phrases: &'static str, phrase| phrases.split(',').map(move |words| (words, phrase));
    let says = ours.chain(ids).map(|(words, cue)| (words, Phrase::Says(cue)));
    says.chain(of(OF_LAST, Phrase::OfLast)).chain(of(OF_NEXT, Phrase::OfNext))
}

/// Words that turn a question into its opposite: `we never ask for the card number`.
pub(crate) const NEGATIONS: &str =
    "not never don dont doesn nicht kein keine keinen nie niemals jamais pas nunca jamas nao nem non mai niet geen nooit";

const OF_LAST: &str = "number, numbers, no, id";
const OF_NEXT: &str = "numero de, numero d, numero do, numero da, codigo de, codigo do, codigo da, code de, code d";

/// How a German or Dutch word ends that is the number of something.
pub(crate) const COMPOUND: &str = "nummer";

const WEAK: Cue = Cue::Other { named: false };
const NAMED: Cue = Cue::Other { named: true };

const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Card,
        "card, cards, credit, debit, visa, mastercard, master card, amex, american express, discover, diners, diners club, jcb, unionpay, \
         union pay, maestro, rupay, elo, hipercard, verve, payment method, pay with, long number, charged, pan, \
         tarjeta, tarjetas, numero largo, cobraron, cobrado, \
         karte, kreditkarte, kartennummer, kreditkartennummer, bankkarte, debitkarte, lange nummer, abgebucht, \
         carte, carte bancaire, carte bleue, carte de credit, debite, long numero, \
         cartao, cartao de credito, numero longo, cobraram, cobrou",
    ),
    (
        Cue::SecurityCode,
        "security code, card code, verification code on the back, cvv, cvc, cvv2, cvc2, csc, cid, c v v, c v c, three digits on the back, \
         digits on the back, three digits, four digits on the front, number on the back, code on the back, back of the card, \
         back of your card, \
         codigo de seguridad, codigo de verificacion de la tarjeta, tres digitos, tres numeros de atras, \
         prufziffer, pruefziffer, prufnummer, pruefnummer, sicherheitscode, kartenprufnummer, drei ziffern, sicherheitsnummer, \
         cryptogramme, crypto, code de securite, trois chiffres, numero au dos, \
         codigo de seguranca, tres digitos, tres numeros",
    ),
    (Cue::Code, "code, codigo"),
    (
        Cue::Expiry,
        "expiry, expiry date, expiration, expiration date, expire, expires, expiring, exp, exp date, valid thru, valid through, valid until, \
         good thru, month and year, \
         caducidad, fecha de caducidad, vencimiento, fecha de vencimiento, caduca, vence, valida hasta, \
         gultig bis, gueltig bis, gultig, ablaufdatum, ablauf, verfallsdatum, lauft ab, \
         expire, date d expiration, date de validite, valable jusqu, fin de validite, \
         validade, data de validade, valido ate, vence",
    ),
    (
        Cue::AnyId,
        "id, id number, id no, id card, identity number, identity card, identification number, national id, national number, tax id, tax number, \
         tax code, taxpayer, tax file number, personal number, personal code, insurance number, \
         citizen number, government id, health number, health card, passport number, resident number, \
         documento, documento de identidad, numero de identidad, identificacion fiscal, cedula, numero fiscal, seguridad social, \
         ausweis, ausweisnummer, steuernummer, versicherungsnummer, sozialversicherungsnummer, personennummer, identifikationsnummer, \
         securite sociale, numero fiscal, identifiant fiscal, numero d identite, carte d identite, numero national, \
         contribuinte, identificacao fiscal, identidade, numero de identificacao, seguranca social",
    ),
    (Cue::Nothing, "gift card, gift cards, sim card, social media, business card, card reader, debit note, security check"),
    (
        Cue::Ending,
        "last four, last 4, last digits, ending, ending in, ending with, ends in, ends with, termina en, terminada en, ultimos cuatro, \
         ultimas cuatro, endung, endet auf, letzten vier, finit par, finissant par, se termine par, quatre derniers, final, terminado em, \
         ultimos quatro, que termina em",
    ),
    (
        WEAK,
        "order, tracking, shipment, shipping, parcel, package, ticket, case, confirmation, reference, ref, invoice, reservation, request, \
         log, log line, logged, webhook, timestamp, fired, serial, phone, telephone, mobile, cell, call back, call me, call, text, reach me, \
         reach, whatsapp, fax, ext, extension, account number, customer number, member, membership, loyalty, flight, sku, isbn, imei, zip, \
         postcode, uuid, amount, total, version, batch, voucher, coupon, transaction, \
         pedido, seguimiento, rastreo, envio, referencia, factura, reserva, registro, telefono, movil, celular, llameme, llamame, \
         bestellung, sendung, rechnung, referenz, vorgang, protokoll, telefon, handy, handynummer, rufen, erreichen, betrag, buchung, \
         commande, suivi, colis, dossier, facture, journal, telephone, portable, rappelez, montant, reservation, \
         encomenda, rastreio, rastreamento, protocolo, fatura, telefone, celular, ligue, chamado, remessa",
    ),
    (
        NAMED,
        "-nummer, order number, order id, customer id, user id, session id, account id, member id, call id, event id, agent id, store id, \
         product id, tracking number, tracking code, tracking id, shipment number, parcel number, ticket number, ticket id, \
         case number, case id, confirmation number, confirmation code, booking number, booking reference, booking code, reference number, \
         reference code, invoice number, request id, transaction id, transaction number, serial number, phone number, telephone number, \
         mobile number, cell number, contact number, callback number, best number, member number, membership number, loyalty number, \
         gift card number, voucher number, customer number, account number, policy number, meter number, device id, imei number, \
         error reference, \
         numero de pedido, numero de seguimiento, numero de telefono, numero de referencia, numero de factura, numero de ticket, \
         bestellnummer, sendungsnummer, ticketnummer, telefonnummer, rechnungsnummer, referenznummer, kundennummer, vorgangsnummer, \
         auftragsnummer, buchungsnummer, handynummer, seriennummer, \
         numero de commande, numero de suivi, numero de telephone, numero de dossier, numero de facture, numero de colis, \
         numero de client, numero de ticket, numero de reference, \
         numero do pedido, codigo de rastreio, numero de telefone, numero do protocolo, numero de protocolo, numero do chamado",
    ),
];
