//! The component definition: Diwan as a component, and for each control what it does, where, and by which tests that is
//! proven. It reads the same state as `/controls`: nothing is claimed that a test has not shown.

use clock::Timestamp;
use serde_json::{Value, json};

use super::{CATALOG_HREF, document, id, one_line, prop};
use crate::{Control, ControlState, Enforcement, PackTitle, Packs};

impl Packs {
    /// What this program implements of this selection, under a name of its own.
    pub fn oscal_component_definition(&self, name: &str, at: Timestamp) -> Value {
        let component = json!({
            "uuid": id(&["component", "diwan"]),
            "type": "software",
            "title": "Diwan",
            "description": "The open platform on which a government runs its digital office.",
            "props": [prop("version", env!("CARGO_PKG_VERSION"))],
            "control-implementations":
                self.packs().iter().map(|pack| self.implementation(pack)).collect::<Vec<_>>(),
        });
        document("component-definition", name, "Diwan", at, json!({ "components": [component] }))
    }

    fn implementation(&self, pack: &PackTitle) -> Value {
        let own = self.all().iter().filter(|control| control.pack == pack.id);
        json!({
            "uuid": id(&["implementation", &pack.id]),
            "source": CATALOG_HREF,
            "description": one_line(&pack.title.en),
            "implemented-requirements": own.map(requirement).collect::<Vec<_>>(),
        })
    }
}

fn requirement(control: &Control) -> Value {
    let mut own = vec![
        prop("state", control.state().as_str()),
        json!({ "name": "implementation-status", "value": status(control.state()) }),
        prop("enforcement", control.enforcement.as_str()),
    ];
    own.extend(control.proof.sites.iter().map(|site| prop("enforced-in", site)));
    own.extend(control.proof.tests.iter().map(|test| prop("proven-by", test)));
    json!({
        "uuid": id(&["requirement", &control.id]),
        "control-id": control.id,
        "description": told(control),
        "props": own,
        "remarks": control.proof.partial.as_ref().map(|missing| format!("Missing: {}", missing.en)),
    })
}

/// The words of the language for how far it is implemented.
fn status(state: ControlState) -> &'static str {
    match state {
        ControlState::Enforced => "implemented",
        ControlState::Partial => "partial",
        ControlState::Planned => "planned",
        ControlState::Reference => "not-applicable",
    }
}

fn told(control: &Control) -> String {
    let does = match control.enforcement {
        Enforcement::Prevent => "Diwan refuses what the control forbids",
        Enforcement::Do => "Diwan performs what the control asks for",
        Enforcement::Detect => "Diwan notices and alerts",
        Enforcement::Record => "Diwan keeps the evidence",
        Enforcement::Attest => "A person confirms it at each body, with reminders and a cadence",
        Enforcement::Reference => "Nothing to implement: the sentence explains others",
    };
    let far = match control.state() {
        ControlState::Enforced => "; shown by tests.",
        ControlState::Partial => "; in part so far.",
        ControlState::Planned => "; planned, not built yet.",
        ControlState::Reference => ".",
    };
    format!("{does}{far}")
}
