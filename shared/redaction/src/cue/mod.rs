//! The words that say what the number beside them is.
//!
//! They only move thresholds: no word alone makes a number a card, and a number with right check digits that nothing
//! speaks against goes without any.

mod asked;
mod clause;
mod other;
mod words;

use crate::ids;
use crate::kind::Kind;

pub(crate) use words::{COMMON, COMPOUND, HEADS, NEGATIONS, PLAIN};

/// What a phrase says about the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// A payment card.
    Card,
    /// A card's verification value.
    SecurityCode,
    /// Some code; a card's, where a card was given shortly before.
    Code,
    /// Some date or end; a card's, where a card was given shortly before.
    Until,
    /// A word that a question for a card's code or date may hold, and many others too: `what does it say on the back?`
    Hint(Kind),
    /// A card's expiry date.
    Expiry,
    /// An identity number of this kind.
    Id(Kind),
    /// As [`Cue::Id`], by a name that is a common word too (`sin`, `nie`): it holds only right
    /// beside the number, and only if that has the right check digits.
    Near(Kind),
    /// Some identity number.
    AnyId,
    /// Only the end of a number follows, which may stay.
    Ending,
    /// What was said before was wrong, and is said again.
    Restart,
    /// A phrase that only looks like one of these: a gift card, social media.
    Nothing,
    /// A currency or another measure: the number right beside it is a quantity.
    Measure,
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

impl Phrase {
    /// Does it only hint at a number?
    pub(crate) fn is_vague(self) -> bool {
        matches!(self, Self::Says(Cue::Hint(Kind::Card | Kind::Iban | Kind::OtherId)))
    }

    /// Does it say what number it is?
    pub(crate) fn names(self) -> bool {
        let says = |cue| {
            matches!(
                cue,
                Cue::Card | Cue::SecurityCode | Cue::Expiry | Cue::Id(_) | Cue::AnyId | Cue::Nothing | Cue::Other { named: true }
            )
        };
        matches!(self, Self::Says(cue) if says(cue))
    }

    /// Does it matter to a number in another turn? The rest only says what stands beside it.
    pub(crate) fn asks(self) -> bool {
        match self {
            Self::Says(Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Code | Cue::Other { named: false }) => false,
            Self::Says(_) | Self::OfLast | Self::OfNext => true,
        }
    }
}

/// Every phrase, in folded words.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, Phrase)> {
    let ours = PHRASES
        .iter()
        .chain(asked::PHRASES)
        .chain(other::PHRASES)
        .chain(clause::PHRASES)
        .flat_map(|(cue, phrases)| phrases.split(',').map(|phrase| (phrase, *cue)));
    let ids = ids::names().map(|(name, kind)| match name.strip_prefix('~') {
        Some(common) => (common, Cue::Near(kind)),
        None => (name, Cue::Id(kind)),
    });
    let of = |phrases: &'static str, phrase| phrases.split(',').map(move |words| (words, phrase));
    // Of a phrase in both, the one that names a number says more.
    let says = ids.chain(ours).map(|(words, cue)| (words, Phrase::Says(cue)));
    says.chain(of(OF_LAST, Phrase::OfLast)).chain(of(OF_NEXT, Phrase::OfNext))
}

const OF_LAST: &str = "number, numbers, no, id, nummer";
const OF_NEXT: &str = "numero de, numero d, numero do, numero da, numero del, numero de la, codigo de, codigo del, codigo de la, \
     codigo do, codigo da, code de, code d, code du, numero du";

const WEAK: Cue = Cue::Other { named: false };
const NAMED: Cue = Cue::Other { named: true };

const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Card,
        "card, cards, credit, debit, visa, mastercard, master card, amex, american express, discover, diners, diners club, jcb, unionpay, \
         union pay, maestro, rupay, elo, hipercard, verve, payment method, pay with, paying with, long number, big number, number along, number across, numbers across, across the front, under the chip, embossed, on the plastic, \
         en relieve, numeros de delante, numeros da frente, chiffres de devant, auf der vorderseite, charged, charge, pan, \
         sixteen digits, 16 digits, fifteen digits, 15 digits, the deposit, take the payment, card details, \
         tarjeta, tarjetas, numero largo, cobraron, cobrado, cargaron, dieciseis digitos, dieciseis numeros, metodo de pago, forma de pago, \
         karte, karten, kreditkarte, kartennummer, kreditkartennummer, bankkarte, debitkarte, zahlkarte, lange nummer, abgebucht, \
         kartendaten, sechzehn ziffern, sechzehn stellen, zahlungsmittel, \
         carte, cartes, carte bancaire, carte bleue, carte de credit, debite, preleve, long numero, seize chiffres, moyen de paiement, \
         cartao, cartoes, cartao de credito, numero longo, cobraram, cobrou, dezesseis digitos, forma de pagamento, \
         carta di credito, carta di debito, mia carta, sua carta, tua carta, nuova carta, vecchia carta, questa carta, bancomat, sedici cifre, \
         kaart, kaartnummer, creditcard, betaalkaart, bankpas, zestien cijfers, \
         primary account number, invoice with, bill with, order with, fees with, balance with, rechnung mit, bestellung mit, \
         factura con, recibo con, pedido con, facture avec, commande avec, fatura com, conta com, pedido com, money from, charge it to, bill it to, put it on, faire opposition",
    ),
    (
        Cue::SecurityCode,
        "security code, security number, security digits, security value, card code, verification code, verification number, verification value, \
         validation code, signature code, card verification, card security code, cvn, cvv code, cvv number, card verification value, cvv, cvc, cvv2, cvc2, csc, cid, c v v, c v c, \
         three digits on the back, digits on the back, three digits, last three digits, last three, last 3, last 3 digits, final three digits, \
         3 digits, 3 digit code, 3 digit number, 4 digit code, three numbers, three little numbers, little three digit number, three figures, \
         number by the signature, digits by the signature, number on the reverse, code on the reverse, code on the signature strip, three digit code, three digit number, four digits on the front, \
         four digit code, four digits above,          digits on the front, number on the back, numbers on the back, code on the back, back of the card, back of your card, signature strip, \
         codigo de seguridad, numero de seguridad, codigo de verificacion, codigo de validacion, numero de verificacion, clave de seguridad, \
         los tres ultimos numeros, los tres ultimos digitos, las tres ultimas cifras, los ultimos tres, los tres digitos, los tres numeros, \
         numeros junto a la firma, los tres numeritos, tres ultimas cifras, numerito de atras, numeritos de atras, tres de atras, tres de detras, tres numeritos, tres ultimos digitos, tres ultimos numeros, \
         ultimos tres digitos, ultimos tres numeros, ultimos tres, numeros de atras, numeros del reverso, digitos del reverso, digitos de atras, \
         codigo que viene detras, codigo que aparece detras, codigo de detras, cuatro digitos, 3 digitos, tres digitos, tres numeros, tres numeros de atras, tres cifras, \
         numero de atras, codigo de atras, codigo del reverso, cuatro digitos de delante, \
         prufziffer, pruefziffer, prufnummer, pruefnummer, sicherheitscode, kartenprufnummer, drei ziffern, drei zahlen, sicherheitsnummer, \
         prufcode, pruefcode, prufzahl, kartencode, sicherheitszahl, verifizierungscode, drei letzten ziffern, letzten drei ziffern, letzten drei, \
         die drei ziffern, die drei zahlen, die drei letzten ziffern, die letzten drei ziffern, die letzten drei, die drei stellen, \
         drei stellen, dreistelliger code, dreistelligen code, dreistellige code, dreistellige zahl, dreistelligen zahl, nummer auf der ruckseite, \
         nummer von der ruckseite, code von der ruckseite, zahlen auf der ruckseite, ziffern auf der ruckseite, code auf der ruckseite, zahl auf der ruckseite, vier ziffern auf der vorderseite, \
         cryptogramme, crypto, code de securite, trois chiffres, trois derniers chiffres, numero au dos, code au dos, code au verso, numero au verso, \
         les trois chiffres, les trois derniers chiffres, les trois derniers, les trois petits chiffres, les trois numeros, les 3 chiffres, \
         code de verification, code de validation, code derriere, numero derriere, numero de securite, trois petits chiffres, 3 chiffres, \
         3 derniers chiffres, trois numeros, numero a trois chiffres, code a trois chiffres, chiffres au dos, chiffres au verso, chiffres derriere, \
         quatre chiffres devant, \
         codigo de seguranca, codigo verificador, codigo de verificacao, codigo de validacao, numero de seguranca, numero de verificacao, \
         tres ultimos, tres ultimos digitos, tres ultimos numeros, ultimos tres digitos, ultimos tres, tres de tras, numerozinho de tras, \
         os tres digitos, os tres ultimos digitos, os tres ultimos, os ultimos tres, os tres numeros, os tres numerozinhos, \
         tres numerozinhos, codigo atras, codigo que fica atras, codigo do verso, numeros do verso, digitos do verso, numeros de tras, digitos atras, \
         codigo de tras, numero de tras, atras do cartao, junto a la firma, al lado de la firma, neben der unterschrift, bei der unterschrift, \
         a cote de la signature, pres de la signature, ao lado da assinatura, junto a assinatura, accanto alla firma, naast de handtekening, \
         by the signature, next to the signature, quatro digitos, \
         codice di sicurezza, tre cifre, beveiligingscode, drie cijfers",
    ),
    (
        Cue::Id(Kind::Iban),
        "iban, i b a n, iban number, bank details, bank account, international bank account number, account details, \
         cuenta bancaria, numero de cuenta, numero de cuenta bancaria, datos bancarios, \
         bankverbindung, kontonummer, kontoverbindung, bankdaten, iban nummer, \
         rib, coordonnees bancaires, compte bancaire, numero de compte, \
         conta bancaria, numero da conta, dados bancarios, nib, \
         coordinate bancarie, numero di conto, rekeningnummer, bankrekening",
    ),
    (
        Cue::Code,
        "os de tras, de tras sao, back says, back reads, on the back, little ones, three on it, los de atras, los de detras, de atras son, atras esta, au dos, derriere c est, \
         au verso, hinten steht, ruckseite steht, auf der ruckseite, atras diz, atras e, no verso, verso diz, code, codigo, codice, cod, little numbers, los tres, las tres, os tres, die drei, drei stellen, dreistellige, dreistellige nummer, \
         vierstellige nummer, les trois, le tre, de drie",
    ),
    (
        Cue::Until,
        "good to, good for, goes to, fin, fin de, valid, thru, val, cad, lauft, laeuft, vale ate, vale hasta, sirve hasta, gilt, gilt bis, haltbar bis, \
         bis ende, valable, valide, bonne jusqu, runs to, runs till, runs until, runs through, lasts until, up in, valido, valida, \
         date, fecha, datum, data",
    ),
    (
        Cue::Hint(Kind::SecurityCode),
        "back, behind, reverse, flip, turn it over, turn the card over, digits, verification, hinten, ruckseite, rueckseite, unterschriftsfeld, \
         ziffern, umdrehen, detras, atras, reverso, dorso, digitos, verificacion, verso, au dos, chiffres, derriere, retournez, tras, \
         verificacao, vire, retro, achterkant, achterop, achter, cijfers, cifre",
    ),
    (
        Cue::Hint(Kind::CardExpiry),
        "until when, till when, how long, month, year, hasta cuando, hasta que, mes, ano, bis wann, wie lange, monat, jahr, validez, \
         jusqu a quand, jusqu quand, mois, annee, ate quando, fino a quando, tot wanneer, hoe lang, mese, anno, maand, jaar",
    ),
    (
        Cue::Hint(Kind::OtherId),
        "government, official number, official document, paperwork, state gave you, amtliche, amtlichen, offizielle, behorde, officiel, administration, \
         le dio el estado, gobierno, numero oficial, governo, orgao, license, licence, papers, your document, tax papers, tax office, tax return, taxes, hmrc, irs, dl, tin, benefits, \
         hacienda, papeles, documentacion, credencial, licencia, carne, mutua, impuestos, \
         finanzamt, steuerbescheid, versichertenkarte, ihres dokuments, ihrem dokument, krankenkassenkarte, \
         papiers, impots, avis d imposition, permis, votre document, mutuelle, la caf, \
         as financas, das financas, receita federal, carteira de trabalho, utente, inss, matricula, certidao, cartao de residente",
    ),
    (
        Cue::Expiry,
        "date de fin, wie lange gilt, bis wann lauft, until what date, how long is it good, hasta que fecha, ate que data, expiry, expiry date, expiration, expiration date, expire, expires, expiring, expired, exp, exp date, valid thru, valid through, \
         valid until, valid to, valid till, good thru, good through, good until, month and year, run out, runs out, \
         good through date, good thru date, thru date, valid thru date, expiry month, expiry year, expiration month, expiration year, month of expiry, \
         expirey, expirydate, exp month, end date, valid up to, valid from, good till, good up to, runs until, is good for, is good until, is good to, lapses, \
         use by, due date, renewal date, date on the card, date on it, date on the front, date of expiry, date of expiration, stop working, stops working, \
         caducidad, fecha de caducidad, vencimiento, fecha de vencimiento, fecha de expiracion, expiracion, caduca, caducan, vence, valida hasta, \
         valido hasta, mes y ano, caducar, caducara, vencera, vencer, venza, caduque, expire el, expirara, expira, validez, fecha de validez, \
         valida, es valida, fecha de vto, vto, vcto, venc, cad, caduc, hasta cuando es valida, hasta cuando vale, hasta cuando sirve, valen hasta, \
         gultig bis, gueltig bis, gultig, gueltig, ablaufdatum, ablauf, verfallsdatum, verfalldatum, gultigkeit, gultigkeitsdatum, lauft ab, laeuft ab, \
         ablauft, ablaeuft, ablaufen, abgelaufen, verfallt, verfaellt, verfall, gultig ist, gultig sein, gilt bis, bis wann gilt, gultig bis ende, \
         lauft sie ab, lauft er ab, laeuft sie ab, laeuft die ab, laeuft die karte ab, lauft die ab, lauft die karte ab, lauft diese karte ab, lauft ihre karte ab, monat und jahr, \
         expire, expire quand, date d expiration, date d echeance, date de validite, date de fin de validite, valable jusqu, valide jusqu, \
         fin de validite, validite, date de peremption, perime, expiration, expirera, expirer, expirant, echeance, arrive a expiration, arrive a echeance, \
         valable jusque, valide jusque, valable jusqu en, bonne jusqu, valide jusqu en, fin validite, mois et annee, mois et l annee, \
         validade, data de validade, valido ate, valida ate, vence, vencimento, data de vencimento, data de expiracao, expira, expirar, mes e ano, venc, vcto, \
         vencem, vencer, vence em, ate quando vale, ate quando ele vale, vale ate, valido ate, valida ate, prazo de validade, dt validade, expiracao, \
         scadenza, data di scadenza, scade, valida fino, valido fino, valida fino a, vervaldatum, verloopt, geldig tot, geldig tot en met, vervalt",
    ),
    (
        Cue::AnyId,
        "nummer auf dem dokument, nummer auf ihrem dokument, nummer des dokuments, dem dokument, number on the document, ids, id numbers, tax ids, tax numbers, ausweisnummern, steuernummern, documentos, numeros de documento, cedulas, identity numbers, \
         insurance card, insurance card number, pension card, citizen card, tax card, citizen card number, foreigner number, identification, \
         personal identification, national identifier, tax identifier, tax identification, tax registration, tax registration number, \
         identity papers, identity papers number, national identity, national identification, national identification number, \
         social services number, social welfare number, welfare number, benefits number, licence digits, license digits, \
         identification papers, identity digits, id digits, fiscal code, fiscal identifier, personal tax number, t i n, \
         numero de hacienda, numero de impuestos, numero de salud, numero de afiliado, numero de credencial, numero de la credencial, \
         numero de su carne, numero del carne, libreta militar, numero de pensionista, numero de sus papeles, carne de identidad, \
         numero de contribuyente, codigo fiscal, \
         personenkennzahl, steuer ident, gesundheitskarte, krankenkassenkarte, nummer der versichertenkarte, nummer vom finanzamt, \
         nummer auf dem steuerbescheid, sozialversicherungsausweis, sozialversicherungskarte, ausweispapiere, ausweisdokument, \
         numero de sante, numero de carte de sante, carte de sante, numero de mutuelle, numero des impots, numero de vos papiers, \
         numero de votre document, immatriculation a la secu, papiers d identite, numero de piece, identifiant de securite sociale, \
         numero caf, carte de securite sociale, \
         numero do inss, numero das financas, numero do imposto, numero da certidao, cartao de residente, carteira de trabalho, \
         numero da carteira de trabalho, numero da matricula, codigo fiscal, \
         identity document, id document, document number, document id, residence permit, residence permit number, residence card, \
         residence card number, resident card, resident permit, permit number, work permit, work permit number, green card, green card number, \
         alien number, alien registration number, uscis number, immigration number, fiscal number, fiscal id, fiscal identification number, \
         vat number, vat id, company registration number, company number, company registration, business number, business registration number, \
         healthcare number, health insurance number, health id, medical card, medical card number, medical insurance number, medicaid, \
         medicaid number, patient number, pension number, pension insurance number, person number, personal id, personal id number, \
         personal identification number, personal identification code, personal identifier, citizenship number, civil registration number, \
         civil number, population register number, national registration number, military id, birth certificate, birth certificate number, \
         tax payer id, tax payer number, taxpayer reference, tax account number, i d number, insured number, social number, social insurance, \
         voter number, electoral number, state id, state id number, photo id, \
         carnet, numero de identificacion, numero de identificacion personal, numero de identificacion nacional, identificacion oficial, \
         identificacion personal, identificacion nacional, identificacion, clave de elector, credencial de elector, ine, numero del seguro, \
         numero de asegurado, numero de seguro, permiso de residencia, numero de permiso de residencia, tarjeta de residencia, \
         numero de tarjeta de residencia, numero de residencia, permiso de trabajo, tarjeta sanitaria, numero de tarjeta sanitaria, \
         numero de la tarjeta sanitaria, numero tributario, codigo tributario, numero nacional, numero nacional de identidad, \
         numero nacional de identificacion, numero personal, numero de empleador, numero de empresa, codigo de identidad, \
         codigo de identificacion, codigo personal, tarjeta de identidad, numero de tarjeta de identidad, numero de ciudadano, clave fiscal, \
         numero de pension, \
         identitatsnummer, identitaetsnummer, identitatskarte, identitatskartennummer, personliche nummer, personliche identifikationsnummer, \
         burgernummer, aufenthaltstitel, aufenthaltstitelnummer, aufenthaltserlaubnis, umsatzsteuer id, \
         umsatzsteueridentifikationsnummer, ust id, ust idnr, ustid, handelsregisternummer, kennnummer, personenkennnummer, dokumentennummer, \
         dokumentnummer, betriebsnummer, patientennummer, nationale nummer, nationale identitatsnummer, sozialnummer, kennziffer, \
         versicherungsnr, steuernr, ausweisnr, id nr, id karte, \
         piece d identite, numero de piece d identite, numero de la piece d identite, document d identite, numero d identification, \
         numero d identification fiscale, identification fiscale, numero d identification nationale, numero d identification national, \
         identifiant national, titre de sejour, numero de titre de sejour, numero du titre de sejour, carte de sejour, \
         numero de carte de sejour, numero d etranger, numero d assurance, numero d allocataire, numero personnel, code personnel, \
         code d identite, numero de citoyen, numero d entreprise, siret, siren, numero siret, numero siren, numero de tva, matricule, \
         numero de document, numero du document, numero de retraite, numero social, numero de patient, \
         bi, numero do bi, numero de utente, numero do utente, cartao de saude, titulo de eleitor, inscricao estadual, titulo de residencia, \
         autorizacao de residencia, numero de registro, numero de registo, numero pessoal, codigo pessoal, codigo de identidade, \
         numero de cidadao, rne, crnm, rnm, numero de estrangeiro, documento de identificacao, identificacao, numero de segurado, \
         numero do beneficio, cartao do sus, cartao nacional de saude, numero do sus, numero de identidade, \
         documento d identita, numero di documento, tessera sanitaria, permesso di soggiorno, \
         identiteitskaart, identiteitsnummer, identiteitskaartnummer, documentnummer, verblijfsvergunning, id, id number, id no, id card, identity number, identity card, identification number, national id, national number, tax id, tax number, \
         tax code, taxpayer, tax file number, personal number, personal code, insurance number, \
         citizen number, numero de seguridad social, numero de seguranca social, government id, health number, health card, passport number, resident number, \
         documento, documento de identidad, numero de identidad, identificacion fiscal, cedula, numero fiscal, seguridad social, \
         ausweis, ausweisnummer, steuernummer, versicherungsnummer, sozialversicherungsnummer, personennummer, identifikationsnummer, \
         securite sociale, numero fiscal, identifiant fiscal, numero d identite, carte d identite, numero national, \
         contribuinte, identificacao fiscal, identidade, numero de identificacao, seguranca social",
    ),
    (
        Cue::Restart,
        "start again, start over, start that again, let me repeat, from the beginning, from the top, from the start, once more, one more time, \
         misread that, misread it, read it again, read that again, say it again, try again, wrong card, wrong one, the wrong number, \
         desde el principio, de nuevo, otra vez, empiezo, me he liado, me equivoque, tarjeta equivocada, \
         noch mal, noch einmal, nochmal, von vorne, von vorn, falsche karte, verlesen, \
         je recommence, je repete, je reprends, je me suis trompe, depuis le debut, a zero, mauvaise carte, \
         de novo, do comeco, desde o comeco, outra vez, li errado, cartao errado, \
         ricomincio, da capo, dall inizio, ho sbagliato, opnieuw, nog een keer, overnieuw",
    ),
    (
        Cue::Nothing,
        "numero demande, numero que vous demandez, numero que vous vouliez, gewunschte nummer, verlangte nummer, gefragte nummer, \
         numero que me pide, numero que pide, numero que pediu, numero pedido, number you want, number you wanted, number you need, \
         number you asked for, number you asked, \
         card games, card game, card trick, playing cards, social media, business card, card reader, card machine, debit note, security check, pan for, social profile, \
         credit note, free of charge, in charge, credit score, key card, tarjeta de embarque, \
         carte d embarquement, carte des vins, bordkarte, cartao de embarque, \
         on my receipt, on the receipt, on my statement, on my bill, on my invoice, on the invoice, auf meiner rechnung, auf der rechnung, \
         auf meinem beleg, en mi recibo, en el recibo, en mi factura, en la factura, sur mon recu, sur ma facture, sur la facture, \
         no meu recibo, na minha fatura, na fatura",
    ),
    (
        Cue::Measure,
        "usd, eur, gbp, chf, cad, aud, nzd, jpy, cny, inr, brl, mxn, sek, nok, dkk, pln, czk, zar, sgd, hkd, krw, cop, clp, ars, pen, \
         uyu, huf, bgn, thb, idr, myr, php, vnd, uah, rub, ils, aed, kr, zloty, zlotys, kronor, kroner, kronen, yen, yuan, rand, forint, bucks, \
         dollar, dollars, \
         euro, euros, pound, pounds, pence, cent, cents, rupees, franken, francs, franc, real, reais, pesos, centavos, centimos, centimes, \
         libras, dolares, dolar, percent, items, pieces, units, boxes, people, days, weeks, months, years, hours, minutes, seconds, times, miles, \
         degrees, prozent, stuck, tage, wochen, monate, jahre, stunden, minuten, grad, unidades, piezas, dias, semanas, meses, anos, horas, minutos, \
         personas, veces, jours, semaines, mois, ans, heures, pieces, unites, personnes, pecas, vezes, pessoas",
    ),
    (
        Cue::Ending,
        "last four, last 4, last digits, ending, ending in, ending with, ends in, ends with, termina en, terminada en, ultimos cuatro, \
         ultimas cuatro, acaba en, acabada en, endung, endet auf, endend auf, letzten vier, letzten 4, finit par, finissant par, se termine par, \
         quatre derniers, 4 derniers, final, terminado em, termina em, ultimos quatro, que termina em, finale, che finisce con, ultime quattro, \
         eindigt op, laatste vier",
    ),
    (
        WEAK,
        "error, fehler, erreur, erro, errore, foutmelding, cp, my reading, the reading, la lectura, a leitura, le releve, appelez, liga no, me liga, barcode, strichcode, \
         gift card, gift cards, sim card, phone card, loyalty card, iccid, tarjeta sim, tarjeta regalo, tarjeta de regalo, carte sim, carte cadeau, \
         localizador, locator, texting, calling from, tel, event, ereignis, zeitstempel, evenement, evento, horodatage, marca de tiempo, sendungsverfolgung, \
         paketverfolgung, \
         gutschein, geschenkkarte, simkarte, cartao presente, cartao de presente, created, consignment, waybill, ups, usps, fedex, dhl, dpd, gls, \
         hermes, evri, royal mail, correos, seur, colissimo, chronopost, la poste, correios, ctt, deutsche post, balance, saldo, solde, guthaben, \
         policy, claim, ring me, ring her, ring him, ring us, created at, updated at, fired at, epoch, verwendungszweck, police, poliza, siniestro, \
         sinistre, apolice, sinistro, versao, versione, versie, firmware, richiami, richiamami, chiamami, bel me, rappeler, ligar, llamar, \
         order, orders, tracking, shipment, shipping, courier, carrier, parcel, package, delivery, ticket, case, confirmation, reference, ref, \
         invoice, bill, receipt, reservation, booking, request, log, log line, logged, webhook, timestamp, fired, serial, phone, telephone, mobile, \
         cell, call back, call me, call, text, reach me, reach, reach you, call you, whatsapp, fax, ext, extension, customer number, member, membership, \
         loyalty, frequent flyer, rewards, flight, train, sku, isbn, barcode, ean, upc, imei, mac address, zip, postcode, postal code, uuid, guid, \
         amount, total, version, build, batch, voucher, coupon, transaction, chassis, vin, record, deal, contact, company, coordinates, latitude, \
         longitude, meter, model, part number, street, avenue, road, room, apartment, flat, ip, address, born, birthday, date of birth, \
         chassi, chasis, contato, hubspot, pedido, seguimiento, rastreo, envio, mensajero, mensajeria, paquete, referencia, factura, reserva, registro, telefono, movil, celular, llameme, \
         llamame, contactar, localizar, socio, cliente, fidelidad, vuelo, tren, codigo postal, codigo de barras, caso, incidencia, importe, contador, coordenadas, calle, \
         negocio, contacto, nacimiento, naci, \
         bestellung, bestell, sendung, sendungsverfolgung, tel, paket, lieferung, rechnung, referenz, vorgang, protokoll, telefon, handy, rufen, erreichen, erreichbar, betrag, \
         buchung, kunde, mitglied, flug, zug, postleitzahl, plz, strichcode, zahler, koordinaten, strasse, uhr, fall, gutscheincode, geboren, kontakt, firma, zahlerstand, \
         commande, ma demande, la demande, votre demande, numero de demande, suivi, colis, livraison, transporteur, coursier, dossier, facture, journal, telephone, portable, rappelez, joindre, appeler, montant, reservation, \
         client, adherent, fidelite, vol, code postal, code barres, compteur, coordonnees gps, rue, ticket, \
         encomenda, rastreio, rastreamento, pacote, entrega, transportadora, protocolo, fatura, recibo, telefone, celular, ligue, chamado, remessa, \
         fidelidade, voo, trem, cep, codigo de barras, medidor, coordenadas, rua, caso, nasci, nascimento, \
         ordine, spedizione, pacco, fattura, cellulare, bestelling, zending, pakket, factuur, telefoon",
    ),
    (
        NAMED,
        "versicherungsnummer auf dem vertrag, versicherungsnummer im vertrag, versicherungsscheinnummer, versicherungsnummer der police, \
         digits under the barcode, under the barcode, number on the barcode, number on the sticker, number on the label, \
         number can i call, number to call, number should i call, call you back on, call back on, reach you on, reach you at, number to reach, \
         numero puedo llamar, numero le puedo llamar, numero le llamo, numero le puedo localizar, nummer erreiche ich, nummer kann ich sie, \
         numero puis je vous, numero vous joindre, numero peut on vous, numero posso ligar, numero posso te ligar, numero ligo, \
         vehicle identification number, contract number, contract no, numero de contrat, contrat numero, numero de contrato, numero do contrato, \
         contrato numero, numero du contrat, nota fiscal, numero da nota fiscal, numero de nota fiscal, \
         -nummer, error code, area code, country code, dialling code, dialing code, access code, discount code, product code, source code, \
         qr code, store code, door code, gate code, entry code, pin code, pass code, passcode, dress code, promotion code, referral code, \
         codigo de descuento, codigo promocional, codigo de error, codigo de area, codigo de producto, codigo de acceso, codigo de confirmacion, \
         codigo de desconto, codigo de erro, codigo de acesso, codigo do produto, codigo promocional, codigo do cupom, codigo de confirmacao, \
         code promo, code de reduction, code d erreur, code d acces, code produit, code de confirmation, rabattcode, fehlercode, zugangscode, \
         bestatigungscode, buchungscode, s n, order no, policy no, serial no, claim no, case no, ticket no, invoice no, booking no, tracking no, customer no, member no, phone no, reference no, flight no, shipment no, confirmation no, model no, part no, room no, meter no, account no, order number, order id, customer id, user id, session id, account id, member id, call id, event id, agent id, store id, \
         product id, tracking number, tracking code, tracking id, shipment number, parcel number, ticket number, ticket id, \
         case number, case id, confirmation number, confirmation code, booking number, booking reference, booking code, reference number, \
         reference code, invoice number, request id, transaction id, transaction number, serial number, phone number, telephone number, \
         mobile number, cell number, contact number, callback number, best number, member number, membership number, loyalty number, \
         gift card number, voucher number, customer number, policy number, meter number, device id, imei number, \
         error reference, frequent flyer number, rewards number, record id, contact id, deal id, company id, ticket id, chassis number, \
         vehicle number, registration number, reservation number, reservation code, delivery number, consignment number, package number, \
         flight number, train number, zip code, post code, postal code, account id, customer code, voucher code, gift card code, promo code, \
         model number, part number, meter reading, job number, claim number, quote number, po number, purchase order, receipt number, \
         registro de contacto, numero de socio, numero de cliente, numero de guia, numero de envio, numero de serie, numero de reserva, \
         numero de bastidor, codigo de reserva, codigo de seguimiento, codigo de cliente, numero de caso, numero de fidelidad, \
         numero de adherent, numero de fidelite, numero de serie, numero de vol, numero de reservation, code de suivi, code de reservation, \
         numero de membro, numero de socio, numero do cliente, numero de cliente, numero de serie, numero do voo, numero de fidelidade, \
         numero da reserva, numero da fatura, codigo da reserva, codigo do pedido, \
         numero de pedido, numero de seguimiento, numero de telefono, numero de referencia, numero de factura, numero de ticket, \
         bestellnummer, sendungsnummer, ticketnummer, telefonnummer, rechnungsnummer, referenznummer, kundennummer, vorgangsnummer, \
         auftragsnummer, buchungsnummer, handynummer, seriennummer, \
         numero de commande, numero de suivi, numero de telephone, numero de dossier, numero de facture, numero de colis, \
         numero de client, numero de ticket, numero de reference, \
         numero do pedido, codigo de rastreio, numero de telefone, numero do protocolo, numero de protocolo, numero do chamado",
    ),
];
