//! Single words by which phrases are found, or not, and those that say that something is not so.

/// Words that turn a question into its opposite: `we never ask for the card number`.
pub(crate) const NEGATIONS: &str =
    "not never don dont doesn nicht kein keine keinen nie niemals jamais pas nunca jamas nao nem non mai niet geen nooit";

/// Words that seldom stand where no number is meant: what a phrase is found by if it has one.
pub(crate) const HEADS: &str =
    "number numbers code codes id digits four numero numeros codigo digitos chiffres ziffern nummer cifre cijfers";

/// Words that stand in all sorts of sentences, and so are not what a phrase is found by if it has another.
pub(crate) const PLAIN: &str = "the my your his her our their i a an in on of to is it its can me we you at for from with this that first up have use el la \
                                los las lo le les de del des du da do dos das d l un una uno mi tu su mon ma mes votre vos meu minha seu sua e y \
                                et o os as um uma en em au auf der die das den mein meine ihre ist es se que qui il s no \
                                account security last file details cuenta";

/// Those that are a phrase by themselves all the same. One of them does not make a text worth reading.
pub(crate) const COMMON: &str = "no ein sin nie e c id pan use";

/// How a German or Dutch word ends that is the number of something.
pub(crate) const COMPOUND: &str = "nummer";
