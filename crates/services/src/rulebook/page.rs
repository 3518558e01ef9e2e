//! `/directory/rules`: the rules of the register in force, every version before them, and the form by which the competent
//! administration changes them (LY-SVC-22.2).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Choice, Field},
    see_other, stay,
};

use super::{PARTS, Rules, set::SetRules, table};
use crate::{Services, call::Visit};

const VERSIONS_SHOWN: i64 = 20;
/// A number that cannot be read is as wrong as one that is too large.
const UNREAD: u32 = u32::MAX;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory/rules", get(show).post(set))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

struct VersionLine {
    number: String,
    since: String,
    who: String,
}

#[derive(Template)]
#[template(path = "rulebook/page.html")]
struct RulesPage {
    shell: Shell,
    faults: Vec<Fault>,
    fields: Vec<Field>,
    facts: Vec<(String, String)>,
    versions: Vec<VersionLine>,
    may_edit: bool,
    done: bool,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let rules = table::current(&services.store.read()).await?.rules;
    let done = asked.done == "saved";
    Ok(Page(services.rules_page(&actor, shell, rules, None, done).await?).into_response())
}

async fn set(
    Visit { services, actor, shell }: Visit,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let rules = read(&posted);
    let verb = SetRules { acting: services.acting_on_directory(&actor), rules: rules.clone() };
    match services.carry_out_entry(&actor, "directory/rules", verb, None).await {
        Ok(_) => Ok(see_other("/directory/rules?done=saved")),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let page = services.rules_page(&actor, shell, rules, Some(refusal), false).await?;
            Ok(stay(Kind::Invalid, page))
        }
    }
}

fn read(posted: &[(String, String)]) -> Rules {
    let one = |name: &str| {
        let typed = posted.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        language::fold_digits(typed.unwrap_or_default()).trim().parse::<u32>().unwrap_or(UNREAD)
    };
    let parts = posted.iter().filter(|(name, _)| name == "required_parts");
    Rules {
        required_parts: parts.map(|(_, value)| value.clone()).collect(),
        summary_characters: one("summary_characters") as usize,
        sentence_words: one("sentence_words") as usize,
        confirm_every_days: one("confirm_every_days"),
        error_days: one("error_days"),
        legal_change_days: one("legal_change_days"),
        errors_until_update: one("errors_until_update"),
        register_is_public: posted.iter().any(|(name, _)| name == "register_is_public"),
        proposal_days: one("proposal_days"),
        submitted_days: one("submitted_days"),
    }
}

/// The numbers of the rules, by name.
fn numbers(rules: &Rules) -> [(&'static str, u32); 8] {
    [
        ("summary_characters", rules.summary_characters as u32),
        ("sentence_words", rules.sentence_words as u32),
        ("confirm_every_days", rules.confirm_every_days),
        ("error_days", rules.error_days),
        ("legal_change_days", rules.legal_change_days),
        ("errors_until_update", rules.errors_until_update),
        ("proposal_days", rules.proposal_days),
        ("submitted_days", rules.submitted_days),
    ]
}

fn label(shell: &Shell, name: &str) -> String {
    shell.t(&format!("rules-{}", name.replace('_', "-")))
}

fn part_said(shell: &Shell, part: &str) -> String {
    shell.t(&format!("change-part-{}", part.replace('_', "-")))
}

impl Services {
    async fn rules_page(
        &self,
        actor: &Actor,
        shell: Shell,
        rules: Rules,
        refusal: Option<Refusal>,
        done: bool,
    ) -> Result<RulesPage, Failure> {
        if actor.roles.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-22.2"]).into());
        }
        let sql = self.store.read();
        let faults = refusal.map(|refusal| shell.faults(&refusal)).unwrap_or_default();
        let may_edit = self.acting_on_directory(actor).check_whole(&sql, "set_rules").await.is_ok();
        let held = table::versions(&sql, VERSIONS_SHOWN).await?;
        let people: Vec<uuid::Uuid> = held.iter().filter_map(|it| it.actor).collect();
        let people = identity::persons(&sql, &people).await?;
        let line = |it: &super::InForce| {
            let who = people.iter().find(|person| Some(person.id) == it.actor);
            VersionLine {
                number: shell.num(it.version),
                since: it.at.map(|at| shell.moment(at)).unwrap_or_default(),
                who: who.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
            }
        };
        Ok(RulesPage {
            fields: fields(&shell, &rules, &faults),
            facts: facts(&shell, &rules),
            versions: held.iter().map(line).collect(),
            faults,
            may_edit,
            done,
            shell,
        })
    }
}

fn fields(shell: &Shell, rules: &Rules, faults: &[Fault]) -> Vec<Field> {
    let parts = PARTS.map(|part| Choice::new(part, part_said(shell, part)));
    let mut all = vec![
        Field::checkboxes(shell, "required_parts", label(shell, "required_parts"), parts.to_vec())
            .optional()
            .value(rules.required_parts.join("\n")),
    ];
    for (name, value) in numbers(rules) {
        let shown = if value == UNREAD { String::new() } else { value.to_string() };
        all.push(Field::number(shell, name, label(shell, name)).value(shown));
    }
    let open = if rules.register_is_public { "true" } else { "" };
    all.push(
        Field::tick(shell, "register_is_public", label(shell, "register_is_public")).optional().value(open),
    );
    all.into_iter().map(|field| field.faults(faults)).collect()
}

fn facts(shell: &Shell, rules: &Rules) -> Vec<(String, String)> {
    let comma = shell.lang.comma();
    let parts: Vec<String> = rules.required_parts.iter().map(|part| part_said(shell, part)).collect();
    let parts = if parts.is_empty() { shell.t("change-none") } else { parts.join(comma) };
    let mut all = vec![(label(shell, "required_parts"), parts)];
    all.extend(numbers(rules).map(|(name, value)| (label(shell, name), shell.num(i64::from(value)))));
    let open = shell.t(if rules.register_is_public { "change-yes" } else { "change-no" });
    all.push((label(shell, "register_is_public"), open));
    all
}
