//! A set of places: a bit for each.

use super::Place;

const BITS: usize = 64;

#[derive(Clone, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    pub fn insert(&mut self, place: Place) {
        let at = place as usize / BITS;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (place as usize % BITS);
    }

    pub fn remove(&mut self, place: Place) {
        if let Some(bits) = self.0.get_mut(place as usize / BITS) {
            *bits &= !(1 << (place as usize % BITS));
        }
    }

    pub fn contains(&self, place: Place) -> bool {
        self.0.get(place as usize / BITS).is_some_and(|bits| bits & (1 << (place as usize % BITS)) != 0)
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }
}
