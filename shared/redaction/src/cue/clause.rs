//! What a clause says of the number in it, where the thing has no number of its own name: `the app is on ..`, `I ordered it
//! under ..`, `la guía .. no se mueve`; and more measures.

use super::{Cue, NAMED, WEAK};

/// More phrases, in folded words.
pub(super) const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Measure,
        "seats, licences, licenses, pallets, bottles, gigs, gigabytes, megabytes, terabytes, kilos, grams, litres, liters, metres, meters, \
         kilometres, kilometers, kilowatt hours, feet, inches, quid, \
                 plazas, asientos, cajas, licencias de uso, kilos, gramos, litros, metros, kilometros, gigas, botellas, \
         sitze, platze, sitzplatze, kisten, kartons, lizenzen, flaschen, kilo, gramm, liter, meter, kilometer, \
         sieges, places, caisses, cartons, boites, bouteilles, grammes, litres, \
         lugares, assentos, caixas, licencas, garrafas, gramas, \
         posti, scatole, licenze, bottiglie, grammi, litri, metri, chilometri, \
         stoelen, plaatsen, dozen, licenties, flessen, gram",
    ),
    (
        WEAK,
        "the item is, item is, the book is, the article is, the product is, el articulo es, articulo es, el producto es, el libro es, der artikel ist, artikel ist, \
         das buch ist, das produkt ist, l article est, le livre est, le produit est, \
         het artikel is, het boek is, \
         ordered it under, ordered under, order it under, booked it under, booked under, bought it under, filed under, lo pedi con, lo pedi bajo, \
         pedi con el, pedido bajo, bestellt unter, lauft unter, gebucht unter, commande sous, reserve sous, pedi com, encomendei com, comprei com, \
         ordinato con, besteld onder, \
         app is on, the app is on, app is at, app is running, app runs, running version, phone is on, router is on, router is at, router at, server is at, \
         aplicacion esta en, aplicacion esta en la, la app esta en, router esta en, servidor esta en, la app tiene la, app ist auf, app lauft auf, \
         app hat die, router hat die adresse, router hat, router ist unter, server ist unter, application est en, l application est en, l appli est en, \
         routeur est en, routeur est sur, routeur a l adresse, aplicativo esta na, aplicativo esta no, o app esta na, roteador esta em, \
         roteador esta no, servidor esta em, app staat op, router staat op, came in from, signed in from, entraron desde, \
         accedieron desde, connecte depuis, eingeloggt von, entraram de, \
         la guia, guia numero, numero de la guia, mi guia, guia no, \
         marque al, llame al, llamaron al, llamo al, marco al, liguei no, liguei para o, j ai compose le, j ai appele le, \
         o item, o artigo, o produto, o livro, l articolo, il prodotto, il libro, a nota, called at, i called at, slot, your slot, apt, apto, appt, depto, etage, piso, wohnung, logged in, log in attempt, login attempt, login attempts, sign in attempt, \
         attempt at, intento de acceso, inicio de sesion, anmeldeversuch, tentative de connexion, connexion depuis, \
         tentativa de login, tentativa de acesso, tentativo di accesso, inlogpoging, \
         fliege mit, fliegen mit, fliege ich mit, vuelo con, vuelo en, viajo en, viajo con, vole avec, vole sur, voo com, voo no, vou no voo, fly with, \
         fly on, flying with, flying on, volo con, vlieg met, \
         angerufen, angeklingelt, dialed, dialled, phoned, j ai compose, j ai appele, liguei, liguei para, ho chiamato, gebeld, \
         contract started, contract starts, contract began, contrato empezo, contrato comenzo, contrato comecou, vertrag begann, vertrag lauft seit, \
         contrat a commence, contratto e iniziato, contract begon, they opened, he opened, she opened, one opened, agent opened, colleague opened, they raised, they logged, they created, \
         opened for me, raised for me, logged for me, created for me, me abrieron, abrieron, me crearon, me generaron, \
         m ont ouvert, ont ouvert, m a ouvert, m ont cree, ont cree, abriram, criaram, geraram, mi hanno aperto, hanno aperto, \
         hanno creato, haben angelegt, wurde angelegt, aangemaakt, \
         datensatz ist, eintrag ist, eintrag ist von, eintrag vom, fiche est, fiche est la, ficha es, ficha es la, cadastro e, \
         cadastro e o, scheda e, scheda e la, \
         comecou em, empezo el, begann am, commence le, delivered on, was delivered, it arrived on",
    ),
    (
        NAMED,
        "datensatz id, datensatz nr, datensatz nummer, eintrag id, eintrags id, numero de fiche, numero de la fiche, numero de ficha, \
         numero de la ficha, numero da ficha, id de la fiche, id da ficha, id do cadastro, numero de cadastro, numero do cadastro, \
         numero di scheda, numero de apartado, numero da caixa postal, lane number, account number with you, account number with us, account number with your company, customer account number, client account number, \
         billing account number, utility account number, account number on my bill, account number on the bill, aktenzeichen, geschaftszeichen, unser zeichen, ihr zeichen, numero de confirmacion, numero de confirmacao, codigo de compra, codigo da compra, \
         numero de confirmation, numero di conferma, numero di spedizione, bevestigingsnummer, \
         number on the slip, number on the parcel, number on the package, number on the box, number on the receipt, number on the invoice, \
         number on the parcel slip, number on the packing slip, number on the delivery note, numero del paquete, numero del envio, \
         numero le llamamos, numero lo llamamos, numero la llamamos, numero te llamo, numero te llamamos, numero lo llamo, numero la llamo, \
         numero llamamos, numero de retorno, numero pra retorno, numero para retorno, numero pra contato, numero para contato, numero pra ligar, \
         numero para ligar, numero pra te ligar, numero para devolver la llamada, nummer fur den ruckruf, nummer fur ruckruf, nummer zum zuruckrufen, \
         ruckrufnummer, numero de rappel, numero pour vous rappeler, numero ou vous joindre, numero pour vous joindre, numero per richiamare, \
         numero di richiamata, numero dove richiamarla, nummer om terug te bellen, nummer waarop, number for a callback, number for callback, \
         number to call you, number we can call, number to ring, number to ring you, \
         geburtsdatum, lieferdatum, rechnungsdatum, vertragsdatum, fecha de nacimiento, fecha de entrega, date de naissance, date de livraison, \
         data de nascimento, data de entrega, data di nascita, data di consegna, geboortedatum, date of birth, date of delivery, delivery date, \
         was it delivered, was it ordered, was it shipped, was it sent, was it bought, was it purchased, was it placed, was it signed, did it arrive, \
         did it start, did you order, did you buy, did you sign, were you born, wurde es geliefert, wurde es bestellt, wurde es gekauft, sind sie geboren, \
         wann geboren, cuando llego, cuando nacio, cuando se entrego, cuando lo compro, cuando empezo, ete livre, avez vous commande, avez vous achete, \
         etes vous ne, foi entregue, foi comprado, quando chegou, quando nasceu, quando comprou, e stato consegnato, e arrivato, e nato, is het bezorgd, \
         bent u geboren",
    ),
];
