//! The regulation and how a body stands with it in OSCAL, read back by a tool that is not ours.

use std::{
    collections::BTreeSet,
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    compliance::{assigns, finding, kinds},
    template::{PROGRAM, Place},
    world::{TestDiwan, on_both_engines},
};

const READER_VARIABLE: &str = "DIWAN_TEST_OSCAL_PYTHON";
const WORDS: &str = "راجعنا ذلك مع مسؤول أمن المعلومات.";
const PUBLIC: [(&str, &str); 3] = [
    ("catalog", "/api/v1/oscal/catalog"),
    ("profile", "/api/v1/oscal/profile"),
    ("component-definition", "/api/v1/oscal/component-definition"),
];

/// By the models of compliance-trestle: for each document whether it is one of its kind. Nothing where there is no reader.
fn accepted(documents: &[&Value]) -> Option<Vec<bool>> {
    let Ok(python) = std::env::var(READER_VARIABLE) else {
        assert!(std::env::var("CI").is_err(), "{READER_VARIABLE} must name a Python with compliance-trestle");
        eprintln!("not read: {READER_VARIABLE} is not set");
        return None;
    };
    let program = r#"
import json, sys
from trestle.oscal import assessment_results, catalog, component, profile
models = {"catalog": catalog, "profile": profile, "component-definition": component,
          "assessment-results": assessment_results}
said = []
for document in json.load(sys.stdin):
    [kind] = document
    try:
        models[kind].Model.parse_obj(document)
        said.append(True)
    except Exception as error:
        print(str(error)[:2000], file=sys.stderr)
        said.append(False)
print(json.dumps(said))
"#;
    let mut child = Command::new(python)
        .args(["-W", "ignore", "-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the reader starts");
    let mut input = child.stdin.take().expect("it reads");
    let given = serde_json::to_vec(documents).expect("documents are JSON");
    let writer = std::thread::spawn(move || input.write_all(&given));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written").expect("it takes all");
    assert!(output.status.success(), "the reader could not work");
    Some(serde_json::from_slice(&output.stdout).expect("it answers for each"))
}

#[track_caller]
fn is_oscal(documents: &[&Value]) {
    if let Some(said) = accepted(documents) {
        assert!(said.iter().all(|accepted| *accepted), "{said:?}");
    }
}

/// Every value of a member with this name, however deep.
fn all<'a>(value: &'a Value, member: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| all(item, member, found)),
        Value::Object(fields) => {
            found.extend(fields.get(member));
            fields.values().for_each(|field| all(field, member, found));
        }
        _ => {}
    }
}

fn words(value: &Value, member: &str) -> Vec<String> {
    let mut found = Vec::new();
    all(value, member, &mut found);
    found.into_iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn property<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of["props"].as_array()?.iter().find(|prop| prop["name"] == name)?["value"].as_str()
}

// refuses: GET /api/v1/oscal/catalog, GET /api/v1/oscal/profile, GET /api/v1/oscal/component-definition
#[tokio::test]
async fn the_regulation_is_read_by_a_foreign_tool() {
    let place = Place::on_each_engine().await.into_iter().next().expect("an engine");
    let world = TestDiwan::open(&place, clock::Clock::System).await;
    let stranger = world.stranger();
    let mut read = Vec::new();
    for (kind, path) in PUBLIC {
        let document = stranger.gets(path).await.is(200).json();
        assert_eq!(document[kind]["metadata"]["oscal-version"], "1.1.3");
        let uuids = words(&document, "uuid");
        assert_eq!(uuids.iter().collect::<BTreeSet<_>>().len(), uuids.len(), "every id once");
        assert_eq!(words(&stranger.gets(path).await.is(200).json(), "uuid"), uuids, "the same ids again");
        stranger.gets(&format!("{path}?pack=nowhere")).await.refused(422, "web.query", &[]);
        let one = stranger.gets(&format!("{path}?pack=iq-social")).await.is(200).json();
        is_oscal(&[&document, &one]);
        read.push(document);
    }
    let [catalog, profile, component] = &read[..] else { panic!("three documents") };
    refers_to_what_is_there(catalog, profile, component);
    a_wrong_document_is_found(catalog);
    for kind in ["catalog", "profile", "component-definition"] {
        let output = Command::new(PROGRAM).args(["oscal", "--kind", kind]).output().expect("it starts");
        let printed: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
        is_oscal(&[&printed]);
        let read = &read.iter().find(|document| document[kind].is_object()).expect("read")[kind]["uuid"];
        assert_eq!(&printed[kind]["uuid"], read, "the command and the API give one document");
    }
    world.end();
    place.clear().await;
}

/// What one document names, the others hold.
fn refers_to_what_is_there(catalog: &Value, profile: &Value, component: &Value) {
    let packs = &::compliance::Packs::load();
    let ids: BTreeSet<String> = words(catalog, "id").into_iter().collect();
    for control in packs.all() {
        assert!(ids.contains(&control.id), "{} is in the catalog", control.id);
    }
    let with_ids = &profile["profile"]["imports"][0]["include-controls"][0]["with-ids"];
    let with_ids = with_ids.as_array().expect("controls are named");
    assert_eq!(with_ids.len(), packs.all().len());
    let named = with_ids.iter().filter_map(Value::as_str).map(str::to_owned);
    let set = words(profile, "param-id");
    assert!(!set.is_empty(), "the values in force are set");
    for id in named.chain(set).chain(words(component, "control-id")) {
        assert!(ids.contains(&id), "{id} is in the catalog");
    }
    for prose in words(catalog, "prose").iter().filter(|prose| prose.contains("insert: param")) {
        let inserted = prose.split("insert: param, ").skip(1).filter_map(|rest| rest.split(' ').next());
        inserted.for_each(|id| assert!(ids.contains(id), "{id} is a parameter"));
    }
    let uuids: BTreeSet<String> = words(catalog, "uuid").into_iter().collect();
    for href in words(catalog, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(uuids.contains(href), "#{href} is in the document");
    }
    // Claimed is what the program itself claims of a control.
    let implemented = &component["component-definition"]["components"][0]["control-implementations"];
    let requirements = implemented.as_array().into_iter().flatten();
    let requirements =
        requirements.flat_map(|it| it["implemented-requirements"].as_array().into_iter().flatten());
    let mut seen = 0;
    for requirement in requirements {
        let control = packs.control(requirement["control-id"].as_str().expect("an id")).expect("a control");
        assert_eq!(property(requirement, "state"), Some(control.state().as_str()));
        seen += 1;
    }
    assert_eq!(seen, packs.all().len());
}

/// The reader is one that says no.
fn a_wrong_document_is_found(catalog: &Value) {
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut document = catalog.clone();
        change(&mut document["catalog"]);
        document
    };
    let wrong = [
        broken(&|it| it["uuid"] = json!("7f1c")),
        broken(&|it| it["groups"][0]["groups"][0]["controls"][0]["id"] = json!("13.4 LY")),
        broken(&|it| it["metadata"]["last-modified"] = json!("yesterday")),
        broken(&|it| it["groups"][0]["groups"][0]["controls"][0]["duty"] = json!("unknown")),
        broken(&|it| drop(it.as_object_mut().and_then(|it| it.remove("metadata")))),
    ];
    if let Some(said) = accepted(&wrong.iter().collect::<Vec<_>>()) {
        assert_eq!(said, [false; 5]);
    }
}

// refuses: GET /api/v1/compliance/bodies/{body}/oscal/profile
// refuses: GET /api/v1/compliance/bodies/{body}/oscal/assessment-results
#[tokio::test]
async fn how_a_body_stands_is_read_by_a_foreign_tool() {
    on_both_engines(|world| async move {
        let (omar, widad, rashid) = (world.person("Omar"), world.person("Widad"), world.person("Rashid"));
        let body = "/api/v1/compliance/bodies/civil-registry/oscal";
        for path in [format!("{body}/profile"), format!("{body}/assessment-results")] {
            world.stranger().gets(&path).await.is(401);
            world.person("Salma").gets(&path).await.refused(403, "compliance.not_yours", &[]);
            rashid.gets(&path).await.refused(403, "compliance.not_yours", &[]);
        }
        let unbound = widad.gets(&format!("{body}/assessment-results")).await.is(200).json();
        assigns(&world, "civil-registry").await;
        let open = omar.posts("/api/v1/findings", &finding("civil-registry", WORDS)).await.id();
        let closed =
            json!({ "body": "civil-registry", "control": "LY-SVC-23.5", "severity": "low", "what": WORDS });
        let closed = omar.posts("/api/v1/findings", &closed).await.id();
        widad.posts(&format!("/api/v1/findings/{closed}/answer"), &json!({ "words": WORDS })).await.is(204);
        omar.posts(&format!("/api/v1/findings/{closed}/close"), &json!({ "words": WORDS })).await.is(204);
        assert_eq!(kinds(&world, &format!("finding/{closed}")).await.len(), 3);
        while world.parts.ledger.sequence().await.expect("the log is sequenced") > 0 {}
        world.parts.compliance.count_evidence().await.expect("counted");

        let profile = widad.gets(&format!("{body}/profile")).await.is(200).json();
        let results = widad.gets(&format!("{body}/assessment-results")).await.is(200).json();
        is_oscal(&[&unbound, &profile, &results]);
        assert_eq!(words(&profile, "with-ids").len(), 0, "a list, not a word");
        let bound = &profile["profile"]["imports"][0]["include-controls"][0]["with-ids"];
        assert_eq!(bound.as_array().map(Vec::len), Some(117), "the one document that binds it");
        let result = &results["assessment-results"]["results"][0];
        let observed = result["observations"].as_array().expect("observations");
        assert_eq!(observed.len(), 117);
        let about = |control: &str| {
            observed.iter().find(|it| property(it, "control") == Some(control)).expect("observed")
        };
        assert_eq!(property(about("LY-SVC-21.1"), "state"), Some("finding"));
        let evidence = &about("LY-SVC-21.1")["relevant-evidence"][0];
        assert_eq!(property(evidence, "entries"), Some("1"), "the ledger cites it once for this body");
        let findings = result["findings"].as_array().expect("findings");
        let target = |id: &str| {
            let found = findings.iter().find(|it| property(it, "finding") == Some(id)).expect("told");
            (found["target"]["target-id"].clone(), found["target"]["status"]["state"].clone())
        };
        assert_eq!(target(&open), (json!("LY-SVC-21.1_smt"), json!("not-satisfied")));
        assert_eq!(target(&closed), (json!("LY-SVC-23.5_smt"), json!("satisfied")));
        let uuids: BTreeSet<String> = words(&results, "uuid").into_iter().collect();
        let references = words(&results, "observation-uuid").into_iter().chain(
            words(&results, "href").into_iter().filter_map(|href| href.strip_prefix('#').map(str::to_owned)),
        );
        references.for_each(|id| assert!(uuids.contains(&id), "{id} is in the document"));
        // Under the signed checkpoint that anybody can read; and no person's name or id stands in it.
        let checkpoint = world.stranger().gets("/ledger/checkpoint").await.is(200).page();
        assert!(words(&results, "description").contains(&checkpoint));
        let told = results.to_string();
        for name in ["Omar", "Widad"] {
            let person = world.actor(name).await.person.to_string();
            assert!(!told.contains(&person) && !told.contains(&world.line(name).identifier), "{name}");
        }
    })
    .await;
}
