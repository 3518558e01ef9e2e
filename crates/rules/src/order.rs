//! The order in which nodes are computed, or the circle that has none.

use crate::{Problem, program::Node};

/// Every node after those that it reads, its group and its section.
pub(crate) fn ordered(nodes: &[Node]) -> Result<Vec<usize>, Problem> {
    let mut waiting: Vec<usize> = Vec::with_capacity(nodes.len());
    let mut readers: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        let mut sources: Vec<usize> = node.own.iter().chain(&node.other).copied().collect();
        sources.extend(node.group);
        sources.extend(node.section);
        sources.sort_unstable();
        sources.dedup();
        waiting.push(sources.len());
        for source in sources {
            if let Some(list) = readers.get_mut(source) {
                list.push(place);
            }
        }
    }
    let mut order: Vec<usize> = (0..nodes.len()).filter(|place| waiting.get(*place) == Some(&0)).collect();
    let mut next = 0;
    while let Some(place) = order.get(next).copied() {
        next += 1;
        for reader in readers.get(place).map(Vec::as_slice).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(*reader) {
                *count -= 1;
                if *count == 0 {
                    order.push(*reader);
                }
            }
        }
    }
    match order.len() == nodes.len() {
        true => Ok(order),
        false => Err(circle(nodes, &order)),
    }
}

/// The questions that wait for each other, as the author knows them.
fn circle(nodes: &[Node], done: &[usize]) -> Problem {
    let stuck = nodes.iter().enumerate().filter(|(place, _)| !done.contains(place));
    let ruled = stuck.filter(|(_, node)| node.when.is_some() || node.calculate.is_some());
    let keys: Vec<&str> = ruled.map(|(_, node)| node.key.as_str()).collect();
    let at = keys.first().copied().unwrap_or_default().to_owned();
    Problem { at, code: "cycle", detail: keys.join(" → ") }
}
