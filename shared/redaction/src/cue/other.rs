//! More of what has a number and stays: telephones, orders, parcels, tickets, meters and the like, by other words.

use super::{Cue, NAMED, WEAK};

/// More phrases, in folded words.
pub(super) const PHRASES: &[(Cue, &str)] = &[
    (
        WEAK,
        "avenida, praca, travessa, alameda, estrada, rodovia, bairro, bloco, plaza, paseo, carretera, glorieta, boulevard, lane, \
         allee, gasse, chemin, impasse, quai, piazza, viale, corso, laan, plein, weg, po box, p o box, apartado de correos, \
         caixa postal, boite postale, postfach, casella postale, postbus, cupom, cupon, library card, student card, staff card, club card, kundenkarte, treuekarte, landline, home phone, work phone, office phone, desk phone, house phone, direct line, direct dial, switchboard, voicemail, pager, \
         rang from, ringing from, called from, phoned from, texted from, texted me, text me, sms, ring back, phone back, \
         purchase, purchases, trace, traced, tracked, dispatch, dispatched, despatch, shipped, pickup code, \
         pnr, record locator, complaint, complaints, enquiry, inquiry, incident, escalation, docket, quotation, estimate, \
         asset tag, licence license plate, number plate, registration plate, plate, odometer, mileage, kilowatt, \
         lead id, queue number, \
         landline number, fijo, telefono fijo, el fijo, fijo es, mensaje al, mensaje a, whatsapp al, llame al, llamar al, marcar, marque el, compra, compras, mi compra, la compra, \
         expediente, reclamacion, queja, incidente, presupuesto, albaran, matricula del coche, placa, contador, \
         numero de pedido web, festnetz, festnetznummer, durchwahl, einkauf, auftrag, vorgang, beschwerde, reklamation, \
         angebot, angebotsnummer, kennzeichen, nummernschild, kilometerstand, zahlerstand, sitzplatz, artikelnummer, \
         sms an, schreiben sie an, rufnummer, mobilnummer, le fixe, telephone fixe, ligne fixe, texto, texto au, sms au, appelez le, composer le, \
         achat, achats, mon achat, reclamation, plainte, devis, bon de commande, bon de livraison, plaque, immatriculation du vehicule, kilometrage, \
         fixo, o fixo, telefone fixo, mensagem para, mensagem no, sms para, ligue para, ligar para, compra, compras, minha compra, a compra, \
         reclamacao, queixa, orcamento, ocorrencia, placa, quilometragem, \
         telefono fisso, il fisso, numero fisso, acquisto, reclamo, preventivo, targa, \
         vaste lijn, vaste nummer, aankoop, klacht, offerte, kenteken, kilometerstand, meterstand, artikelnummer",
    ),
    (
        NAMED,
        "library card number, student card number, club card number, numero de empleado, numero de estudiante, numero de alumno, numero d employe, \
         numero d etudiant, numero do processo, numero de processo, numero de funcionario, numero de aluno, matricula do aluno, \
         landline number, home number, house number, work number, office number, desk number, daytime number, evening number, whatsapp number, \
         purchase number, purchase id, pnr code, record locator, locator code, locator number, complaint number, enquiry number, incident number, \
         quote number, estimate number, quotation number, asset number, plate number, queue number, seat number, item number, article number, lot number, \
         batch number, part no, pickup number, dispatch number, waybill number, airway bill number, lead number, object id, \
         numero fijo, numero de telefono fijo, numero de compra, numero de la compra, numero de expediente, numero de reclamacion, numero de queja, numero de presupuesto, \
         numero de albaran, numero de placa, numero de articulo, numero de lote, codigo ean, codigo de lote, localizador de reserva, \
         festnetznummer, kaufnummer, auftragsnummer, beschwerdenummer, angebotsnummer, artikelnummer, chargennummer, rufnummer, rechnungsnr, kundennr, auftragsnr, bestellnr, \
         numero fixe, numero de fixe, numero d achat, numero de reclamation, numero de plainte, numero de devis, numero de plaque, numero d article, numero de lot, code ean, \
         numero fixo, numero de telefone fixo, numero da compra, numero da reclamacao, numero do orcamento, numero da placa, numero do artigo, numero do lote, codigo ean, \
         numero dell ordine, numero d ordine, numero di telefono, numero di pratica, numero del preventivo, numero di targa, codice prenotazione, \
         ordernummer, bestelnummer, klantnummer, telefoonnummer, factuurnummer, dossiernummer, kentekennummer, volgnummer",
    ),
];
