//! The catalog: a group a document, a group a chapter or article below it, and its controls in both languages. The numbers of
//! a document are parameters of its group, each with the value that this document asks for and what counts as stricter.

use clock::Timestamp;
use serde_json::{Value, json};

use super::{document, id, one_line, prop, props};
use crate::{Control, PackTitle, Packs, Resolved, Stricter};

impl Packs {
    /// The OSCAL catalog of this selection, under a name of its own.
    pub fn oscal_catalog(&self, name: &str, at: Timestamp) -> Value {
        let title = "ضوابط الحكومة الرقمية · Controls of the digital government";
        let holds = json!({
            "groups": self.packs().iter().map(|pack| self.oscal_pack(pack)).collect::<Vec<_>>(),
            "back-matter": { "resources": self.packs().iter().map(resource).collect::<Vec<_>>() },
        });
        document("catalog", name, title, at, holds)
    }

    fn oscal_pack(&self, pack: &PackTitle) -> Value {
        let groups = self.chapters(&pack.id).into_iter().enumerate().map(|(place, (chapter, controls))| {
            json!({
                "id": format!("{}.{}", pack.id, place + 1),
                "class": "chapter",
                "title": one_line(&chapter.ar),
                "props": [prop("title-en", &chapter.en)],
                "controls": controls.iter().map(|control| self.oscal_control(control)).collect::<Vec<_>>(),
            })
        });
        let params = self.parameters().filter_map(|resolved| param(resolved, &pack.id));
        json!({
            "id": pack.id,
            "class": "document",
            "title": one_line(&pack.title.ar),
            "params": params.collect::<Vec<_>>(),
            "props": heads(pack),
            "links": [{ "href": format!("#{}", resource_id(pack)), "rel": "reference" }],
            "groups": groups.collect::<Vec<_>>(),
        })
    }

    fn oscal_control(&self, control: &Control) -> Value {
        let statement = statement_id(&control.id);
        let in_language = |lang: &str, prose: &str| {
            json!({
                "id": format!("{statement}.{lang}"),
                "name": "item",
                "props": [prop("language", lang)],
                "prose": prose,
            })
        };
        let numbers = control.parameters.iter().filter_map(|number| self.parameter(number));
        let numbers = numbers.map(|number| {
            format!("- {}: {{{{ insert: param, {} }}}}", number.title.ar, param_id(&control.pack, &number.id))
        });
        let numbers = numbers.collect::<Vec<_>>().join("\n");
        let guidance = (!numbers.is_empty())
            .then(|| json!({ "id": format!("{}_gdn", control.id), "name": "guidance", "prose": numbers }));
        let mut own = vec![prop("label", &control.id), prop("module", &control.module)];
        own.extend(props("article", &control.article));
        own.extend(props("bound", &control.actor));
        own.push(prop("title-en", &control.title.en));
        own.extend(control.codes.iter().map(|code| prop("refused-with", code)));
        json!({
            "id": control.id,
            "class": control.enforcement.as_str(),
            "title": one_line(&control.title.ar),
            "props": own,
            "links": self.pack(&control.pack).map(|pack| {
                json!([{ "href": format!("#{}", resource_id(pack)), "rel": "reference" }])
            }),
            "parts": [
                {
                    "id": statement,
                    "name": "statement",
                    "parts": [in_language("ar", &control.duty.ar), in_language("en", &control.duty.en)],
                },
                guidance,
                {
                    "id": format!("{}_obj", control.id),
                    "name": "assessment-objective",
                    "props": [prop("language", "en")],
                    "prose": control.shows,
                },
            ],
        })
    }
}

/// The part that findings point at.
pub(super) fn statement_id(control: &str) -> String {
    format!("{control}_smt")
}

/// A number has a value in each document that asks for it, so that its name begins with the document.
pub(super) fn param_id(pack: &str, parameter: &str) -> String {
    format!("{pack}.{parameter}")
}

fn param(resolved: &Resolved, pack: &str) -> Option<Value> {
    let origin = resolved.origins.iter().find(|origin| origin.pack == pack)?;
    let value = origin.value.to_string();
    let stricter = match resolved.stricter {
        Stricter::Lower => "at most",
        Stricter::Higher => "at least",
        Stricter::Union => "at least all of",
    };
    let constraint = match value.as_str() {
        "" => "set by whoever runs the installation; the document leaves it open".to_owned(),
        value => format!("{stricter} {value}"),
    };
    Some(json!({
        "id": param_id(pack, &resolved.id),
        "label": one_line(&resolved.title.ar),
        "props": [prop("parameter", &resolved.id), prop("title-en", &resolved.title.en)],
        "constraints": [{ "description": constraint }],
        "values": [value],
    }))
}

fn resource_id(pack: &PackTitle) -> String {
    id(&["resource", &pack.id]).to_string()
}

fn heads(pack: &PackTitle) -> Vec<Value> {
    let mut heads = vec![prop("title-en", &pack.title.en)];
    heads.extend(props("issuer", &pack.issuer));
    heads.extend([
        prop("edition", &pack.edition),
        prop("issued", &pack.date),
        prop("jurisdiction", &pack.jurisdiction),
    ]);
    heads
}

/// The document itself, to which each of its controls links.
fn resource(pack: &PackTitle) -> Value {
    let parts = [&pack.issuer.ar, &pack.title.ar, &pack.edition, &pack.date];
    let cited: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    json!({
        "uuid": resource_id(pack),
        "title": one_line(&pack.title.ar),
        "props": heads(pack),
        "citation": { "text": one_line(&cited.join("، ")) },
    })
}
