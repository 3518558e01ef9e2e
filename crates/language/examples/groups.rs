use std::{collections::{BTreeMap, BTreeSet}, io::Read, time::Instant};
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    language::stems("شهادة");
    let started = Instant::now();
    let tokens = language::analyse(&text);
    eprintln!("{} tokens in {:?}", tokens.len(), started.elapsed());
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for token in &tokens { groups.entry(&token.stem).or_default().insert(&text[token.start..token.end]); }
    for (stem, words) in groups { println!("{stem}: {}", words.into_iter().collect::<Vec<_>>().join(" ")); }
}
