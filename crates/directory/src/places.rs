//! The places of whoever keeps the directory of a body, as tabs above each of their pages.

use web::{Shell, components::Link};

use crate::{connection, emergency};

pub(crate) fn places(shell: &Shell, body: &str) -> Vec<Link> {
    let on_emergencies = shell.is_at(emergency::HREF);
    let place = |path: &str, key: &str, current: bool| {
        Link::new(web::address(path, [("body", body)]), shell.t(key)).current(current)
    };
    vec![
        place(connection::HREF, "staff-directory-title", !on_emergencies),
        place(emergency::HREF, "emergency-title", on_emergencies),
    ]
}
