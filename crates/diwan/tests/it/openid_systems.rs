//! What a person agreed to let a system learn, who connects the systems of a body, and that nobody stays signed in.

use serde_json::{Value, json};

use crate::{
    machines::{Browser, OFFICE, in_networks},
    openid::{CONTROLS, claims, connect, farewells, opens, telling, with_own_machine},
};

// refuses: POST /account/systems/{id}/withdraw, GET /account/systems
#[tokio::test]
async fn what_a_person_agreed_to_holds_until_they_withdraw_it() {
    in_networks(with_own_machine, |world| async move {
        assert!(world.stranger().opens("/account/systems").await.is(303).leads_to().starts_with("/sign-in"));
        let connected = connect(&world, "confidential", "basic").await;
        let (noura, salma) =
            (Browser::of(&world, "Noura", OFFICE).await, Browser::of(&world, "Salma", OFFICE).await);
        let tokens = connected.signs_in(&world, &noura).await;
        opens(&noura, &connected.path(&[])).await.is(303);
        assert!(opens(&noura, "/account/systems").await.is(200).page().contains("أرشيف الهيئة"));
        assert!(!opens(&salma, "/account/systems").await.is(200).page().contains("أرشيف الهيئة"));
        let withdraw = format!("/account/systems/{}/withdraw", connected.id);
        salma.posts(&withdraw, &[]).await.is(404);
        noura.posts(&withdraw, &[]).await.is(303);
        noura.posts(&withdraw, &[]).await.is(404);
        let bearer = world.bearer(tokens["access_token"].as_str().unwrap_or_default());
        bearer.gets("/openid/userinfo").await.is(401);
        assert_eq!(farewells(&world, &connected).await.len(), 1, "the system ends its own session");
        noura.gets("/api/v1/me").await.is(200);
        // Asked anew, the system knows the person again.
        let again = claims(connected.signs_in(&world, &noura).await["id_token"].as_str().unwrap_or_default());
        assert_eq!(again["sub"], claims(tokens["id_token"].as_str().unwrap_or_default())["sub"]);
        let other = connect(&world, "confidential", "basic").await;
        let there = claims(other.signs_in(&world, &noura).await["id_token"].as_str().unwrap_or_default());
        assert_ne!(there["sub"], again["sub"], "no two systems know a person by the same name");
        let given = world.history_of("openid.consent_given").await;
        assert_eq!((given, world.history_of("openid.consent_withdrawn").await), (3, 1));
        // A system that wants more than it was allowed asks for it.
        let mut more = telling("confidential", "basic", "");
        more["scopes"] = json!(["profile", "email", "phone"]);
        let amal = world.person("Amal");
        amal.puts(&format!("/api/v1/systems/{}", connected.id), &more).await.is(204);
        assert!(opens(&noura, &connected.path(&[])).await.is(200).page().contains("diwan_ruling"));
    })
    .await;
}

// refuses: POST /api/v1/systems, PUT /api/v1/systems/{id}, POST /api/v1/systems/{id}/secret, POST /api/v1/systems/{id}/end
// refuses: POST /desk/systems, POST /desk/systems/{id}, POST /desk/systems/{id}/secret, POST /desk/systems/{id}/end
// refuses: GET /desk/systems, GET /desk/systems/new, GET /desk/systems/{id}, GET /desk/systems/{id}/edit
// refuses: GET /api/v1/systems, GET /api/v1/systems/{id}
#[tokio::test]
async fn a_bodys_administrator_connects_its_systems_and_nobody_else() {
    in_networks(with_own_machine, |world| async move {
        let (amal, aisha) = (world.person("Amal"), world.person("Aisha"));
        let connected = connect(&world, "confidential", "basic").await;
        let (api, desk) = (format!("/api/v1/systems/{}", connected.id), format!("/desk/systems/{}", connected.id));
        let other_body = json!({ "body": "civil-registry" });
        amal.posts("/api/v1/systems", &other_body).await.refused(403, "openid.not_yours", CONTROLS);
        aisha.posts("/api/v1/systems", &other_body).await.refused(403, "openid.not_yours", CONTROLS);
        aisha.gets("/api/v1/systems").await.refused(403, "openid.not_yours", CONTROLS);
        for path in ["/desk/systems", "/desk/systems/new"] {
            aisha.gets(path).await.is(403);
        }
        for path in [api.clone(), desk.clone(), format!("{desk}/edit")] {
            aisha.gets(&path).await.is(404);
        }
        aisha.puts(&api, &telling("public", "basic", "")).await.is(404);
        for act in ["secret", "end"] {
            aisha.posts(&format!("{api}/{act}"), &json!({})).await.is(404);
            aisha.posts_form(&format!("{desk}/{act}"), &[]).await.is(404);
        }
        aisha.posts_form(&desk, &[]).await.is(404);
        aisha.posts_form("/desk/systems", &[("body", "digital-authority")]).await.is(403);
        // Everything that is wrong is said at once, and what was typed stays.
        let wrong = json!({ "body": "digital-authority", "name_en": "X", "redirect_uris": ["http://archive.example/"],
            "logout_uri": "https://10.9.9.9/", "kind": "public", "assurance": "high" });
        amal.posts("/api/v1/systems", &wrong).await.refused(422, "openid.incomplete", CONTROLS).names(&[
            ("name_ar", "required"),
            ("redirect_uris", "openid_redirect"),
            ("logout_uri", "openid_reach"),
            ("assurance", "choice"),
        ]);
        let typed = [("body", "digital-authority"), ("name_en", "Payroll"), ("scopes", "email"), ("kind", "public")];
        let page = amal.posts_form("/desk/systems", &typed).await.is(422).page();
        assert!(page.contains("value=\"Payroll\""), "{page}");
        // A secret is shown once, and the one before is void.
        let page = amal.posts_form(&format!("{desk}/secret"), &[]).await.is(200).page();
        assert!(!amal.reads(&desk).await.contains(&connected.secret) && !page.contains(&connected.secret));
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let code = connected.agreed(&noura).await;
        assert_eq!(connected.exchanges(&world, &code, &[]).await.is(401).word("error"), "invalid_client");
        // A system that cannot keep a secret gets none.
        let public = connect(&world, "public", "basic").await;
        let no_secret = format!("/api/v1/systems/{}/secret", public.id);
        amal.posts(&no_secret, &json!({})).await.refused(409, "openid.public", CONTROLS);
        amal.puts(&format!("/api/v1/systems/{}", public.id), &json!({})).await.is(422);
        let tokens = public.signs_in(&world, &noura).await;
        let bearer = world.bearer(tokens["access_token"].as_str().unwrap_or_default());
        // Out of use, it opens nothing from this moment on.
        amal.posts(&format!("/api/v1/systems/{}/end", public.id), &json!({})).await.is(204);
        bearer.gets("/openid/userinfo").await.is(401);
        noura.gets(&public.path(&[])).await.refused(422, "openid.client_unknown", CONTROLS);
        amal.posts(&format!("/api/v1/systems/{}/end", public.id), &json!({})).await.refused(409, "openid.over", CONTROLS);
        let listed = amal.gets("/api/v1/systems?state=used&q=archive").await.is(200).json();
        let ids: Vec<&Value> = listed["items"].as_array().into_iter().flatten().map(|item| &item["id"]).collect();
        assert_eq!(ids, [&json!(connected.id)]);
        let history = world.history(&format!("system/{}", public.id)).await;
        let kinds: Vec<&str> = history.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds.first(), Some(&"openid.system_registered"));
        assert!(kinds.contains(&"openid.system_ended"));
    })
    .await;
}

/// Nothing that a browser keeps outlives its window, and whoever asks for more is refused by the article.
// proves: LY-MAIL-3B.4a
#[tokio::test]
async fn nobody_stays_signed_in() {
    in_networks(with_own_machine, |world| async move {
        let line = world.line("Salma");
        let (number, password) = (line.identifier.as_str(), line.password.as_str());
        let article = &["LY-MAIL-3B.4a"];
        for name in ["persistent", "remember"] {
            let mut asked = json!({ "identifier": number, "password": password });
            asked[name] = true.into();
            let refused = world.stranger().posts("/api/v1/sessions", &asked).await;
            assert_eq!(refused.header("set-cookie"), "");
            refused.refused(403, "auth.persistent_session_forbidden", article);
            let pairs = [("identifier", number), ("password", password), (name, "1")];
            let refused = world.stranger().posts_form("/sign-in", &pairs).await.is(403);
            assert!(!refused.header("set-cookie").contains("diwan_session"));
            assert!(refused.page().contains(number), "what was typed stays");
        }
        let form = world.stranger().opens("/sign-in").await.is(200).page();
        assert!(!form.contains("type=\"checkbox\" name") && !form.contains("persistent"), "{form}");
        let pairs = [("identifier", number), ("password", password)];
        let answer = world.stranger().posts_form("/sign-in", &pairs).await.is(303);
        let cookies: Vec<&str> =
            answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()).collect();
        let session = cookies.iter().find(|line| line.starts_with("diwan_session=")).expect("a session");
        assert!(!session.contains("Max-Age") && !session.contains("Expires"), "{session}");
        assert!(session.contains("HttpOnly"), "no script reads it: {session}");
    })
    .await;
}
