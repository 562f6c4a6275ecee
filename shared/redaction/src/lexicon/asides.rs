//! What people say between the digits of one number in more than one word, and what takes back the digits before it.

use super::spelling::FILLERS;

/// Something said between digits, which does not end their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aside {
    /// It says nothing about them.
    Filler,
    /// It may take back the digits before it; as often it does not: `sorry`.
    Maybe,
    /// It takes them back, some or all.
    Correction,
}

/// What stands for any small number in these phrases: `the next four are`.
pub(super) const COUNT: &str = "#";

/// Every word of what says nothing about the digits beside it.
pub(crate) fn said_between() -> impl Iterator<Item = &'static str> {
    let says_nothing = ASIDES.iter().filter(|(aside, _)| *aside == Aside::Filler);
    let words = says_nothing.flat_map(|(_, phrases)| phrases.split([',', ' ', '\'']));
    words.chain(FILLERS.split_whitespace()).filter(|word| !word.is_empty() && *word != COUNT)
}

/// Every phrase, in folded words, the number words as [`COUNT`].
pub(super) const ASIDES: &[(Aside, &str)] = &[
    (
        Aside::Filler,
        "is that a, is that an, what is that a, what's that a, ugh, argh, lost my place, i've lost my place, me he perdido, \
         ich hab den faden verloren, ich bin rausgekommen, j'ai perdu le fil, perdi me, me perdi, mi sono perso, ik ben de draad kwijt, apres, et a la fin, a la fin, au debut, et apres ca, apres ca, puis apres, the start is, the beginning is, first part is, second part is, the second part, the third part, then at the end, y al final, y despues de eso, y lo ultimo, lo ultimo, das ende ist, der anfang ist, am anfang, und am schluss, am schluss, no final, no comeco, o comeco e, o final e, e la fine e, all inizio, \
         bear with me, just bear with me, what's that, hang on a moment, hang on a minute, hold the line, one tick, just a tick, two secs, two seconds, half a second, \
         let me find it, let me get my glasses, let me squint, let me turn it round, it's a bit faded, it's worn, un segundin, espere que miro, dejeme mirar, a ver si lo veo, por donde iba, \
         eine sekunde, kleine sekunde, sekunde, moment bitte, augenblick bitte, warten sie kurz, warten sie mal, wo war ich, lassen sie mich sehen, mal schauen, \
         une petite seconde, un petit instant, deux secondes, une minute, ou j'en etais, laissez moi voir, so um segundinho, um segundinho, um minutinho, perai, pera ai, espera ai, onde eu estava, \
         deixa eu olhar, deixa eu ver aqui, ver aqui, un secondino, mi faccia vedere, dove ero rimasto, momentje hoor, even wachten, waar was ik, \
         e por fim, por fim, y finalmente, finalmente, et enfin, zuletzt, und zuletzt, what's that, what's that yes, and the last bit, the last bit, and the final bit, so first, at the end, that's it, that's all, sorry what, \
         d'accord, je crois, attendez voir, c'est tout, glaube ich, glaub ich, das war's, und zum ende, am ende, y ya esta, ya esta, creo, \
         y al final, al final, deixa ver, acho, acho que, a seguir, e a seguir, e no fim, no fim, \
         the last part, and the last part, the last bit is, and the last bit is, the last part is, y por fin, ganz am ende, alla fine, e infine, tot slot, en tot slot, \
         and the last # are, and the next # are, ending with, ending in, and ending with, it ends with, and it ends with, it ends in, starting with, it starts with, \
         after that it's, after that its, after that we have, and the rest, and then we have, and then comes, \
         los siguientes son, los siguientes, y los siguientes son, las siguientes son, y los siguientes, os proximos sao, os seguintes sao, e os proximos sao, \
         les suivants sont, et les suivants sont, die nachsten sind, und die nachsten sind, the next ones are, and the next ones are, the last ones are, \
         y sigue, y sigue con, sigue, seguimos con, y termina con, termina con, y termina en, termina en, y por ultimo, empieza por, empieza con, \
         weiter geht's mit, weiter gehts mit, weiter mit, und weiter, und weiter geht's mit, zum schluss, und zum schluss, und die letzten # sind, \
         und die nachsten # sind, als nachstes kommt, sie endet mit, endet mit, es geht weiter mit, anfangen tut sie mit, sie fangt an mit, \
         apres c'est, et les # derniers sont, les # derniers, et les # suivants, pour finir, et pour finir, ca commence par, ca finit par, \
         suivis de, la suite c'est, \
         e ai, ai vem, e termina com, termina com, e por ultimo, por ultimo, comeca com, e os # ultimos sao, os # ultimos sao, \
         e i prossimi # sono, e finisce con, finisce con, e per finire, en de laatste # zijn, en eindigt op, \
         one sec, one second, one moment, just a sec, just a second, just a moment, just a minute, give me a sec, give me a second, \
         hang on, hang on a sec, hold on a second, hold on, let me see, let me look, let me check, let me think, let's see, \
         got that, got it, did you get that, are you ready, you ready, still there, you there, with me so far, \
         followed by, and then, after that, then it's, then its, then it is, next is, next up, next we have, that's, thats, and that's, \
         and finally, and lastly, and the last, the rest is, the next #, the next # is, the next # are, next # are, next # digits, \
         the next # digits, the next # digits are, the next # numbers are, the following #, the following # are, the last # are, \
         the last # digits are, the next bit is, the next part is, the next one is, the first # are, the first # digits are, \
         then the next # are, in the middle, i think, i believe, if i read that right, you know, sort of, capital letter, \
         new line, empty space, with a space, with a dash, no space, no dash, \
         un momento, un momentito, un segundo, un segundito, dame un segundo, espera un momento, a ver, vamos a ver, dejame ver, \
         y luego, y despues, seguido de, seguido por, despues viene, luego viene, los siguientes # son, los # siguientes son, \
         las siguientes # son, y los ultimos # son, los ultimos # son, los primeros # son, lo tienes, lo tiene, de acuerdo, o sea, es decir, \
         ein moment, einen moment, moment mal, warte mal, warten sie, einen augenblick, augenblick, kleinen moment, mal sehen, \
         und dann, und danach, danach, gefolgt von, dann kommt, als nachstes, die nachsten # sind, die nachsten # ziffern sind, \
         die ersten # sind, die letzten # sind, haben sie das, hast du das, \
         un instant, un moment, une seconde, attendez un instant, voyons, voyons voir, et puis, et ensuite, et apres, suivi de, suivi par, \
         les # suivants sont, les # chiffres suivants sont, les # premiers sont, les # derniers sont, vous avez, vous y etes, c'est, \
         um momento, um momentinho, um segundo, um instante, so um momento, so um segundo, deixa eu ver, deixe me ver, vamos ver, \
         e depois, e entao, seguido de, em seguida, os proximos # sao, os # seguintes sao, os primeiros # sao, os ultimos # sao, anotou, \
         un attimo, un secondo, un momento, aspetti, aspetta, vediamo, e poi, poi, seguito da, i prossimi # sono, i primi # sono, \
         gli ultimi # sono, dunque, allora, trattino, spazio, barra, punto, virgola, ehm, \
         een moment, een seconde, momentje, even kijken, wacht even, wacht, en dan, en daarna, daarna, gevolgd door, de volgende # zijn, \
         de eerste # zijn, de laatste # zijn, streepje, spatie, punt, eh, ehm, euhm, even, nou, dus",
    ),
    (
        Aside::Maybe,
        "enfin, stop, stopp, no, nein, non, nao, nee, sorry, perdon, entschuldigung, verzeihung, pardon, desculpe, desculpa, scusi, scusa, actually, excuse me",
    ),
    (
        Aside::Correction,
        "begin again, i'll begin again, i will begin again, let me begin again, i'll start from the top, lost my place from the top, from the very beginning, \
         from scratch, start from scratch, back to the start, back to the beginning, scrap that, take that back, let me back up, \
         nao do inicio, do inicio, desde o inicio, desde o comeco, vou voltar ao inicio, volto ao inicio, recomeco, vou recomecar, apaga isso, esquece isso, \
         desde el comienzo, desde cero, vuelvo al principio, comienzo de nuevo, comienzo otra vez, borre eso, olvide eso, olvidelo, tache eso, \
         von anfang an, nochmal von anfang an, noch mal von anfang an, ich beginne noch mal, ich beginne nochmal, ich beginne von vorne, vergessen sie das, \
         streichen sie das, alles zuruck, du debut, depuis le debut, je reprends du debut, je reprends depuis le debut, je reprends au debut, \
         je recommence du debut, je corrige, je me corrige, je rectifie, corrigindo, corrigiendo, me corrijo, korrigiere, ich korrigiere, ich korrigiere mich, \
         correggo, corrigeer, ik corrigeer, correcting that, let me correct, excusez moi plutot, oubliez ca, annulez ca, dall'inizio, ricomincio da capo, ricomincio dall'inizio, riparto da capo, lasci stare, \
         vanaf het begin, ik begin weer, ik begin overnieuw, overnieuw, van voren af aan, vergeet dat, no hang on, hang on no, hold on no, no hold on, er no, uh no, um no, oh no, ah no, no er, no um, nope, apologies, i beg your pardon, pardon me, that should be, it should be, should be, \
         i should say, not that, i said that wrong, i got that wrong, let me correct that bit, ay no, uy no, ay perdon, uy perdon, no que digo, que digo, no me he confundido, me he confundido, me confundi, \
         ach nee, oh nee, ach quatsch, ne moment, nee moment, nee warte, nein stopp, halt stopp, nein falsch, vertan, ich hab mich vertan, versprochen, ah non, oh non, euh non, non enfin, enfin non, oups, \
         je me suis plante, je me suis embrouille, ai nao, ai desculpa, ah nao, nao perai, nao pera, opa, ops, me confundi, troquei, falei errado, disse mal, oh no scusi, ah no, mi sono sbagliato, o nee, ach nee, foutje, \
         queria decir, me he equivocado, me he liado, li errado, eu quis dizer, ho letto male, excusez moi je voulais dire, perdone queria decir, \
         no sorry, oh sorry, sorry no, wait no, no wait, no no, sorry i mean, sorry i meant, i mean, i meant, no i mean, no i meant, \
         sorry that's, sorry thats, wait that's, wait thats, no that's, no thats, no it's, no its, sorry it's, sorry its, sorry it is, \
         actually no, actually it's, actually its, make that, correction, scratch that, strike that, ignore that, forget that, \
         let me start again, let me start over, let me start that again, let me start that bit again, let me start from the top, \
         let me redo that, let me do that again, let me try that again, let me correct that, let me read that again, \
         i'll read it again, i'll read that again, once more, one more time, again from the top, from the beginning, from the start, \
         that bit again, that part again, halt nein, nein halt, ach sorry, pardon non, sorry non, let me repeat that, let me say that again, start again, start over, \
         i'll start again, i'll start over, from the top, that's wrong, thats wrong, that's not right, that was wrong, my mistake, my bad, \
         i misread that, i misread, misread that, or rather, rather, oops, whoops, no actually, sorry actually, sorry let me start again, \
         no perdon, perdon no, no perdona, no espera, no espere, espera no, digo, perdon digo, quiero decir, mejor dicho, me equivoque, \
         corrijo, correccion, empiezo de nuevo, empiezo otra vez, vuelvo a empezar, desde el principio, no no, no es, \
         nein entschuldigung, entschuldigung nein, nein sorry, nein moment, nein warte, nein nein, quatsch, ich meine, ich meinte, \
         nein ich meine, falsch, korrektur, das war falsch, noch mal von vorne, nochmal von vorn, nochmal von vorne, von vorne, nochmal, \
         noch mal, ich fange nochmal an, ich fange noch mal an, beziehungsweise, vielmehr, ach nein, ah nein, \
         non pardon, pardon non, non desole, desole, non attendez, je veux dire, non je veux dire, je voulais dire, je me suis trompe, \
         je me trompe, plutot, ou plutot, je recommence, je reprends, correction, erreur, non non, non c'est, \
         nao desculpe, nao desculpa, desculpe nao, nao espera, nao espere, quer dizer, quero dizer, nao quero dizer, ou melhor, alias, \
         me enganei, errei, correcao, vou comecar de novo, comecando de novo, de novo, do comeco, nao nao, nao e, minto, \
         no scusi, no scusa, scusi no, no aspetti, no aspetta, volevo dire, voglio dire, anzi, mi correggo, ho sbagliato, ricomincio, \
         da capo, \
         nee sorry, sorry nee, nee wacht, ik bedoel, nee ik bedoel, ik bedoelde, ik begin opnieuw, opnieuw, correctie, of nee, nee nee",
    ),
];
