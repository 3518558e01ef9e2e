//! Inclusion and consistency proofs (RFC 6962 section 2.1, verified as RFC 9162 section 2.1 says).
//!
//! What a proof consists of and whether one holds are pure functions; where hashes come from is the tiles'.

use std::ops::Range;

use crate::hash::{Hash, node_hash};

/// The subtrees whose hashes prove that leaf `index` is in a tree of `size`, from the leaf up.
/// `index` must be below `size`.
pub(crate) fn inclusion_ranges(index: u64, size: u64) -> Vec<Range<u64>> {
    let (mut low, mut high, mut path) = (0, size, Vec::new());
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(middle..high);
            high = middle;
        } else {
            path.push(low..middle);
            low = middle;
        }
    }
    path.reverse();
    path
}

/// The subtrees whose hashes prove that the tree of `old` leaves is the beginning of the tree of `new`.
/// `old` must be at least 1 and at most `new`.
pub(crate) fn consistency_ranges(old: u64, new: u64) -> Vec<Range<u64>> {
    let (mut low, mut high, mut path, mut whole) = (0, new, Vec::new(), true);
    while old < high {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(middle..high);
            high = middle;
        } else {
            path.push(low..middle);
            low = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(low..high);
    }
    path.reverse();
    path
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// Whether `proof` leads from a leaf hash at `index` to the root of a tree of `size` leaves.
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `old` leaves is the beginning of the tree of `new` leaves.
/// A tree without leaves is the beginning of every tree, and needs no proof.
pub fn verify_consistency(old: u64, new: u64, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 || old >= new {
        let equal = old == new && old_root == new_root;
        return proof.is_empty() && (equal || (old == 0 && *old_root == crate::hash::empty_root()));
    }
    let with_old: Vec<Hash> = if old.is_power_of_two() { vec![*old_root] } else { Vec::new() };
    let mut path = with_old.iter().chain(proof);
    let Some(first) = path.next() else { return false };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    let (mut from_old, mut from_new) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            from_old = node_hash(sibling, &from_old);
            from_new = node_hash(sibling, &from_new);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            from_new = node_hash(&from_new, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && from_old == *old_root && from_new == *new_root
}
