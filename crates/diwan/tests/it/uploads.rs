//! Files that arrive piece by piece, in the tus protocol: what it commands, what is refused, what survives a broken line and
//! a machine that dies, and how several files stand for one document.

use authz::Assurance;
use base64::{Engine, engine::general_purpose::STANDARD};
use clock::{Clock, HOUR};
use reqwest::{Method, RequestBuilder};

use crate::world::{Answer, PDF, Person, TestDiwan, on_both_engines, on_both_engines_at};

const UPLOADS: &str = "/api/v1/uploads";
const SERVICE: &str = "building-permit";

fn said(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name} {}", STANDARD.encode(value)));
    pairs.collect::<Vec<_>>().join(",")
}

impl Person {
    fn tus(&self, method: Method, path: &str) -> RequestBuilder {
        self.call(method, path).header("tus-resumable", "1.0.0")
    }

    async fn begins_upload(&self, bytes: usize, said: &str) -> Answer {
        let call = self.tus(Method::POST, UPLOADS).header("upload-length", bytes);
        Answer::to(call.header("upload-metadata", said)).await
    }

    async fn sends(&self, place: &str, offset: usize, bytes: &[u8]) -> Answer {
        let call = self.tus(Method::PATCH, place).header("upload-offset", offset);
        Answer::to(call.header("content-type", "application/offset+octet-stream").body(bytes.to_vec())).await
    }

    async fn looks(&self, place: &str) -> Answer {
        Answer::to(self.tus(Method::HEAD, place)).await
    }

    async fn begins_draft(&self) -> String {
        let opened = self.posts_form(&format!("/services/{SERVICE}/apply"), &[]).await.is(303);
        let place = opened.header("location").split('/').nth(2).expect("an id").to_owned();
        place.split('?').next().unwrap_or_default().to_owned()
    }
}

/// A PDF of a size.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut whole = PDF.to_vec();
    let end = whole.split_off(whole.len() - 6);
    whole.resize(bytes - end.len(), b' ');
    whole.extend(end);
    whole
}

// refuses: POST /api/v1/uploads, PATCH /api/v1/uploads/{id}, DELETE /api/v1/uploads/{id}, POST /api/v1/uploads/{id}
#[tokio::test]
async fn the_protocol_is_kept_to_the_letter() {
    on_both_engines(|world| async move {
        let (salma, huda) = (world.person("Salma"), world.person("Huda"));
        let spoken = Answer::to(world.stranger().call(Method::OPTIONS, UPLOADS)).await.is(204);
        assert_eq!((spoken.header("tus-version"), spoken.header("tus-max-size")), ("1.0.0", "20971520"));
        assert_eq!(spoken.header("tus-extension"), "creation,expiration,termination");

        let name = said(&[("filename", "lease.pdf")]);
        let other = salma.call(Method::POST, UPLOADS).header("tus-resumable", "0.2.2");
        let other = Answer::to(other).await.refused(412, "upload.version", &[]);
        assert_eq!((other.header("tus-version"), other.header("tus-resumable")), ("1.0.0", "1.0.0"));
        world.stranger().begins_upload(9, &name).await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        salma.begins_upload(0, &name).await.refused(422, "document.empty", &[]);
        salma.begins_upload(20_971_521, &name).await.refused(413, "document.too_large", &[]);
        salma.begins_upload(9, "filename ***").await.refused(422, "upload.header", &[]);

        let whole = pdf(5_000);
        let begun = salma.begins_upload(whole.len(), &name).await.is(201);
        let place = begun.header("location").to_owned();
        assert!(place.starts_with("/api/v1/uploads/") && begun.header("upload-expires").ends_with("GMT"));
        let stands = salma.looks(&place).await.is(200);
        assert_eq!((stands.header("upload-offset"), stands.header("upload-length")), ("0", "5000"));
        assert_eq!(
            (stands.header("cache-control"), stands.header("upload-metadata")),
            ("no-store", name.as_str())
        );

        huda.looks(&place).await.is(404);
        huda.sends(&place, 0, &whole[..9]).await.refused(404, "not_found", &[]);
        let typed = salma.tus(Method::PATCH, &place).header("upload-offset", 0).body("x");
        Answer::to(typed).await.refused(415, "upload.media_type", &[]);
        salma.sends(&place, 1, &whole[1..9]).await.refused(409, "upload.offset_differs", &[]);
        salma.sends(&place, 0, &pdf(5_001)).await.refused(413, "upload.longer_than_said", &[]);
        assert_eq!(salma.sends(&place, 0, &whole[..3_000]).await.is(204).header("upload-offset"), "3000");
        salma.sends(&place, 0, &whole[..3_000]).await.refused(409, "upload.offset_differs", &[]);
        // A proxy that knows no PATCH.
        let through = salma.tus(Method::POST, &place).header("x-http-method-override", "PATCH");
        let through = through.header("upload-offset", 3_000).body(whole[3_000..4_000].to_vec());
        let through = through.header("content-type", "application/offset+octet-stream");
        assert_eq!(Answer::to(through).await.is(204).header("upload-offset"), "4000");
        Answer::to(salma.tus(Method::POST, &place)).await.refused(422, "upload.header", &[]);

        let done = salma.sends(&place, 4_000, &whole[4_000..]).await.is(204);
        assert_eq!(done.header("upload-offset"), "5000");
        let stands = salma.looks(&place).await.is(200);
        assert_eq!(
            stands.header("diwan-document"),
            done.header("diwan-document"),
            "whoever missed the answer asks again"
        );
        let document = done.header("diwan-document").parse().expect("an id");
        assert_eq!(&world.parts.documents.bytes(document).await.expect("it is there")[..], &whole[..]);
        assert_eq!(
            salma.uploads("lease.pdf", &whole).await.is(201).word("sha256"),
            documents::find(&world.parts.store.read(), document).await.expect("read").expect("a row").sha256
        );

        let begun = salma.begins_upload(5_000, &name).await.is(201).header("location").to_owned();
        Answer::to(huda.tus(Method::DELETE, &begun)).await.refused(404, "not_found", &[]);
        Answer::to(salma.tus(Method::DELETE, &begun)).await.is(204);
        salma.looks(&begun).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn the_whole_is_checked_like_every_file() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let program = b"MZ\x90\x00\x03\x00\x00\x00 a program".repeat(40);
        let name = said(&[("filename", "lease.pdf")]);
        let place = salma.begins_upload(program.len(), &name).await.is(201).header("location").to_owned();
        salma.sends(&place, 0, &program[..500]).await.is(204);
        salma.sends(&place, 500, &program[500..]).await.refused(422, "document.type_not_allowed", &[]);
        salma.looks(&place).await.is(404);
        // So many at once, and no more.
        for _ in 0..20 {
            salma.begins_upload(9, &name).await.is(201);
        }
        salma.begins_upload(9, &name).await.refused(429, "upload.too_many_open", &[]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_goes_on_with_goes() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let salma = world.person("Salma");
            let place = salma.begins_upload(5_000, &said(&[("filename", "a.pdf")])).await.is(201);
            let place = place.header("location").to_owned();
            salma.sends(&place, 0, &pdf(5_000)[..400]).await.is(204);
            world.clock.advance(HOUR * 23);
            assert_eq!(world.parts.services.expire_uploads().await.expect("it runs"), 0);
            salma.sends(&place, 400, &pdf(5_000)[400..500]).await.is(204);
            world.clock.advance(HOUR * 23);
            assert_eq!(
                salma.looks(&place).await.is(200).header("upload-offset"),
                "500",
                "each byte gives another day"
            );
            world.clock.advance(HOUR * 2);
            salma.looks(&place).await.is(410);
            salma.sends(&place, 500, b"x").await.refused(410, "upload.expired", &[]);
            assert_eq!(world.parts.services.expire_uploads().await.expect("it runs"), 1);
            salma.looks(&place).await.is(404);
        },
    )
    .await;
}

/// The names of the files of a document, as the page shows them, in their order.
async fn shown(person: &Person, draft: &str, evidence: &str) -> Vec<String> {
    let page = person.gets(&format!("/drafts/{draft}/documents")).await.is(200);
    let page = String::from_utf8_lossy(&page.bytes).into_owned();
    let slot = page.split(&format!("data-slot=\"{evidence}\"")).nth(1).expect("the document is asked for");
    let slot = slot.split("data-slot=").next().unwrap_or_default();
    let names = slot.split("class=\"file-name\">").skip(1);
    names.map(|rest| rest.split('<').next().unwrap_or_default().to_owned()).collect()
}

async fn hands_in(person: &Person, draft: &str, evidence: &str, name: &str) -> Answer {
    let metadata = said(&[("filename", name), ("draft", draft), ("evidence", evidence)]);
    let begun = person.begins_upload(PDF.len(), &metadata).await;
    if begun.status != 201 {
        return begun;
    }
    person.sends(begun.header("location"), 0, PDF).await
}

// refuses: POST /drafts/{id}/documents/{evidence}/arrange, POST /drafts/{id}/documents/{evidence}/remove
// proves: LY-SVC-13.3b
#[tokio::test]
async fn several_files_stand_for_one_document_in_an_order() {
    on_both_engines(|world| async move {
        let (salma, huda) = (world.surely("Salma", Assurance::Substantial).await, world.person("Huda"));
        let draft = salma.begins_draft().await;
        for name in ["a.pdf", "b.pdf", "c.pdf"] {
            hands_in(&salma, &draft, "drawings", name).await.is(204);
        }
        assert_eq!(shown(&salma, &draft, "drawings").await, ["a.pdf", "b.pdf", "c.pdf"]);
        let page = salma.gets(&format!("/drafts/{draft}/documents")).await;
        let page = String::from_utf8_lossy(&page.bytes).into_owned();
        let last = page.split("name=\"up\" value=\"").nth(3).and_then(|rest| rest.split('"').next());
        let last = last.expect("the third file can be moved").to_owned();
        let arrange = format!("/drafts/{draft}/documents/drawings/arrange");
        salma.posts_form(&arrange, &[("up", &last)]).await.is(303);
        assert_eq!(shown(&salma, &draft, "drawings").await, ["a.pdf", "c.pdf", "b.pdf"]);
        huda.posts_form(&arrange, &[("up", &last)]).await.is(404);
        let remove = format!("/drafts/{draft}/documents/drawings/remove");
        huda.posts_form(&remove, &[("file", &last)]).await.is(404);
        salma.posts_form(&remove, &[("file", &last)]).await.is(303);
        assert_eq!(shown(&salma, &draft, "drawings").await, ["a.pdf", "b.pdf"]);

        // Where one file is asked for, the next takes its place; where five are, the sixth is refused before it is sent.
        for name in ["old.pdf", "new.pdf"] {
            hands_in(&salma, &draft, "soil-report", name).await.is(204);
        }
        assert_eq!(shown(&salma, &draft, "soil-report").await, ["new.pdf"]);
        for name in ["d.pdf", "e.pdf", "f.pdf"] {
            hands_in(&salma, &draft, "drawings", name).await.is(204);
        }
        let full = hands_in(&salma, &draft, "drawings", "g.pdf").await;
        full.refused(409, "draft.files_full", &["LY-SVC-13.3b"]).names(&[("document.drawings", "files_max")]);
        hands_in(&salma, &draft, "horoscope", "h.pdf").await.refused(404, "not_found", &[]);
        hands_in(&huda, &draft, "drawings", "h.pdf").await.refused(404, "not_found", &[]);
    })
    .await;
}

/// A line that breaks in the middle of a call: what it carried is kept, and the rest is sent from there.
#[tokio::test]
async fn a_broken_line_loses_nothing_that_arrived() {
    use tokio::io::AsyncWriteExt;
    on_both_engines(|world: TestDiwan| async move {
        let (salma, whole) = (world.person("Salma"), pdf(3_000_000));
        let place = salma.begins_upload(whole.len(), &said(&[("filename", "a.pdf")])).await.is(201);
        let place = place.header("location").to_owned();
        let call = salma.tus(Method::PATCH, &place).build().expect("a call");
        let token = call.headers()["authorization"].to_str().expect("a word").to_owned();
        let head = format!(
            "PATCH {place} HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
             content-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
            whole.len()
        );
        let address = world.address.trim_start_matches("http://").to_owned();
        let mut line = tokio::net::TcpStream::connect(&address).await.expect("a line");
        line.write_all(head.as_bytes()).await.expect("the head goes");
        line.write_all(&whole[..2_500_000]).await.expect("a part goes");
        line.flush().await.expect("it goes");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        drop(line);
        let mut offset = 0;
        for _ in 0..100 {
            offset = salma.looks(&place).await.is(200).header("upload-offset").parse().expect("a number");
            if offset == 2_500_000 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!((2_097_152..=2_500_000).contains(&offset), "{offset} bytes were kept");
        let done = salma.sends(&place, offset, &whole[offset..]).await.is(204);
        let document = done.header("diwan-document").parse().expect("an id");
        assert_eq!(&world.parts.documents.bytes(document).await.expect("it is there")[..], &whole[..]);
    })
    .await;
}
