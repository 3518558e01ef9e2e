//! `diwan vpn-use`: reads on its standard input what `wg show all dump` prints on a gateway, and logs each use.

use std::io::Read;

use authz::Failure;
use clock::Clock;
use devices::LogUses;

use crate::{parts, settings::Settings};

/// The dump of a full gateway has a few hundred bytes a device.
const DUMP_BYTES_MAX: u64 = 8 * 1024 * 1024;

pub async fn run(settings: &Settings) -> Result<(), Failure> {
    let mut dump = String::new();
    std::io::stdin().lock().take(DUMP_BYTES_MAX).read_to_string(&mut dump)?;
    let store = parts::open_store(settings).await?;
    let noted = store.write(LogUses::new(&dump, Clock::System.now())).await?;
    println!("{} new uses, {} without a permission", noted.uses, noted.strays);
    Ok(())
}
