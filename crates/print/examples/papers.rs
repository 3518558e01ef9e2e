//! Prints the samples, for whoever changes a template: `cargo run -p print --example papers -- FOLDER`.

use std::{error::Error, fs, path::PathBuf, time::Instant};

use clock::Timestamp;
use print::{Assets, Form, Paper};

/// How often each paper is printed after the first time, to say what one costs when the engine is warm.
const WARM_ROUNDS: u32 = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    for (form, name, sample) in [
        (Form::Receipt, "receipt.pdf", include_str!("../samples/receipt.json")),
        (Form::Output, "output.pdf", include_str!("../samples/output.json")),
    ] {
        let mut paper: Paper = serde_json::from_str(sample)?;
        let at = Timestamp(1_772_350_920_000_000);
        let started = Instant::now();
        let pdf = paper.print(form, at, Assets::default()).await?;
        let first = started.elapsed();
        fs::write(folder.join(name), &pdf)?;
        let started = Instant::now();
        for round in 0..WARM_ROUNDS {
            // Another number and another name each time, as in life.
            paper.number = format!("26-{:06}", 500 + round);
            paper.facts[1].value.ar = format!("سلمى {round}");
            paper.verify = format!("https://diwan.example/verify/{}", paper.number);
            paper.print(form, at, Assets::default()).await?;
        }
        println!(
            "{name}: {} bytes, first {first:?}, then {:?} each",
            pdf.len(),
            started.elapsed() / WARM_ROUNDS
        );
    }
    Ok(())
}
