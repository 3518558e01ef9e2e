//! Percentiles of exact measurements.

/// The smallest measurement that at least `share` of all do not exceed, in milliseconds; 0 when there are none.
pub fn milliseconds(sorted_micros: &[u64], share: f64) -> f64 {
    if sorted_micros.is_empty() {
        return 0.0;
    }
    let rank = (sorted_micros.len() as f64 * share).ceil() as usize;
    let micros = sorted_micros[rank.clamp(1, sorted_micros.len()) - 1];
    (micros as f64 / 10.0).round() / 100.0
}
