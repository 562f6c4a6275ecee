//! What a card, an account or a document is called by what it is for: `to hold the room I need something to secure it with`,
//! `where shall we send the money?` Most say so little that they only hint at it: they count in a question that names nothing
//! else, and right before the number.

use crate::kind::Kind;

use super::Cue;

/// More phrases, in folded words.
pub(super) const PHRASES: &[(Cue, &str)] = &[
    (Cue::Nothing, "a la fin, por fin, al fin, en fin, hasta el fin, jusqu a la fin, bis hierher gut, so far so good"),
    (
        Cue::Card,
        "payment information, payment info, payment details, payment type, payment source, payment option, means of payment, \
         method of payment, form of payment, billing details, billing information, billing info, raised numbers, \
         raised digits, embossed numbers, embossed digits, sixteen numbers, 16 numbers, fifteen numbers, 15 numbers, \
         fourteen digits, 14 digits, nineteen digits, 19 digits, thirteen digits, 13 digits, eighteen digits, 18 digits, \
         on the plastic, long digits, longest number, big long number, medio de pago, medios de pago, modo de pago, \
         datos de pago, numeros en relieve, en el plastico, numero grande, 16 digitos, 16 numeros, 15 digitos, quince digitos, \
         zahlungsart, zahlungsdaten, zahlungsinformationen, zahlungsweise, bezahlmethode, bezahldaten, zahlungsmethode, \
         16 ziffern, 16 stellen, 15 ziffern, 15 stellen, sechzehn zahlen, funfzehn ziffern, funfzehn stellen, auf dem plastik, \
         donnees de paiement, informations de paiement, coordonnees de paiement, mode de paiement, mode de reglement, \
         moyen de reglement, 16 chiffres, quinze chiffres, 15 chiffres, sur le plastique, grand numero, meio de pagamento, \
         meios de pagamento, modo de pagamento, metodo de pagamento, dados de pagamento, dados do pagamento, numero comprido, \
         no plastico, dezasseis digitos, dezesseis numeros, dezasseis numeros, 16 numeros, quinze digitos, \
         metodo di pagamento, modalita di pagamento, mezzo di pagamento, dati di pagamento, numero lungo, sulla plastica, \
         betaalmethode, betaalwijze, betaalmiddel, betaalgegevens, betalingsgegevens",
    ),
    (
        Cue::Id(Kind::Iban),
        "bank account number, banking details, banking information, bank info, bank information, payee details, iban please, \
         account number with the country code at the front, account number with the country code, \
         account number including the country code, account number with the letters at the front, \
         account number with the letters, cuenta corriente, datos del banco, cuenta del banco, bankkonto, ihr bankkonto, \
         girokonto, kontodaten, kontonr, konto nummer, compte en banque, releve d identite, releve d identite bancaire, \
         coordonnees de compte, conta corrente, dados da conta, conto corrente",
    ),
    (
        Cue::Hint(Kind::Card),
        "like to pay, want to pay, wish to pay, wanting to pay, prefer to pay, you paying, be paying, we paying, pay today, \
         pay now, pay for this, pay for that, pay for it, pay it with, pay that with, pay this with, paid with, paid by, \
         paying by, to pay for, to pay it, to pay that, to pay this, settle this, settle it, settle that, settle up, \
         cover the cost, cover this, take payment, take a payment, taking payment, taking the payment, process the payment, \
         process payment, make a payment, make the payment, make that payment, for the payment, for payment, payment today, \
         way to pay, way of paying, like me to bill, want me to bill, me to bill, me to charge, us to charge, us to bill, \
         should i bill, shall i bill, shall we bill, should we bill, charge this to, charge that to, bill this to, \
         bill that to, put this on, put that on, put it through on, put it against, what can we use, what can i use, \
         what shall we use, which one shall we use, which one should i use, which one do we use, use for the payment, \
         use for payment, use to pay, use for this, use for that, secure it with, secure the booking, secure the reservation, \
         secure the room, secure your booking, secure your room, hold the room, hold the booking, hold the reservation, \
         hold the table, hold your booking, hold your room, guarantee the room, guarantee the booking, \
         guarantee the reservation, guarantee your booking, guarantee it, for the deposit, a deposit, take the deposit, \
         something to charge, something to bill, anything to charge, anything on file, something on file, nothing on file, \
         one on file, of the plastic, your plastic, my plastic, piece of plastic, the visa one, printed across, \
         printed on the front, stamped on, stamped across, across the middle, across the top, along the front, \
         along the middle, along the top, long one on the front, longest one, big one on the front, sixteen of them, \
         all sixteen, left to right, numbers in here, digits in here, number in here, details in here, pop the numbers, \
         pop the digits, type the numbers, type the digits, read it out, read it off, read them out, read them off, \
         read me the digits, read me the numbers, read out the numbers, read out the digits, read the digits, \
         read the numbers, all the digits, all of the digits, all the numbers on it, the auto pay, the autopay, renew with, \
         renew on, top up with, datos para el pago, para el pago, para pagar, quiere pagar, quieres pagar, desea pagar, \
         desea pagarlo, va a pagar, vas a pagar, gustaria pagar, prefiere pagar, quiere pagarlo, pagar con, pago con, \
         pague con, pagarlo con, paguelo con, pagamos con, hacer el pago, realizar el pago, abonar el importe, \
         abonar la cuota, abonarlo, abonarlo con, cargarlo a, cargarlo en, carguelo a, carguelo en, cargo el importe, \
         cargamos el importe, se lo cargo, lo cargo, lo cargamos, lo cobro, lo cobramos, le cobro, le cobramos, cobrarlo, \
         cobramelo, cobremelo, cobrar de, cobre de, donde cobro, donde lo cobro, con que cobro, a donde lo cargo, \
         garantizar la reserva, garantizar la habitacion, garantia de la reserva, asegurar la reserva, para la reserva, \
         una garantia, el deposito, la fianza, los datos por aqui, los datos aqui, sus datos aqui, paseme los datos, \
         paseme los numeros, escriba los numeros, escriba los datos, teclee los numeros, parte de delante, \
         los numeros de la parte, grabado en, grabados en, lo que pone delante, pone en el frente, el plastico, del plastico, \
         izquierda a derecha, de izquierda a derecha, los dieciseis, los 16, los quince, quince numeros, que usamos, \
         cual usamos, cual uso, mochten sie bezahlen, mochten sie zahlen, mochtest du zahlen, wollen sie bezahlen, \
         wollen sie zahlen, sie bezahlen, sie zahlen, bezahlen sie, zahlen sie, wird bezahlt, bezahlt werden, bezahle mit, \
         zahle mit, bezahlen mit, zahlen mit, zahlung mit, zahlung uber, fur die zahlung, zur zahlung, abrechnen, \
         abrechnen uber, daruber abrechnen, woruber, womit, belasten, belaste ich, belasten wir, soll ich belasten, \
         buchen sie es von, buchen sie von, buche ich ab, buchen wir das, sicherheit, eine sicherheit, als sicherheit, \
         zur sicherheit brauche ich, kaution, anzahlung, fur die reservierung, fur die buchung, zimmer garantieren, \
         reservierung garantieren, buchung garantieren, zimmer zu halten, zimmer halten, daten einfach hier, daten hier rein, \
         nummern hier rein, zahlen hier rein, eingepragt, eingestanzt, gepragt, gepragte, aufgepragt, links nach rechts, \
         von links nach rechts, die sechzehn, die 16, 16 zahlen, die lange, die grosse nummer, die ganze lange, \
         diktieren sie ruhig, diktieren sie mir, diktieren sie, welche nehmen wir, was nehmen wir, souhaitez vous regler, \
         souhaitez vous payer, voulez vous regler, voulez vous payer, souhaitez regler, souhaitez payer, desirez vous regler, \
         vous reglez, vous payez, reglez vous, payez vous, regler avec, regler par, regler la, regler le, payer avec, \
         payer par, payer la, payer le, payer ma, paye avec, paie avec, paiement par, pour le paiement, pour payer, \
         pour regler, je facture, facturer sur, debiter, je debite, on debite, je preleve, encaisser, mettre dessus, \
         garantir la chambre, garantir la reservation, garantir votre reservation, pour la reservation, bloquer la chambre, \
         une garantie, la caution, un acompte, l acompte, les arrhes, les coordonnees ici, coordonnees ici, \
         mettez moi les coordonnees, mettez moi les chiffres, tapez les chiffres, tapez moi les chiffres, sous les yeux, \
         dictez moi, gauche a droite, de gauche a droite, grave dessus, en relief, le plastique, du plastique, les seize, \
         les 16, laquelle on utilise, laquelle utilise t on, qu est ce qu on utilise, para o pagamento, para pagamento, \
         deseja pagar, quer pagar, vai pagar, gostaria de pagar, prefere pagar, pretende pagar, pagar com, pago com, \
         paguei com, pague com, fazer o pagamento, efetuar o pagamento, eu cobro, cobro em, onde cobro, onde e que eu cobro, \
         cobrar no, cobrar na, cobrar em, cobre no, cobre na, debitar no, debitar em, lancar no, lanco no, passar no, \
         passo no, garantir o quarto, garantir a reserva, garantia da reserva, segurar a reserva, segurar o quarto, \
         para a reserva, uma garantia, um deposito, o deposito, um sinal, a caucao, os dados por aqui, mande os dados, \
         manda os dados, digite os numeros, digite os dados, escreva os dados, escreva os numeros, esquerda para a direita, \
         da esquerda para a direita, gravado no, gravados no, em relevo, o plastico, do plastico, pode ditar, ditar para mim, \
         os dezesseis, os 16, qual usamos, qual eu uso, vuole pagare, vuoi pagare, desidera pagare, preferisce pagare, \
         come paga, per il pagamento, pagare con, addebitare su, addebito su, addebiti su, garantire la camera, \
         garantire la prenotazione, una garanzia, la caparra, una caparra, in rilievo, da sinistra a destra, wilt u betalen, \
         wil je betalen, gaat u betalen, u betalen, betalen met, betaalt u, voor de betaling, waarmee, in rekening brengen, \
         afschrijven van, de aanbetaling, een aanbetaling, borg, kamer vast te houden, reservering te garanderen, \
         lange nummer, van links naar rechts, in relief",
    ),
    (
        Cue::Hint(Kind::Iban),
        "send the money, send the refund, send the payment to, send that money, send my money, send it to my bank, \
         send the rent, rent sent, rent goes, refund go, refund to go, refund goes, refund be sent, refund be paid, \
         refund paid, money to go, money be sent, money goes, pay the refund, pay the money, pay it into, pay it in to, \
         pay that into, pay this into, paid into, pays into, pay into, pay in to, goes into, pay you into, pay out to, \
         pay you out, payout, pay out, payouts, payout to, for the payout, where do you bank, you bank with, do you bank, \
         which bank, what bank, who do you bank, which account, what account, into my account, into which account, \
         to which account, from which account, account for the refund, account for the direct debit, account to debit, \
         account to credit, account is in my name, the account is, my account is, account it should, account you want, \
         account you would, account on my statement, the bank says, my bank says, bank statement says, banking app, bank app, \
         my bank app, direct debit, direct debits, a direct debit, debited from, standing order, bank transfer, wire transfer, \
         wire it, wire it to, wire the money, wired to, wire to, transfer the money, transfer the refund, transfer it to, \
         transfer it over, transfer it over to, for the transfer, the transfer goes, transfer goes, deposit the money, \
         deposit it, deposit it into, deposit the refund, my salary goes, my salary, salary goes into, my wages, wages go, \
         salary is paid, account number starting with, country code at the front, country code at the start, \
         starts with letters, starts with two letters, begins with two letters, begins with letters, letters at the front, \
         letters at the start, two letters at the start, two letters first, it starts with letters, sepa mandate, mandate, \
         payee, beneficiary account, receiving account, destination account, current account, checking account, \
         savings account, your bank, bank number, bank coordinates, money back to, reimburse you, reimbursement to, \
         reimbursed to, pay my salary, a que cuenta, en que cuenta, de que cuenta, desde que cuenta, con que cuenta, \
         cual es la cuenta, la cuenta es, mi cuenta es, cuenta para, cuenta para domiciliar, cuenta donde, cuenta de abono, \
         cuenta de cargo, cuenta de ahorros, cuenta con el codigo, cambie la cuenta, cambiar la cuenta, ingresamos el dinero, \
         ingresar el dinero, ingreso el dinero, ingresen el dinero, ingresamos la devolucion, le ingresamos, le ingreso, \
         me ingresan, ingreso en, el ingreso en, hagame el ingreso, hacer el ingreso, hacemos el ingreso, ingrese en, \
         ingreselo en, ingresenlo en, hacemos la devolucion, hacer la devolucion, hacer la transferencia, \
         hacemos la transferencia, haga la transferencia, para la transferencia, transferencia a, por transferencia, \
         transferir a, transferirlo a, transfieralo a, transfiera a, transferimos, domiciliar, domiciliacion, domiciliado en, \
         domiciliar en, domicilie en, recibos en, donde le abonamos, le abonamos, abonenlo en, abono en cuenta, \
         enviamos el dinero, mandamos el dinero, mandar el dinero, envie el dinero, mande el dinero, mandelo ahi, \
         devolver el dinero, devolvemos el dinero, devuelvan el dinero, le reembolsamos, le devolvemos, con que banco, \
         en que banco, su banco, datos de la cuenta, datos de su cuenta, nomina en, el banco pone, banco pone, banco dice, \
         app del banco, alquiler en, empieza con letras, empieza por letras, dos letras, welches konto, welchem konto, \
         auf welches konto, von welchem konto, konto soll, konto fur, konto auf, konto ist, mein konto ist, gehaltskonto, \
         wohin durfen wir, uberweisen, uberweise, uberweisung, uberweisung auf, uberwiesen, ruckuberweisung, uberweisen sie, \
         uberweisen sie es, erstattung auf, erstattung gehen, geld schicken, geld senden, geld uberweisen, geld hin, geld auf, \
         gutschreiben, gutschrift auf, gutgeschrieben, lastschrift, lastschriftmandat, einzug, einziehen, einziehen von, \
         bankeinzug, einzugsermachtigung, abbuchen von, buchen wir ab, buchen sie ab, welcher bank, bei welcher bank, \
         welche bank, hausbank, ihre bank, meine bank, die bank sagt, bank sagt, bankapp, landerkennung, landerkurzel, \
         mein gehalt, gehalt kommt, gehalt geht, miete auf, fangt mit buchstaben, beginnt mit buchstaben, zwei buchstaben, \
         auszahlung, auszahlen, auszahlung auf, quel compte, sur quel compte, de quel compte, vers quel compte, \
         compte a debiter, compte a crediter, compte pour, compte est, le compte est, mon compte est, compte avec, compte sur, \
         compte courant, changez le compte, rembourse sur, rembourser sur, remboursez sur, rembourse on, vous rembourse t on, \
         virement, virement sur, faire le virement, pour le virement, faites le virement, virer, virer sur, virez, virez sur, \
         verser, verser sur, versez, versez sur, verse l argent, verser l argent, envoyer l argent, envoie l argent, \
         envoyez l argent, envoyez le la, prelevement, prelevez sur, preleve sur, prelever sur, le mandat, mandat sepa, \
         domiciliation, quelle banque, votre banque, ma banque, la banque dit, banque indique, appli de ma banque, \
         appli bancaire, code pays, mon salaire, salaire arrive, loyer sur, commence par des lettres, \
         commence par deux lettres, deux lettres, que conta, qual conta, qual a conta, qual e a conta, para que conta, \
         para qual conta, em que conta, em qual conta, de que conta, de qual conta, a conta e, minha conta e, conta do, \
         conta para, conta poupanca, conta para o, mude a conta, mudar a conta, altere a conta, fazer a transferencia, \
         para a transferencia, faco a transferencia, transferencia para, transferir para, transfira para, transfere para, \
         depositamos, depositar, deposite em, deposito em, deposita em, deposite na, enviar o dinheiro, envio o dinheiro, \
         mandar o dinheiro, mando o dinheiro, mande o dinheiro, mande para la, reembolso vai, reembolso para, reembolsar para, \
         o reembolso, debito direto, debito direto em, debito automatico, debito em conta, debitar a conta, creditar, \
         que banco, qual banco, seu banco, meu banco, no banco diz, banco diz, aplicativo do banco, app do banco, \
         do aplicativo, meu salario, salario cai, a renda em, comeca com letras, duas letras, codigo do pais, quale conto, \
         su quale conto, da quale conto, il conto e, bonifico, il bonifico, bonifico su, accreditare, accredito su, \
         l accredito, rimborso su, il rimborso, quale banca, la sua banca, la mia banca, stipendio, domiciliare, \
         welke rekening, op welke rekening, van welke rekening, mijn rekening is, overmaken, overmaken naar, maak het over, \
         terugstorten, overboeking, incasso, machtiging, welke bank, uw bank, mijn bank, mijn salaris",
    ),
    (
        Cue::AnyId,
        "spi number, sss number, cc number, sns number, numero sns, numero de resident, numero de residente, identificador fiscal, document d identite",
    ),
    (
        Cue::Hint(Kind::OtherId),
        "identidad de hong kong, nummer aus singapur, on the document, one on the document, number on the document, on your document, on my document, on that document, \
         on your id, on my id, on the id, on your papers, on my papers, on your paperwork, the document says, \
         my document says, my id says, document reads, identification document, piece of id, form of id, \
         form of identification, type of id, kind of id, proof of identity, proof of id, verify your identity, \
         verify who you are, confirm who you are, confirm your identity, prove who you are, prove your identity, \
         check your identity, check who you are, government issued, government number, one from the government, official id, \
         issued by the government, issued by the state, one they issued, the tax one, the social one, one for taxes, \
         number for taxes, number for tax, number for your taxes, number from the tax office, tax office number, \
         some identification, your identification, identification you have, your official number, your fiscal number, \
         citizen id, resident id, vom amt, die vom amt, von der behorde, vom finanzamt, vom staat, von der krankenkasse, \
         von der kasse, von der rentenversicherung, auf dem dokument, auf ihrem dokument, auf ihren papieren, \
         auf den papieren, auf ihrem ausweis, auf meinem ausweis, auf dem ausweis, der ausweis, amtliche nummer, \
         offizielle nummer, behordliche nummer, ausweisen, wer sie sind, identitat, identitat bestatigen, identitat prufen, \
         zur identifizierung, identifizieren, zur legitimation, legitimation, la del documento, el del documento, \
         numero del documento, en el documento, en su documento, en mi documento, el documento pone, del carnet, en el carnet, \
         la de hacienda, el de hacienda, el de la seguridad social, numero oficial, identificarse, identificarle, \
         verificar su identidad, confirmar su identidad, comprobar su identidad, su identidad, una identificacion, \
         alguna identificacion, sur le document, sur votre document, sur mon document, le numero sur le document, \
         sur votre piece, sur la piece, sur ma piece, votre piece, sur vos papiers, sur mes papiers, vos papiers, \
         celui des impots, celui de la secu, numero officiel, vous identifier, verifier votre identite, \
         confirmer votre identite, votre identite, une piece d identite, no documento, no seu documento, no meu documento, \
         do seu documento, do meu documento, numero do documento, o das financas, o da seguranca social, o da receita, \
         identificar se, confirmar a sua identidade, verificar a sua identidade, confirmar sua identidade, sua identidade, \
         sul documento, il suo documento, mio documento, verificare la sua identita, identita, op het document, \
         op uw document, op uw id, uw identiteit, identiteit bevestigen, legitimatie, legitimatiebewijs",
    ),
];
