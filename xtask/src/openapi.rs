//! `cargo xtask openapi-check`: the description of the API is whole and true to the code.

use std::{collections::BTreeSet, error::Error, path::PathBuf, process::Command};

use serde_json::Value;

use crate::{Findings, tidy::routes, tree::Tree};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Reads the description from a file, or from `diwan openapi`.
pub(crate) fn run(tree: &Tree, file: Option<PathBuf>) -> Result<Findings, Box<dyn Error>> {
    let text = match file {
        Some(file) => {
            std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?
        }
        None => {
            let output = Command::new("cargo")
                .current_dir(&tree.root)
                .args(["run", "--quiet", "-p", "diwan", "--", "openapi"])
                .output()?;
            if !output.status.success() {
                return Err(
                    format!("diwan openapi failed: {}", String::from_utf8_lossy(&output.stderr)).into()
                );
            }
            String::from_utf8(output.stdout)?
        }
    };
    let described: Value = serde_json::from_str(&text)?;
    let mut findings = whole(&described);
    let paths = described["paths"].as_object();
    for route in routes::described(tree) {
        let (method, path) = route.split_once(' ').unwrap_or_default();
        let there = paths.and_then(|paths| paths.get(path)?.get(method.to_ascii_lowercase()));
        if there.is_none() {
            findings.push(format!(
                "{route} is described in the code but not mounted: add it to its crate's api()"
            ));
        }
    }
    Ok(findings)
}

fn whole(described: &Value) -> Findings {
    let mut findings = Findings::new();
    if !described["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")) {
        findings.push("the description is not OpenAPI 3.1".into());
    }
    let mut ids = BTreeSet::new();
    for (path, item) in described["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                operation_findings(
                    &format!("{} {path}", method.to_uppercase()),
                    path,
                    operation,
                    &mut ids,
                    &mut findings,
                );
            }
        }
    }
    let mut lost = BTreeSet::new();
    lost_references(described, described, &mut lost);
    findings
        .extend(lost.into_iter().map(|reference| format!("{reference} is referred to but not described")));
    findings
}

fn operation_findings(
    route: &str,
    path: &str,
    operation: &Value,
    ids: &mut BTreeSet<String>,
    findings: &mut Findings,
) {
    let id = operation["operationId"].as_str().unwrap_or_default();
    if id.is_empty() || !ids.insert(id.to_owned()) {
        findings.push(format!("{route}: operationId «{id}» is empty or taken; name it in #[utoipa::path]"));
    }
    let responses = operation["responses"].as_object();
    let has = |digit: char| responses.is_some_and(|all| all.keys().any(|status| status.starts_with(digit)));
    if !has('2') && !has('3') {
        findings.push(format!("{route}: no answer of success is described"));
    }
    if !has('4') {
        findings.push(format!("{route}: no refusal is described; add web::openapi::Refusals"));
    }
    let declared: BTreeSet<&str> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == "path")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect();
    for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        if !declared.contains(name) {
            findings.push(format!("{route}: the part {{{name}}} of the path is not described"));
        }
    }
}

fn lost_references(whole: &Value, part: &Value, lost: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                let there =
                    reference.strip_prefix('#').is_some_and(|pointer| whole.pointer(pointer).is_some());
                if !there {
                    lost.insert(reference.to_owned());
                }
            }
            members.values().for_each(|member| lost_references(whole, member, lost));
        }
        Value::Array(items) => items.iter().for_each(|item| lost_references(whole, item, lost)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_a_description_is_named() {
        let good = serde_json::json!({"openapi": "3.1.0", "paths": {"/x/{id}": {"get": {
            "operationId": "show", "parameters": [{"in": "path", "name": "id"}],
            "responses": {"200": {}, "404": {"$ref": "#/components/responses/gone"}}}}},
            "components": {"responses": {"gone": {}}}});
        assert!(whole(&good).is_empty());
        let bad = serde_json::json!({"openapi": "3.0.0", "paths": {"/x/{id}": {"get": {"responses": {"200": {"$ref": "#/no"}}}}}});
        let findings = whole(&bad);
        assert_eq!(findings.len(), 5, "{findings:?}");
    }
}
