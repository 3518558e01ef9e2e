//! The tree against the definition of RFC 6962, computed here in the plainest way.

use crate::hash::{Hash, empty_root, leaf_hash, node_hash};
use crate::proof::{consistency_ranges, inclusion_ranges, verify_consistency, verify_inclusion};
use crate::tile::{Growth, Tiles, edge_of, places_of, tile_count};

/// MTH of RFC 6962, word for word.
fn root_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            node_hash(&root_by_definition(&leaves[..split]), &root_by_definition(&leaves[split..]))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn grown(leaves: &[Hash]) -> Growth {
    let mut growth = Growth::empty();
    leaves.iter().for_each(|leaf| growth.push(*leaf));
    growth
}

#[test]
fn roots_are_those_of_the_reference_vectors() {
    let data: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut growth = Growth::empty();
    for (data, root) in data.iter().zip(roots) {
        growth.push(leaf_hash(&hex::decode(data).expect("the vector is hexadecimal")));
        assert_eq!(hex::encode(growth.root()), root);
    }
    assert_eq!(hex::encode(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn roots_agree_with_the_definition_at_every_size_and_across_tiles() {
    let all = leaves(1_100);
    let mut growth = Growth::empty();
    for size in 0..all.len() {
        assert_eq!(growth.root(), root_by_definition(&all[..size]), "size {size}");
        growth.push(all[size]);
    }
}

#[test]
fn a_tree_goes_on_from_its_stored_tiles() {
    for (before, more) in [(0, 1), (1, 255), (255, 1), (255, 2), (256, 256), (300, 700), (65_535, 2)] {
        let all = leaves(before + more);
        let (old, new) = all.split_at(before as usize);
        let mut stored = grown(old).into_tiles();
        let mut growth = Growth::from_tiles(before, &mut stored).expect("the edge is there");
        new.iter().for_each(|leaf| growth.push(*leaf));
        assert_eq!(growth.root(), root_by_definition(&all), "{before} and {more}");
    }
}

#[test]
fn the_tiles_are_those_of_the_layout() {
    for (size, expected) in [(0, 0), (1, 1), (256, 2), (257, 3), (65_535, 257), (65_536, 258), (65_537, 259)]
    {
        assert_eq!(tile_count(size), expected, "size {size}");
        let tiles = grown(&leaves(size)).into_tiles();
        assert_eq!(tiles.0.len() as u64, expected, "size {size}");
    }
    assert_eq!(edge_of(0, 257), (1, 1));
    assert_eq!(edge_of(1, 257), (0, 1));
    assert_eq!(edge_of(8, u64::MAX), (0, 0));
}

/// Proofs read only the tiles that they ask for, of a tree that has grown on since.
fn proof_from(tiles: &Tiles, ranges: &[std::ops::Range<u64>]) -> Vec<Hash> {
    let wanted = places_of(ranges);
    let some = Tiles(
        tiles.0.iter().filter(|(place, _)| wanted.contains(place)).map(|(p, t)| (*p, t.clone())).collect(),
    );
    ranges.iter().map(|range| some.range(range).expect("the tiles suffice")).collect()
}

#[test]
fn every_leaf_of_every_small_tree_is_proven_and_no_other() {
    let all = leaves(70);
    let tiles = grown(&all).into_tiles();
    for size in 1..=all.len() as u64 {
        let root = root_by_definition(&all[..size as usize]);
        for index in 0..size {
            let leaf = &all[index as usize];
            let proof = proof_from(&tiles, &inclusion_ranges(index, size));
            assert!(verify_inclusion(index, size, leaf, &proof, &root), "{index} of {size}");
            refuse_inclusion(index, size, leaf, &proof, &root);
        }
    }
}

/// One past it, one short of it, another index, another leaf, another root: each is refused.
fn refuse_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) {
    assert!(!verify_inclusion(size, size, leaf, proof, root));
    assert!(!verify_inclusion(index, size, &empty_root(), proof, root));
    assert!(!verify_inclusion(index, size, leaf, proof, &empty_root()));
    assert!(!verify_inclusion(index, size, leaf, &[proof, &[*leaf]].concat(), root));
    if let [_, shorter @ ..] = proof {
        assert!(!verify_inclusion(index, size, leaf, shorter, root));
    }
    if size > 1 {
        assert!(!verify_inclusion((index + 1) % size, size, leaf, proof, root));
    }
}

#[test]
fn proofs_cross_the_borders_of_tiles() {
    let all = leaves(66_000);
    let tiles = grown(&all).into_tiles();
    for size in [256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_000] {
        let root = root_by_definition(&all[..size as usize]);
        for index in [0, 1, 127, 255, size / 2, size - 2, size - 1] {
            let proof = proof_from(&tiles, &inclusion_ranges(index, size));
            assert!(verify_inclusion(index, size, &all[index as usize], &proof, &root), "{index} of {size}");
        }
        for old in [1, 2, 255, 256, size / 2, size - 1, size] {
            let old_root = root_by_definition(&all[..old as usize]);
            let proof = proof_from(&tiles, &consistency_ranges(old, size));
            assert!(verify_consistency(old, size, &old_root, &root, &proof), "{old} to {size}");
        }
    }
}

#[test]
fn every_small_tree_is_the_beginning_of_every_larger_one() {
    let all = leaves(70);
    let tiles = grown(&all).into_tiles();
    let roots: Vec<Hash> = (0..=all.len()).map(|size| root_by_definition(&all[..size])).collect();
    for new in 1..=all.len() as u64 {
        for old in 1..=new {
            let (old_root, new_root) = (&roots[old as usize], &roots[new as usize]);
            let proof = proof_from(&tiles, &consistency_ranges(old, new));
            assert!(verify_consistency(old, new, old_root, new_root, &proof), "{old} to {new}");
            assert!(!verify_consistency(old, new, &empty_root(), new_root, &proof), "{old} to {new}");
            assert!(!verify_consistency(old, new, old_root, &empty_root(), &proof), "{old} to {new}");
            assert!(!verify_consistency(old, new, old_root, new_root, &[proof, vec![*old_root]].concat()));
        }
        assert!(verify_consistency(0, new, &empty_root(), &roots[new as usize], &[]));
        assert!(!verify_consistency(new + 1, new, &roots[1], &roots[new as usize], &[]));
    }
}
