//! The places of whoever keeps devices, as tabs above each of their pages.

use web::{Shell, components::Link};

pub(crate) fn places(shell: &Shell) -> Vec<Link> {
    let place = |path: &str, key: &str| {
        let on_devices = path == "/desk/devices";
        let elsewhere = shell.is_at("/desk/devices/rules") || shell.is_at("/desk/devices/losses");
        let current = if on_devices { shell.is_at(path) && !elsewhere } else { shell.is_at(path) };
        Link::new(path, shell.t(key)).current(current)
    };
    vec![
        place("/desk/devices", "device-list-title"),
        place("/desk/devices/losses", "loss-list-title"),
        place("/desk/devices/rules", "device-rules-title"),
    ]
}
