//! The fields in which somebody shows who they are.

use web::{Shell, components::Field};

use super::Means;

/// What browsers know a password by that is typed to sign in or to confirm.
pub(crate) const CURRENT: &str = "current-password";

/// A password; it never travels back. `complete` tells the browser which one is meant.
pub(crate) fn password(shell: &Shell, name: &str, label: &str, complete: &str) -> Field {
    Field::password(shell, name, shell.t(label)).autocomplete(complete).attribute("maxlength", "512").short()
}

/// A code of one of these means.
pub(crate) fn code(shell: &Shell, name: &str, means: Means) -> Field {
    let hint = match (means.phone, means.recovery) {
        (true, _) => "identity-code-phone-hint",
        (false, true) => "identity-code-any-hint",
        (false, false) => "identity-code-hint",
    };
    let field = Field::text(shell, name, shell.t("identity-code")).hint(shell.t(hint));
    let field = field.autocomplete("one-time-code").attribute("maxlength", "24").short();
    // A recovery code has letters, for which a keyboard of digits has no keys.
    if means.recovery { field } else { field.attribute("inputmode", "numeric") }
}
