use std::process::Command;

use serde_json::{Value, json};

use super::*;
use crate::{Form, Paper};

const AT: Timestamp = Timestamp(1_772_350_920_000_000);

fn sample(form: Form) -> Paper {
    let json = match form {
        Form::Receipt => include_str!("../../samples/receipt.json"),
        Form::Output => include_str!("../../samples/output.json"),
    };
    serde_json::from_str(json).unwrap()
}

async fn printed(form: Form) -> Vec<u8> {
    sample(form).print(form, AT, Assets::default()).await.unwrap()
}

async fn plain(template: &str, data: Value) -> Result<Vec<u8>, PrintError> {
    render(template, &data, Assets::default()).await
}

fn holds(pdf: &[u8], part: &str) -> bool {
    pdf.windows(part.len()).any(|window| window == part.as_bytes())
}

/// What poppler's reader makes of a PDF; none where it is not installed.
fn poppler(tool: &str, pdf: &[u8]) -> Option<String> {
    let path =
        std::env::temp_dir().join(format!("diwan-print-{}-{tool}-{}.pdf", std::process::id(), pdf.len()));
    std::fs::write(&path, pdf).ok()?;
    let output = match tool {
        "pdftotext" => Command::new(tool).arg(&path).arg("-").output(),
        "pdfdetach" => Command::new(tool).arg("-list").arg(&path).output(),
        _ => Command::new(tool).arg(&path).output(),
    };
    std::fs::remove_file(&path).ok()?;
    Some(String::from_utf8_lossy(&output.ok().filter(|output| output.status.success())?.stdout).into_owned())
}

#[tokio::test]
async fn papers_fit_a_page_and_conform() {
    for form in [Form::Receipt, Form::Output] {
        let pdf = printed(form).await;
        assert!(pdf.starts_with(b"%PDF-1.7") && pdf.ends_with(b"%%EOF"));
        assert!(
            holds(&pdf, "pdfaid:part>3<") && holds(&pdf, "pdfuaid:part>1<"),
            "{form:?} is no PDF/A-3 with UA-1"
        );
        assert!(holds(&pdf, "<dc:language><rdf:Bag><rdf:li>ar</rdf:li>"), "{form:?} names no language");
        if let Some(attached) = poppler("pdfdetach", &pdf) {
            assert!(attached.contains("data.json"), "{attached}");
        }
        if let Some(info) = poppler("pdfinfo", &pdf) {
            assert!(info.contains("Pages:           1\n") && info.contains("Tagged:          yes"), "{info}");
            assert!(info.contains(&sample(form).title.ar), "{info}");
        }
    }
}

#[tokio::test]
async fn papers_say_what_they_are_given() {
    for form in [Form::Receipt, Form::Output] {
        let paper = sample(form);
        let Some(text) = poppler("pdftotext", &printed(form).await) else { return };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [&paper.number, &paper.body.en, &paper.title.en, &paper.verify] {
            assert!(text.contains(part.as_str()), "{part} is not in\n{text}");
        }
    }
}

#[tokio::test]
async fn equal_input_gives_equal_bytes() {
    assert!(printed(Form::Output).await == printed(Form::Output).await);
    let later = Timestamp(AT.0 + 1_000_000);
    let other = sample(Form::Output).print(Form::Output, later, Assets::default()).await.unwrap();
    assert!(printed(Form::Output).await != other);
}

#[tokio::test]
async fn a_template_sees_nothing_but_what_it_was_given() {
    for (template, complaint) in [
        (r#"#read("/etc/passwd")"#, "access denied"),
        (r#"#read("../Cargo.toml")"#, ""),
        (r#"#import "@preview/cetz:0.4.0""#, "access denied"),
        (r##"#image("https://example.org/x.png")"##, "access denied"),
    ] {
        match plain(template, json!({})).await {
            Err(PrintError::Template(said)) => assert!(said.contains(complaint), "{template}: {said}"),
            other => panic!("{template}: {:?}", other.map(|pdf| pdf.len())),
        }
    }
    let mut assets = Assets::default();
    assets.files.insert("../out.svg".into(), Vec::new());
    assert!(matches!(render("", &json!({}), assets).await, Err(PrintError::FileName)));
}

#[tokio::test]
async fn limits_hold() {
    let long = " ".repeat(TEMPLATE_BYTES_MAX + 1);
    assert!(matches!(plain(&long, json!({})).await, Err(PrintError::TooLarge { what: "template", .. })));
    let data = json!("x".repeat(DATA_BYTES_MAX));
    assert!(matches!(plain("", data).await, Err(PrintError::TooLarge { what: "data", .. })));
    let mut assets = Assets::default();
    assets.files.insert("a.svg".into(), vec![0; ASSET_BYTES_MAX + 1]);
    assert!(matches!(render("", &json!({}), assets).await, Err(PrintError::TooLarge { what: "files", .. })));
    let pages = format!("#for n in range({PAGES_MAX}) {{ [a]; pagebreak() }} b");
    assert!(matches!(plain(&pages, json!({})).await, Err(PrintError::TooManyPages { .. })));
    assert!(matches!(plain("#while true { 1 }", json!({})).await, Err(PrintError::Template(_))));
}

#[tokio::test]
async fn a_mistake_in_a_template_is_named_with_its_line() {
    let said = plain("ok\n\n#unknown", json!({})).await.unwrap_err().to_string();
    assert_eq!(said, "the template cannot be rendered: main.typ line 3: unknown variable: unknown");
}

#[tokio::test]
async fn data_is_never_read_as_markup() {
    let mut paper = sample(Form::Receipt);
    paper.facts[0].value.ar = "#panic() $ *x* \\ @a <b> [c] \"".into();
    paper.facts[1].value.en = "\u{202E}#read(\"/etc/passwd\")".into();
    assert!(paper.print(Form::Receipt, AT, Assets::default()).await.is_ok());
}

/// Nobody is left without a document because the fonts lack a script; it is then plain PDF.
#[tokio::test]
async fn a_foreign_script_costs_only_the_archival_mark() {
    let mut paper = sample(Form::Output);
    paper.facts[0].value.en = "王小明".into();
    let pdf = paper.print(Form::Output, AT, Assets::default()).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-") && !holds(&pdf, "pdfaid:part"));
}
