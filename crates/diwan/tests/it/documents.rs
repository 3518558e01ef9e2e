//! Handing in files: what is refused, and what names may not do.

use reqwest::multipart::{Form, Part};

use crate::world::{Answer, PDF, on_both_engines};

fn form(name: &str, bytes: &[u8], classification: Option<&'static str>) -> Form {
    let form = match classification {
        Some(level) => Form::new().text("classification", level),
        None => Form::new(),
    };
    form.part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned()))
}

// refuses: POST /api/v1/documents
#[tokio::test]
async fn classified_documents_stay_outside() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        for level in ["confidential", "secret", "top_secret"] {
            let refused = salma.uploads_form(form("plan.pdf", PDF, Some(level))).await;
            refused.refused(422, "document.classified_excluded", &["LY-SVC-4.2a"]);
        }
        let refused = salma.uploads_form(form("plan.pdf", PDF, Some("cosmic"))).await;
        refused.refused(422, "document.classification_unknown", &["LY-SVC-4.2a"]);
        for level in ["public", "internal"] {
            salma.uploads_form(form("plan.pdf", PDF, Some(level))).await.is(201);
        }
    })
    .await;
}

// refuses: POST /api/v1/documents
#[tokio::test]
async fn what_is_no_document_is_refused() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        world.stranger().uploads("page.pdf", PDF).await.refused(
            401,
            "auth.sign_in_required",
            &["LY-SVC-8.1"],
        );
        salma.uploads("page.pdf", b"").await.refused(422, "document.empty", &[]);
        salma.uploads("page.exe", PDF).await.refused(422, "document.type_not_allowed", &[]);
        salma.uploads("page.pdf", b"MZ\x90\x00\x03\x00\x00\x00 a program").await.refused(
            422,
            "document.type_not_allowed",
            &[],
        );
        salma.uploads("\u{202e}\u{200b}", PDF).await.refused(422, "document.name_invalid", &[]);
        salma.uploads("a\u{7}b.pdf", PDF).await.refused(422, "document.form_malformed", &[]);
        let nothing = salma.uploads_form(Form::new().text("colour", "green")).await;
        nothing.refused(422, "document.missing", &[]).names(&[("file", "required")]);
        let call = salma.call(reqwest::Method::POST, "/api/v1/documents");
        let broken = call.header("content-type", "multipart/form-data; boundary=x").body("--x\r\nnonsense");
        Answer::to(broken).await.refused(422, "document.form_malformed", &[]);
    })
    .await;
}

#[tokio::test]
async fn names_lose_their_tricks() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        for (given, kept) in [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("invoice\u{202e}fdp.exe.pdf", "invoicefdp.exe.pdf"),
            ("ab\u{200f}c.pdf", "abc.pdf"),
            ("شهادة الميلاد.pdf", "شهادة الميلاد.pdf"),
        ] {
            let name = salma.uploads(given, PDF).await.is(201).word("name");
            assert!(!name.contains(['/', '\\', '\u{202e}', '\u{200f}']), "{given:?} became {name:?}");
            assert!(name.ends_with(kept.rsplit('/').next().unwrap_or(kept)), "{given:?} became {name:?}");
        }
    })
    .await;
}
