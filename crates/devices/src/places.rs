//! The places of whoever keeps devices, as tabs above each of their pages.

use web::{Shell, components::Link};

/// Paths below the inventory that are places of their own.
const BELOW: [&str; 4] =
    ["/desk/devices/rules", "/desk/devices/losses", "/desk/devices/releases", "/desk/devices/vpn"];
const PERMISSIONS: &str = "/desk/devices/vpn/permissions";

pub(crate) fn places(shell: &Shell) -> Vec<Link> {
    let place = |path: &str, key: &str, elsewhere: bool| {
        Link::new(path, shell.t(key)).current(shell.is_at(path) && !elsewhere)
    };
    let mut places = vec![
        place("/desk/devices", "device-list-title", BELOW.iter().any(|path| shell.is_at(path))),
        place("/desk/devices/losses", "loss-list-title", false),
        place("/desk/devices/rules", "device-rules-title", false),
        place("/desk/devices/releases", "system-release-title", false),
    ];
    places.extend(vpn_places(shell, false));
    places
}

/// The same on pages of networks; whoever only judges those sees nothing else of the inventory.
pub(crate) fn vpn_places(shell: &Shell, keeps: bool) -> Vec<Link> {
    if keeps {
        return places(shell);
    }
    let on_permissions = shell.is_at(PERMISSIONS);
    let networks = Link::new("/desk/devices/vpn", shell.t("vpn-list-title"));
    vec![
        networks.current(shell.is_at("/desk/devices/vpn") && !on_permissions),
        Link::new(PERMISSIONS, shell.t("vpn-permissions-title")).current(on_permissions),
    ]
}
