//! Which of many have something, so that those that have not need no look.

/// One bit for each, the first in the lowest place.
#[derive(Debug, Default)]
pub(crate) struct Marks(Vec<u64>);

const BITS: usize = u64::BITS as usize;

impl Marks {
    pub(crate) fn set(&mut self, at: usize, is: bool) {
        let word = at / BITS;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits = *bits & !(1 << (at % BITS)) | u64::from(is) << (at % BITS);
        }
    }

    /// The first from `at` on.
    #[inline]
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        let mut word = at / BITS;
        let mut bits = self.0.get(word)? & u64::MAX << (at % BITS);
        while bits == 0 {
            word += 1;
            bits = *self.0.get(word)?;
        }
        Some(word * BITS + bits.trailing_zeros() as usize)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_is_the_first_that_is_set_from_there_on() {
        let mut marks = Marks::default();
        for at in [0, 5, 63, 200] {
            marks.set(at, true);
        }
        marks.set(5, false);
        marks.set(300, false);
        let found: Vec<_> = (0..400).filter(|at| marks.next(*at) == Some(*at)).collect();
        assert_eq!(found, [0, 63, 200]);
        assert_eq!((marks.next(1), marks.next(64), marks.next(201)), (Some(63), Some(200), None));
    }
}
