//! Private networks: what is registered, who attests it and switches it on, who works through it, and what ends that.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use ::devices::{LogUses, Noted, PolicyBook};
use async_trait::async_trait;
use authz::Failure;
use clock::{DAY, MINUTE};
use diwan::settings::ServeSettings;
use jobs::Workers;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use store::Tx;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    machines::{Browser, OFFICE, REASON, in_networks, just_now, ready, subjects},
    world::{Answer, PDF, TestDiwan},
};

const PURPOSE: &str = "العمل عن بعد على سجلات الأحوال المدنية.";
const OWNERSHIP: &str = "تملكها الهيئة الرقمية وتشغلها بنفسها.";
const PROFILES: &str = "/api/v1/vpn/profiles";
/// What a network says that is not approved.
const NOT_YET: (&str, [&str; 2]) = ("vpn.not_approved", ["LY-MAIL-2.01c", "LY-MAIL-2.01d"]);
/// How soon a device is cut off.
const CUT_OFF_WITHIN: Duration = Duration::from_secs(1);

/// The policies of bodies, as far as networks ask.
#[derive(Default)]
pub struct Book(AtomicBool);

impl Book {
    /// Of a body that has published its policy.
    pub fn published() -> Book {
        Book(AtomicBool::new(true))
    }
}

#[async_trait]
impl PolicyBook for Book {
    async fn has_vpn_policy(&self, _tx: &Tx, _body: Uuid) -> Result<bool, Failure> {
        Ok(self.0.load(Ordering::Relaxed))
    }
}

fn with_folder(serve: &mut ServeSettings) {
    serve.vpn_folder = Some(std::env::temp_dir().join(format!("diwan-vpn-{}", Uuid::now_v7())));
}

fn folder(world: &TestDiwan) -> PathBuf {
    world.set_up().vpn_folder.clone().expect("a folder is set")
}

fn in_days(world: &TestDiwan, days: u32) -> String {
    let at = world.parts.devices.offset.local(world.clock.now() + DAY * days).to_string();
    at[..10].to_owned()
}

fn network(interface: &str) -> Value {
    json!({ "body": "civil-registry", "name": "شبكة العمل عن بعد", "free": "no", "public": "no",
        "interface": interface, "gateway": "vpn.example.gov:51820", "range": "10.77.0.0/24",
        "routes": "10.0.0.0/8, 192.168.0.0/16" })
}

async fn attested(world: &TestDiwan, days: u32) -> Value {
    let document = world.person("Sanad").uploads("contract.pdf", PDF).await.id();
    json!({ "purpose": PURPOSE, "ownership": OWNERSHIP, "expires_on": in_days(world, days), "document": document })
}

/// A network that is in use, with the gateway's file written.
async fn in_use(world: &TestDiwan, days: u32) -> String {
    world.parts.devices.tunnels.ask(Arc::new(Book::published()));
    let aisha = world.person("Aisha");
    let id = aisha.posts("/api/v1/vpn/profiles", &network("wg0")).await.is(201).word("id");
    let path = format!("/api/v1/vpn/profiles/{id}");
    let attested = attested(world, days).await;
    world.person("Sanad").posts(&format!("{path}/approve"), &attested).await.is(204);
    aisha.posts(&format!("{path}/activate"), &json!({})).await.is(204);
    world.works_off_all_but_mail().await;
    id
}

async fn grant(world: &TestDiwan, vpn: &str, device: &str, days: u32) -> Answer {
    let wish = json!({ "vpn": vpn, "device": device, "from": in_days(world, 0), "until": in_days(world, days),
        "why": "تتابع البلاغات خارج الدوام." });
    world.person("Aisha").posts("/api/v1/vpn/permissions", &wish).await
}

async fn state(world: &TestDiwan, path: &str) -> String {
    world.person("Amal").gets(&format!("/api/v1/vpn/{path}")).await.is(200).word("state")
}

/// What a program of WireGuard prints when it reads this.
fn wireguard(program: &str, arguments: &[&str], input: &str) -> String {
    let mut told = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("wireguard-tools is installed");
    told.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
    let told = told.wait_with_output().expect("it ends");
    assert!(told.status.success(), "{program} {arguments:?}");
    String::from_utf8(told.stdout).expect("words").trim().to_owned()
}

fn line<'t>(text: &'t str, name: &str) -> &'t str {
    let begins = format!("{name} = ");
    text.lines().find_map(|line| line.strip_prefix(&begins)).expect("the line is there")
}

// proves: LY-MAIL-2.01c, LY-MAIL-2.01d, LY-MAIL-2.01e
// refuses: POST /api/v1/vpn/profiles, POST /api/v1/vpn/profiles/{id}/declare, POST /api/v1/vpn/profiles/{id}/approve
// refuses: POST /api/v1/vpn/profiles/{id}/activate, POST /api/v1/vpn/profiles/{id}/end, POST /desk/devices/vpn
// refuses: POST /desk/devices/vpn/{id}/declare, POST /desk/devices/vpn/{id}/approve
// refuses: POST /desk/devices/vpn/{id}/activate, POST /desk/devices/vpn/{id}/end
#[tokio::test]
async fn a_network_is_neither_free_nor_public_and_is_attested_before_it_is_used() {
    in_networks(with_folder, |world| async move {
        is_neither_free_nor_public(&world).await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let (device, _) = ready(&world, &noura, "laptop", None).await;
        let id = stays_a_draft_until_it_is_declared(&world, &device).await;
        is_attested_with_evidence_by_somebody_else(&world, &id).await;
        is_switched_on_under_a_policy(&world, &id, &device).await;
        lapses_after_a_reminder(&world, &id, &device).await;
        ends_for_good(&world, &id).await;
    })
    .await;
}

async fn is_neither_free_nor_public(world: &TestDiwan) {
    let aisha = world.person("Aisha");
    for (declared, field) in [(["yes", "no"], "free"), (["no", "yes"], "public")] {
        let mut wish = network("wg1");
        (wish["free"], wish["public"]) = (declared[0].into(), declared[1].into());
        let refused = aisha.posts(PROFILES, &wish).await;
        refused.refused(422, "vpn.free_or_public", &["LY-MAIL-2.01c"]).names(&[(field, "vpn_forbidden")]);
    }
    let pairs = [("body", "civil-registry"), ("free", "yes"), ("interface", "wg1")];
    aisha.posts_form("/desk/devices/vpn", &pairs).await.is(422);
}

/// Undeclared it is neither approved nor switched on, and admits nobody.
async fn stays_a_draft_until_it_is_declared(world: &TestDiwan, device: &str) -> String {
    let (aisha, sanad) = (world.person("Aisha"), world.person("Sanad"));
    let (not_yet, articles) = NOT_YET;
    let mut wish = network("wg0");
    (wish["free"], wish["public"]) = ("".into(), "".into());
    let id = aisha.posts(PROFILES, &wish).await.is(201).word("id");
    let (path, page) = (format!("{PROFILES}/{id}"), format!("/desk/devices/vpn/{id}"));
    aisha.posts(PROFILES, &wish).await.refused(409, "vpn.interface_taken", &["LY-MAIL-2.01c"]);
    sanad
        .posts(&format!("{path}/approve"), &attested(world, 40).await)
        .await
        .refused(409, not_yet, &articles);
    aisha.posts(&format!("{path}/activate"), &json!({})).await.refused(409, not_yet, &articles);
    grant(world, &id, device, 5).await.refused(409, not_yet, &articles);
    aisha.posts_form(&format!("{page}/declare"), &[("free", "yes")]).await.is(422);
    let half = json!({ "free": "no" });
    aisha.posts(&format!("{path}/declare"), &half).await.is(204);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "draft");
    aisha.posts(&format!("{path}/declare"), &json!({ "public": "no" })).await.is(204);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "waiting");
    assert!(subjects(&sanad).await.contains("شبكة العمل عن بعد"), "information security is told");
    id
}

/// Only information security attests it, and nobody what they registered.
async fn is_attested_with_evidence_by_somebody_else(world: &TestDiwan, id: &str) {
    let (aisha, sanad, amal) = (world.person("Aisha"), world.person("Sanad"), world.person("Amal"));
    let (path, page) = (format!("{PROFILES}/{id}"), format!("/desk/devices/vpn/{id}"));
    let mut bare = attested(world, 40).await;
    bare["document"] = Value::Null;
    let refused = sanad.posts(&format!("{path}/approve"), &bare).await;
    refused.refused(422, "vpn.approval_incomplete", &["LY-MAIL-2.01d"]).names(&[("document", "required")]);
    // Somebody else's file shows nothing either.
    needs_an_own_file(world, &path).await;
    let form =
        Form::new().text("purpose", PURPOSE).text("ownership", "").text("expires_on", in_days(world, 40));
    let call = sanad.call(reqwest::Method::POST, &format!("{page}/approve"));
    Answer::to(call.header("accept", "text/html").multipart(form)).await.is(422);
    let own = amal.posts(PROFILES, &network("wg2")).await.is(201).word("id");
    let document = amal.uploads("contract.pdf", PDF).await.id();
    let mut of_amal = attested(world, 40).await;
    of_amal["document"] = document.into();
    let refused = amal.posts(&format!("{PROFILES}/{own}/approve"), &of_amal).await;
    refused.refused(409, "vpn.own", &["LY-MAIL-2.01d", "KW-RW-9.1.2.f"]);
    let of_others = aisha.posts(&format!("{PROFILES}/{own}/approve"), &attested(world, 40).await).await;
    of_others.refused(403, "device.not_yours", &[]);

    let file = Part::bytes(PDF).file_name("contract.pdf");
    let form = Form::new().text("purpose", PURPOSE).text("ownership", OWNERSHIP);
    let form = form.text("expires_on", in_days(world, 40)).part("document", file);
    let call = sanad.call(reqwest::Method::POST, &format!("{page}/approve"));
    Answer::to(call.multipart(form)).await.is(303);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "approved");
    assert_eq!(&aisha.gets(&format!("{page}/document")).await.is(200).bytes[..], PDF);
}

async fn is_switched_on_under_a_policy(world: &TestDiwan, id: &str, device: &str) {
    let aisha = world.person("Aisha");
    let (path, page) = (format!("{PROFILES}/{id}"), format!("/desk/devices/vpn/{id}"));
    let missing = ("vpn.policy_missing", ["LY-MAIL-2.01e"]);
    aisha.posts(&format!("{path}/activate"), &json!({})).await.refused(409, missing.0, &missing.1);
    let book = Arc::new(Book::default());
    world.parts.devices.tunnels.ask(book.clone());
    aisha.posts_form(&format!("{page}/activate"), &[]).await.is(409);
    grant(world, id, device, 5).await.refused(409, "vpn.not_active", &["LY-MAIL-2.01e"]);
    book.0.store(true, Ordering::Relaxed);
    aisha.posts_form(&format!("{page}/activate"), &[]).await.is(303);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "active");
}

/// Whoever approved it is reminded once, and past its end it admits nobody.
async fn lapses_after_a_reminder(world: &TestDiwan, id: &str, device: &str) {
    let sanad = world.person("Sanad");
    let (not_yet, articles) = NOT_YET;
    let path = format!("{PROFILES}/{id}");
    let lapses = |inbox: String| inbox.matches("ينتهي اعتماد الشبكة").count();
    world.parts.devices.keep_house().await.expect("the house is kept");
    assert_eq!(lapses(subjects(&sanad).await), 0);
    world.clock.advance(DAY * 11);
    for _ in 0..2 {
        world.parts.devices.keep_house().await.expect("the house is kept");
    }
    assert_eq!(lapses(subjects(&sanad).await), 1);
    world.clock.advance(DAY * 30);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "expired");
    grant(world, id, device, 5).await.refused(409, not_yet, &articles);
    sanad.posts(&format!("{path}/approve"), &attested(world, 40).await).await.is(204);
    assert_eq!(state(world, &format!("profiles/{id}")).await, "active");
}

async fn ends_for_good(world: &TestDiwan, id: &str) {
    let aisha = world.person("Aisha");
    let (path, page) = (format!("{PROFILES}/{id}"), format!("/desk/devices/vpn/{id}"));
    aisha.posts_form(&format!("{page}/end"), &[("reason", "")]).await.is(422);
    aisha.posts(&format!("{path}/end"), &json!({ "reason": REASON })).await.is(204);
    aisha.posts(&format!("{path}/end"), &json!({ "reason": REASON })).await.refused(
        409,
        "vpn.ended",
        &["LY-MAIL-2.01d"],
    );
    let told = world.history(&format!("vpn/{id}")).await;
    let kinds: Vec<&str> = told.iter().map(|entry| entry.kind.as_str()).collect();
    for kind in ["vpn.registered", "vpn.declared", "vpn.approved", "vpn.activated", "vpn.ended"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
}

async fn needs_an_own_file(world: &TestDiwan, path: &str) {
    let mut others = attested(world, 40).await;
    others["document"] = world.person("Noura").uploads("contract.pdf", PDF).await.id().into();
    let refused = world.person("Sanad").posts(&format!("{path}/approve"), &others).await;
    refused.refused(422, "vpn.approval_incomplete", &["LY-MAIL-2.01d"]);
}

// proves: KW-RW-9.1.2.f
// refuses: POST /api/v1/vpn/permissions, POST /api/v1/vpn/permissions/{id}/configuration
// refuses: POST /api/v1/vpn/permissions/{id}/revoke, POST /account/vpn/{id}/configuration
// refuses: POST /desk/devices/{id}/vpn, POST /desk/devices/vpn/permissions/{id}/revoke
#[tokio::test]
async fn a_permission_is_of_one_person_one_device_and_one_period() {
    in_networks(with_folder, |world| async move {
        let (aisha, hamad) = (world.person("Aisha"), world.person("Hamad"));
        let vpn = in_use(&world, 90).await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let (device, _) = ready(&world, &noura, "laptop", None).await;
        let grants = format!("/desk/devices/{device}/vpn");
        let backward = [("vpn", vpn.as_str()), ("from", &in_days(&world, 3)), ("until", &in_days(&world, 2))];
        aisha.posts_form(&grants, &backward).await.is(422);
        hamad.posts_form(&grants, &backward).await.is(404);
        let aishas =
            aisha.posts_form("/account/devices", &[("name", "own"), ("body", "civil-registry")]).await;
        aishas.is(303);
        let own = crate::machines::newest(&aisha).await;
        grant(&world, &vpn, &own, 5).await.refused(409, "vpn.own", &["LY-MAIL-2.01d", "KW-RW-9.1.2.f"]);
        let id = grant(&world, &vpn, &device, 5).await.is(201).word("id");
        grant(&world, &vpn, &device, 5).await.refused(409, "vpn.granted_already", &["KW-RW-9.1.2.f"]);

        // Its person fetches the file, once; nobody else does.
        let fetch = format!("/account/vpn/{id}/configuration");
        hamad.posts_form(&fetch, &[]).await.is(404);
        noura.posts(&fetch, &[("key", "no key")]).await.is(422);
        let file = noura.posts(&fetch, &[("key", "")]).await.is(200).text();
        noura.posts(&fetch, &[("key", "")]).await.is(409);
        let key = wireguard("wg", &["pubkey"], line(&file, "PrivateKey"));
        let again = json!({ "key": key });
        let over =
            world.person("Noura").posts(&format!("/api/v1/vpn/permissions/{id}/configuration"), &again).await;
        over.refused(409, "vpn.issued", &["KW-RW-9.1.2.f"]);
        world.works_off_all_but_mail().await;
        both_ends_are_read_alike(&world, &file, &key);
        each_use_is_logged(&world, &id, &key).await;
        ends_with_its_period(&world, &id, &key).await;
        ends_with_a_reason_and_with_its_device(&world, &vpn, &device).await;
    })
    .await;
}

/// The gateway's file has the device, and WireGuard's own program reads both ends alike.
fn both_ends_are_read_alike(world: &TestDiwan, file: &str, key: &str) {
    let gateway = folder(world).join("wg0.conf");
    let stripped = wireguard("wg-quick", &["strip", &gateway.to_string_lossy()], "");
    assert_eq!(line(&stripped, "PublicKey"), key);
    assert_eq!(
        format!("{}/32", line(file, "Address").trim_end_matches("/32")),
        line(&stripped, "AllowedIPs")
    );
    assert_eq!(wireguard("wg", &["pubkey"], line(&stripped, "PrivateKey")), line(file, "PublicKey"));
    let client = folder(world).join("client.conf");
    std::fs::write(&client, file).expect("it is written");
    let client = wireguard("wg-quick", &["strip", &client.to_string_lossy()], "");
    assert_eq!(line(&client, "Endpoint"), "vpn.example.gov:51820");
}

/// What the gateway tells of a device that was there just now.
async fn tells(world: &TestDiwan, key: &str) -> Noted {
    let seconds = world.clock.now().seconds();
    let dump = format!(
        "wg0\tprivate\tpublic\t51820\toff\nwg0\t{key}\t(none)\t192.0.2.9:4711\t10.77.0.2/32\t{seconds}\t1\t1\toff\n"
    );
    world.parts.store.write(LogUses::new(&dump, world.clock.now())).await.expect("it is read")
}

async fn each_use_is_logged(world: &TestDiwan, id: &str, key: &str) {
    let aisha = world.person("Aisha");
    world.clock.advance(MINUTE * 5);
    assert_eq!(tells(world, key).await, Noted { uses: 1, strays: 0 });
    assert_eq!(tells(world, key).await, Noted { uses: 0, strays: 0 }, "the same is told once");
    world.clock.advance(MINUTE * 2);
    assert_eq!(tells(world, key).await.uses, 0, "it goes on");
    world.clock.advance(MINUTE * 60);
    assert_eq!(tells(world, key).await.uses, 1, "a new one after a silence");
    let path = format!("/api/v1/vpn/permissions/{id}");
    let shown = aisha.gets(&path).await.is(200).json();
    assert_eq!(shown["uses"].as_array().map(Vec::len), Some(2));
    let noted = world.history(&format!("vpn-permission/{id}")).await;
    assert_eq!(noted.iter().filter(|entry| entry.kind == "vpn.used").count(), 2);
    let sheet = aisha.gets("/desk/devices/vpn/permissions/file?state=open").await.is(200).text();
    assert!(sheet.contains("laptop") && sheet.lines().count() == 2, "{sheet}");
}

/// It ends by itself, and who comes afterwards is a finding.
async fn ends_with_its_period(world: &TestDiwan, id: &str, key: &str) {
    let aisha = world.person("Aisha");
    let (path, gateway) = (format!("/api/v1/vpn/permissions/{id}"), folder(world).join("wg0.conf"));
    world.clock.advance(DAY * 6);
    world.works_off_all_but_mail().await;
    let shown = aisha.gets(&path).await.is(200).json();
    assert_eq!((shown["state"].as_str(), shown["ending"].as_str()), (Some("ended"), Some("period")));
    assert!(!std::fs::read_to_string(&gateway).expect("the file").contains(key));
    assert_eq!(tells(world, key).await.strays, 1);
    let found = world.person("Omar").gets("/api/v1/findings?control=KW-RW-9.1.2.f").await.is(200).json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    aisha.posts(&format!("{path}/revoke"), &json!({ "reason": REASON })).await.refused(
        409,
        "vpn.permission_over",
        &["KW-RW-9.1.2.f"],
    );
}

async fn ends_with_a_reason_and_with_its_device(world: &TestDiwan, vpn: &str, device: &str) {
    let aisha = world.person("Aisha");
    let next = grant(world, vpn, device, 5).await.is(201).word("id");
    let page = format!("/desk/devices/vpn/permissions/{next}/revoke");
    aisha.posts_form(&page, &[("reason", "")]).await.is(422);
    aisha.posts_form(&page, &[("reason", REASON)]).await.is(303);
    assert!(subjects(&world.person("Noura")).await.contains("سُحب تصريحك"));
    let last = grant(world, vpn, device, 5).await.is(201).word("id");
    aisha.posts_form(&format!("/desk/devices/{device}/retire"), &[("reason", REASON)]).await.is(303);
    assert_eq!(state(world, &format!("permissions/{last}")).await, "ended");
}

// proves: KW-RW-9.5.5b
#[tokio::test]
async fn a_loss_ends_every_permission_in_the_same_act() {
    in_networks(with_folder, |world| async move {
        let vpn = in_use(&world, 90).await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let other = Browser::of(&world, "Noura", OFFICE).await;
        let (device, _) = ready(&world, &noura, "laptop", None).await;
        let id = grant(&world, &vpn, &device, 5).await.is(201).word("id");
        let fetch = format!("/account/vpn/{id}/configuration");
        let file = noura.posts(&fetch, &[("key", "")]).await.is(200).text();
        let key = wireguard("wg", &["pubkey"], line(&file, "PrivateKey"));
        world.works_off_all_but_mail().await;
        let gateway = folder(&world).join("wg0.conf");
        let allows = || std::fs::read_to_string(&gateway).expect("the file").contains(&key);
        assert!(allows());

        let stop = CancellationToken::new();
        let works = world.works();
        let works = works.into_iter().filter(|work| work.kind() == "devices.keep_vpn").collect();
        let workers = Workers::new(world.parts.store.clone(), world.clock.clone(), works);
        let cancel = stop.clone();
        let running = tokio::spawn(async move { workers.run(cancel).await });
        let (day, time) = just_now(&world);
        // Which device it was is not known: everything of the person ends.
        let lost = [("lost_on", day.as_str()), ("lost_at", &time), ("words", "in a taxi")];
        noura.posts("/account/devices/loss", &lost).await.is(200);
        let reported = Instant::now();
        let shown = world.person("Amal").gets(&format!("/api/v1/vpn/permissions/{id}")).await.is(200).json();
        assert_eq!((shown["state"].as_str(), shown["ending"].as_str()), (Some("ended"), Some("loss")));
        for browser in [&noura, &other] {
            browser.gets("/desk").await.refused(401, "account.disabled", &["KW-RW-9.5.5b"]);
        }
        while allows() {
            assert!(reported.elapsed() < CUT_OFF_WITHIN, "the gateway still lets the device in");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.cancel();
        running.await.expect("the workers end");
        let aisha = world.person("Aisha");
        let loss = aisha.gets("/api/v1/losses?state=open").await.is(200).json();
        let enable = format!("/api/v1/losses/{}/enable", loss["items"][0]["id"].as_str().expect("an id"));
        let reasons = ("device.enable_reason_missing", ["KW-RW-9.5.5b"]);
        aisha.posts(&enable, &json!({ "reason": "" })).await.refused(422, reasons.0, &reasons.1);
        aisha.posts(&enable, &json!({ "reason": REASON })).await.is(204);
        // The account is open again; what was allowed through networks is not.
        assert_eq!(state(&world, &format!("permissions/{id}")).await, "ended");
    })
    .await;
}

// refuses: GET /desk/devices/vpn, GET /desk/devices/vpn/new, GET /desk/devices/vpn/{id}, GET /account/vpn
// refuses: GET /desk/devices/vpn/{id}/document, GET /desk/devices/vpn/permissions, GET /desk/devices/{id}/vpn
// refuses: GET /desk/devices/vpn/permissions/file, GET /desk/devices/vpn/permissions/{id}
// refuses: GET /api/v1/vpn/profiles, GET /api/v1/vpn/profiles/{id}, GET /api/v1/vpn/permissions
// refuses: GET /api/v1/vpn/permissions/{id}
#[tokio::test]
async fn networks_are_seen_by_those_who_keep_or_judge_them() {
    in_networks(with_folder, |world| async move {
        let vpn = in_use(&world, 90).await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let (device, _) = ready(&world, &noura, "laptop", None).await;
        let id = grant(&world, &vpn, &device, 5).await.is(201).word("id");
        let (hamad, sanad) = (world.person("Hamad"), world.person("Sanad"));
        let lists =
            ["/desk/devices/vpn", "/desk/devices/vpn/permissions", "/desk/devices/vpn/permissions/file"];
        for path in lists {
            hamad.gets(path).await.is(403);
            sanad.gets(path).await.is(200);
        }
        for path in ["/api/v1/vpn/profiles", "/api/v1/vpn/permissions"] {
            hamad.gets(path).await.refused(403, "device.not_yours", &[]);
            sanad.gets(path).await.is(200);
        }
        hamad.gets("/desk/devices/vpn/new").await.is(403);
        sanad.gets("/desk/devices/vpn/new").await.is(403);
        let ones = [
            format!("/desk/devices/vpn/{vpn}"),
            format!("/desk/devices/vpn/{vpn}/document"),
            format!("/desk/devices/vpn/permissions/{id}"),
            format!("/desk/devices/{device}/vpn"),
            format!("/api/v1/vpn/profiles/{vpn}"),
            format!("/api/v1/vpn/permissions/{id}"),
        ];
        for path in &ones {
            hamad.gets(path).await.is(404);
        }
        world.stranger().opens("/account/vpn").await.is(303);
        assert!(!hamad.reads("/account/vpn").await.contains("laptop"));
        assert!(noura.gets("/account/vpn").await.is(200).page().contains("laptop"));
        // Seen from the isolated network there is no register.
        let widad = Browser::of(&world, "Widad", OFFICE).await;
        let (_, tablet) = ready(&world, &widad, "tablet", None).await;
        let ticket = tablet.ticket().await;
        widad.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
        widad.gets("/api/v1/vpn/profiles").await.refused(403, "device.zone", &["KW-RW-9.5.2"]);
    })
    .await;
}
