//! The directory: what a card must have, who may register and publish it, and that versions live side by side.

use authz::{Actor, Failure};
use language::Text;
use serde_json::Value;
use services::{Attest, Card, Process, Publish, Register};

use crate::world::{TestDiwan, on_both_engines};

const SERVICE: &str = "residence-certificate";

/// A published card and its form, to be changed.
fn card(world: &TestDiwan) -> (Card, String) {
    let entry = world.parts.services.directory.entry(SERVICE).expect("the service is published");
    (entry.card.clone(), entry.form.source().to_owned())
}

async fn register(world: &TestDiwan, actor: Actor, card: Card, form: String) -> Result<i64, Failure> {
    let (policies, clock) = (world.parts.services.policies.clone(), world.clock.clone());
    let slug = card.id.clone();
    let process = Some(told(&card));
    let verb = Register { actor, card, form, process, policies: policies.clone(), clock: clock.clone() };
    let version = world.parts.store.write(verb).await?.version;
    let actor = world.actor("Halima").await;
    world.parts.store.write(Attest { actor, slug, version, policies, clock }).await?;
    Ok(version)
}

/// The standard process of a card, with the procedure before and after.
pub fn told(card: &Card) -> Process {
    let step = |ar: &str, en: &str| vec![Text::new(ar, en)];
    let before = step("تحضر إلى الشباك.", "You come to the counter.");
    let after = step("تطلب من البوابة.", "You ask on the portal.");
    Process { before, after, ..Process::standard(card) }
}

async fn publish(world: &TestDiwan, actor: Actor, slug: &str, version: i64) -> Result<(), Failure> {
    let (policies, clock) = (world.parts.services.policies.clone(), world.clock.clone());
    world.parts.store.write(Publish { actor, slug: slug.to_owned(), version, policies, clock }).await?;
    world.parts.services.directory.refresh(&world.parts.store).await.map(drop)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>, code: &str, controls: &[&str]) -> Vec<String> {
    let failure = outcome.expect_err("it is refused");
    let refusal = failure.refusal().unwrap_or_else(|| panic!("{failure}"));
    assert_eq!((refusal.code, refusal.controls), (code, controls));
    refusal.items.iter().map(|item| item.field.clone()).collect()
}

/// The provider's author registers the service with another acknowledgement, and the administration publishes it.
pub async fn changes_its_acknowledgement(world: &TestDiwan, ar: &str, en: &str) {
    let (mut card, form) = card(world);
    card.acknowledgement = Text::new(ar, en);
    let version = register(world, world.actor("Hamad").await, card, form).await.expect("it is registered");
    publish(world, world.actor("Laila").await, SERVICE, version).await.expect("it is published");
}

pub async fn refuses_placeholder(world: &TestDiwan) {
    let (mut card, form) = card(world);
    card.acknowledgement = Text::new("طلبك {number} عند {colour}.", "We have {number}.");
    let outcome = register(world, world.actor("Hamad").await, card, form).await;
    refused(outcome, "acknowledgement.placeholder_unknown", &["LY-SVC-15.2"]);
}

/// One way to spoil a card.
type Spoil = fn(&mut Card);

// proves: LY-SVC-1.14a, LY-SVC-1.14b, LY-SVC-1.14c, LY-SVC-1.14d, LY-SVC-4.3
#[tokio::test]
async fn a_card_with_a_gap_is_refused_by_the_name_of_the_gap() {
    let gaps: [(&str, Spoil); 13] = [
        ("body", |card| card.body = " ".into()),
        ("audience", |card| card.audience.clear()),
        ("audience", |card| card.audience = vec!["martian".into()]),
        ("name", |card| card.name.en.clear()),
        ("summary", |card| card.summary.ar.clear()),
        ("description", |card| card.description.ar.clear()),
        ("conditions", |card| card.conditions.clear()),
        ("documents", |card| card.documents_none = false),
        ("fee", |card| card.fee = None),
        ("delivery_working_days", |card| card.delivery_working_days = None),
        ("delivery_working_days", |card| card.delivery_working_days = Some(0)),
        ("outputs", |card| card.outputs.clear()),
        ("stages", |card| card.stages.truncate(2)),
    ];
    const FIELD_CONTROLS: &[&str] =
        &["LY-SVC-1.14a", "LY-SVC-1.14b", "LY-SVC-1.14c", "LY-SVC-1.14d", "LY-SVC-24.1b"];
    on_both_engines(|world| async move {
        let hamad = world.actor("Hamad").await;
        for (field, spoil) in gaps {
            let (mut card, form) = card(&world);
            spoil(&mut card);
            let outcome = register(&world, hamad.clone(), card, form).await;
            assert_eq!(refused(outcome, "directory.field_missing", FIELD_CONTROLS), [field]);
        }
        let (mut card, form) = card(&world);
        card.legal_basis.en.clear();
        let outcome = register(&world, hamad, card, form).await;
        refused(outcome, "directory.legal_basis_missing", &["LY-SVC-4.3"]);
    })
    .await;
}

// proves: LY-SVC-4.2b, LY-SVC-1.10, LY-SVC-1.11, LY-SVC-6.4a
#[tokio::test]
async fn what_does_not_belong_in_the_directory_stays_out() {
    on_both_engines(|world| async move {
        let hamad = world.actor("Hamad").await;
        let (known, form) = card(&world);
        let mut excluded = known.clone();
        excluded.classification = "defence".into();
        let outcome = register(&world, hamad.clone(), excluded, form.clone()).await;
        refused(outcome, "directory.excluded_domain", &["LY-SVC-4.2b"]);
        let paper = r#"{"type":"object","properties":{}}"#.to_owned();
        let outcome = register(&world, hamad.clone(), known.clone(), paper).await;
        refused(outcome, "directory.not_electronic", &["LY-SVC-1.10"]);
        // Nobody registers for another body, or for one that is not there; an officer without the role not at all.
        for (body, actor) in [("municipality", "Hamad"), ("atlantis", "Hamad"), ("civil-registry", "Noura")] {
            let mut foreign = known.clone();
            foreign.body = body.into();
            let outcome = register(&world, world.actor(actor).await, foreign, form.clone()).await;
            refused(outcome, "directory.outside_mandate", &["LY-SVC-1.11"]);
        }
        let mut bare: Value = serde_json::from_str(&form).expect("a form is JSON");
        bare["properties"]["address"].as_object_mut().expect("a field").remove("x-legal-basis");
        let outcome = register(&world, hamad, known, bare.to_string()).await;
        assert_eq!(refused(outcome, "forms.legal_basis_missing", &["LY-SVC-6.4a"]), ["address"]);
    })
    .await;
}

// proves: LY-SVC-24.2, LY-SVC-22.3
#[tokio::test]
async fn only_the_competent_administration_publishes_and_never_its_author() {
    on_both_engines(|world| async move {
        let (mut new, form) = card(&world);
        new.id = "proof-of-life".into();
        new.name = Text::new("إثبات حياة", "Proof of life");
        let version =
            register(&world, world.actor("Hamad").await, new, form).await.expect("it is registered");
        let api = world.person("Salma");
        api.gets("/api/v1/services/proof-of-life").await.refused(404, "not_found", &[]);
        for name in ["Hamad", "Noura", "Khalid", "Amal", "Salma"] {
            let outcome = publish(&world, world.actor(name).await, "proof-of-life", version).await;
            match name {
                "Hamad" => refused(outcome, "directory.unverified", &["LY-SVC-24.2"]),
                _ => refused(outcome, "directory.not_competent", &["LY-SVC-22.3"]),
            };
        }
        // Whoever holds both roles still does not verify what they wrote.
        let mut both = world.actor("Hamad").await;
        both.roles.extend(world.actor("Laila").await.roles);
        let outcome = publish(&world, both, "proof-of-life", version).await;
        refused(outcome, "directory.unverified", &["LY-SVC-24.2"]);
        api.gets("/api/v1/services/proof-of-life").await.refused(404, "not_found", &[]);
        publish(&world, world.actor("Laila").await, "proof-of-life", version).await.expect("it is published");
        let shown = api.gets("/api/v1/services/proof-of-life").await.is(200).json();
        assert!(shown["verified_at"].is_string());
        let unknown = publish(&world, world.actor("Laila").await, "proof-of-life", 99).await;
        refused(unknown, "not_found", &[]);
    })
    .await;
}

#[tokio::test]
async fn a_request_ends_on_the_version_on_which_it_began() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let before = salma.gets(&format!("/api/v1/services/{SERVICE}")).await.is(200).json();
        let number = salma.delivers(SERVICE).await;
        let (mut card, form) = card(&world);
        card.stages[1].title = Text::new("مرحلة جديدة", "A new stage");
        let mut form: Value = serde_json::from_str(&form).expect("a form is JSON");
        form["properties"]["city"]["minLength"] = 30.into();
        form["examples"][0]["city"] = "مدينة الساحل الشرقي الكبرى بضواحيها".into();
        let version =
            register(&world, world.actor("Hamad").await, card, form.to_string()).await.expect("registered");

        // Until it is verified, the version in force stays as it is.
        let still = salma.gets(&format!("/api/v1/services/{SERVICE}")).await.is(200).json();
        assert_eq!(still, before);
        publish(&world, world.actor("Laila").await, SERVICE, version).await.expect("published");
        let after = salma.gets(&format!("/api/v1/services/{SERVICE}")).await.is(200).json();
        assert_eq!(
            (after["version"].as_i64(), after["stages"][1]["title"]["en"].as_str()),
            (Some(version), Some("A new stage"))
        );

        let seen = salma.sees(&number).await;
        assert_eq!(seen["stages"][1]["title"], before["stages"][1]["title"]);
        world.person("Hamad").takes(&number, "verify").await.is(200);
        world.person("Noura").takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;
        assert_eq!(salma.sees(&number).await["state"], "completed");
        salma.delivers(SERVICE).await;

        // Both versions are kept, and the ledger tells who registered and who verified each.
        let history = world.history(&format!("service/{SERVICE}")).await;
        let kinds: Vec<&str> = history.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "entry.registered",
                "process.attested",
                "entry.published",
                "entry.registered",
                "process.attested",
                "entry.published",
                "entry.stakeholder_told",
                "entry.stakeholder_told"
            ]
        );
    })
    .await;
}

// refuses: GET /api/v1/services, GET /api/v1/services/{id}
// proves: LY-SVC-1.04
#[tokio::test]
async fn the_directory_is_open_and_says_what_it_does_not_have() {
    on_both_engines(|world| async move {
        let anybody = world.stranger();
        let list = anybody
            .gets("/api/v1/services?q=%D8%B4%D9%87%D8%A7%D8%AF%D8%A9%20%D8%A7%D9%82%D8%A7%D9%85%D8%A9")
            .await;
        assert_eq!(list.is(200).json()["items"][0]["id"], SERVICE);
        let all = anybody.gets("/api/v1/services").await.is(200).json();
        for line in all["items"].as_array().expect("items") {
            let card = anybody.gets(line["href"].as_str().expect("an address")).await.is(200).json();
            assert!(
                card["provider"].is_string() && card["version"].is_i64() && card["verified_at"].is_string()
            );
        }
        anybody.gets("/api/v1/services/nonsense").await.refused(404, "not_found", &[]);
        for query in ["limit=many", "colour=green", "cursor=%00", "lang=fr"] {
            let refused = anybody.gets(&format!("/api/v1/services?{query}")).await;
            assert_eq!(refused.status, 422, "{query}: {}", refused.text());
        }
    })
    .await;
}
