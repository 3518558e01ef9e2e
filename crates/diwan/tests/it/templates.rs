//! Letters of outputs: written by the body, agreed to by the competent administration, used for what is issued, and
//! unable to take the machine with them.

use serde_json::Value;

use crate::world::{TestDiwan, on_both_engines};

const LETTER: &str = "/templates/residence-certificate/certificate";
const ARABIC: &str =
    "# إفادة\n\nنفيد بأن **{{ applicant_name }}** يقيم في {{ city }}.\n\n- صدرت بناء على {{ number }}\n";
const ENGLISH: &str = "# Statement\n\nWe state that **{{ applicant_name }}** lives in {{ city }}.\n";

async fn revision(world: &TestDiwan) -> (String, String) {
    let sql = world.parts.store.read();
    let row =
        store::Sql::one(&sql, "SELECT version, revision FROM template ORDER BY version DESC LIMIT 1", vec![]);
    let row = row.await.expect("templates can be read").expect("there is one");
    let number = |column| row.get::<i64>(column).expect("a number").to_string();
    (number("version"), number("revision"))
}

async fn written_and_handed_in(world: &TestDiwan) {
    let hamad = world.person("Hamad");
    hamad.posts_form(LETTER, &[("act", "save"), ("ar", ARABIC), ("en", ENGLISH)]).await.is(303);
    let (version, revision) = revision(world).await;
    let written =
        [("act", "submit"), ("ar", ARABIC), ("en", ENGLISH), ("version", &version), ("revision", &revision)];
    hamad.posts_form(LETTER, &written).await.is(303);
}

async fn text_of(pdf: &[u8]) -> String {
    let file = std::env::temp_dir().join(format!("diwan-letter-{}.pdf", uuid::Uuid::now_v7()));
    tokio::fs::write(&file, pdf).await.expect("a file can be written");
    let said = tokio::process::Command::new("pdftotext").arg(&file).arg("-").output().await;
    tokio::fs::remove_file(&file).await.expect("the file is there");
    String::from_utf8_lossy(&said.expect("pdftotext runs").stdout).into_owned()
}

// refuses: POST /templates/{service}/{output}
// proves: LY-SVC-10.2
#[tokio::test]
async fn a_letter_is_used_only_after_it_was_agreed() {
    on_both_engines(|world| async move {
        let (hamad, laila) = (world.person("Hamad"), world.person("Laila"));
        written_and_handed_in(&world).await;
        let (version, revision) = revision(&world).await;
        let step = |act| [("act", act), ("version", version.as_str()), ("revision", revision.as_str())];
        let early = hamad.posts_form(LETTER, &step("use")).await.is(409).page();
        assert!(early.contains("LY-SVC-10.2"), "{early}");
        assert!(hamad.gets(LETTER).await.is(200).page().contains("نفيد بأن"));
        hamad.posts_form(LETTER, &step("agree")).await.is(409);
        let bare = laila.posts_form(LETTER, &step("return")).await.is(422).page();
        assert!(bare.contains("remarks"), "{bare}");
        laila.posts_form(LETTER, &step("agree")).await.is(303);
        hamad.posts_form(LETTER, &[("act", "use"), ("version", version.as_str())]).await.is(303);
        let history = world.history("template/residence-certificate/certificate/1").await;
        let kinds: Vec<&str> = history.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, ["template.saved", "template.submitted", "template.agreed", "template.in_use"]);
        assert_eq!(history[2].body.as_ref().expect("a body")["standard"], "2026-1");
        let number = world.person("Salma").delivers("residence-certificate").await;
        hamad.takes(&number, "verify").await.is(200);
        world.person("Noura").takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;
        let seen = world.person("Salma").sees(&number).await;
        let href = seen["outputs"][0]["href"].as_str().expect("an output has an address").to_owned();
        let pdf = world.person("Salma").gets(&href).await.is(200).bytes;
        let said = text_of(&pdf).await;
        assert!(said.contains("We state that"), "{said}");
        let issued = world.history(&format!("request/{number}")).await;
        let issued = issued.iter().find(|entry| entry.kind == "output.issued").expect("it was issued");
        assert_eq!(issued.body.as_ref().expect("a body")["template_version"], Value::from(1));
    })
    .await;
}

#[tokio::test]
async fn a_hostile_letter_ends_in_a_sentence_and_takes_nothing_with_it() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let doubling = format!("{{% set a = 'كبير' %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(60));
        let nest = "{% for a in number %}{% for b in number %}{% for c in number %}{% for d in number %}\
            {% for e in number %}{% for f in number %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}\
            {% endfor %}";
        let table = format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000));
        for (letter, said) in [
            (doubling.as_str(), "أُوقف"),
            (nest, "لا ينتهي"),
            (table.as_str(), "أطول من المسموح"),
            ("{% include 'paper.typ' %}", "لا تُقرأ"),
            ("{{ nobody_knows }}", "nobody_knows"),
            ("![x](file:///etc/passwd)", "لا صور"),
        ] {
            let answer = hamad.posts_form(LETTER, &[("act", "preview"), ("ar", letter), ("en", "x")]).await.is(422);
            assert!(answer.page().contains(said), "{said}: {}", answer.text());
        }
        hamad.gets("/health").await.is(200);
    })
    .await;
}

// refuses: GET /templates
// refuses: GET /templates/{service}/{output}
// refuses: GET /templates/{service}/{output}/sample.pdf
// refuses: POST /templates/{service}/{output}/preview
#[tokio::test]
async fn letters_are_seen_by_those_who_work_on_them() {
    on_both_engines(|world| async move {
        written_and_handed_in(&world).await;
        let (salma, maryam) = (world.person("Salma"), world.person("Maryam"));
        salma.gets("/templates").await.is(403);
        for person in [&salma, &maryam] {
            person.gets(LETTER).await.is(404);
            person.gets(&format!("{LETTER}/sample.pdf")).await.is(404);
            person.posts_form(&format!("{LETTER}/preview"), &[("ar", "x"), ("en", "x")]).await.is(404);
            person.posts_form(LETTER, &[("act", "save"), ("ar", "x"), ("en", "x")]).await.is(404);
        }
        let pdf = world.person("Laila").gets(&format!("{LETTER}/sample.pdf")).await.is(200).bytes;
        assert!(text_of(&pdf).await.contains("We state that"));
    })
    .await;
}
