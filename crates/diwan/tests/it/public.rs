//! Pages that anybody may open refuse what does not exist and what is wrong.

use reqwest::Method;

use crate::world::{Answer, on_both_engines};

// refuses: GET /services/{slug}, GET /problems/{code}, GET /verify/{code}, GET /assets/{name}
// refuses: GET /ledger/tile/{level}/{*path}, GET /services/{slug}/history
// refuses: GET /directory/maturity, GET /browse
#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    on_both_engines(|world| async move {
        for path in [
            "/services/no-such-service",
            "/services/no-such-service/history",
            "/directory/maturity?body=no-such-body",
            "/browse?tree=no-such-tree",
            "/problems/no.such.problem",
            "/problems/<script>",
            "/verify/0123456789abcdef0123456789abcdef",
            "/verify/short",
            "/assets/nothing.css",
            "/ledger/tile/0/999",
            "/ledger/tile/99/000",
            "/nowhere",
        ] {
            world.stranger().gets(path).await.is(404);
        }
    })
    .await;
}

// refuses: GET /api/v1/directory/schema, GET /api/v1/directory/export, GET /api/v1/directory.jsonld
// refuses: GET /api/v1/directory/classification, GET /api/v1/directory/rules
#[tokio::test]
async fn a_call_without_parameters_refuses_those_that_it_is_given() {
    on_both_engines(|world| async move {
        for path in ["schema", "export", "classification", "rules"] {
            world.stranger().gets(&format!("/api/v1/directory/{path}?colour=green")).await.is(422);
        }
        world.stranger().gets("/api/v1/directory.jsonld?colour=green").await.is(422);
    })
    .await;
}

// refuses: POST /sign-in
#[tokio::test]
async fn a_wrong_password_opens_nothing() {
    on_both_engines(|world| async move {
        let call = world.stranger().call(Method::POST, "/sign-in");
        let form = call
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", world.address.clone())
            .body("identifier=219880412736&password=not-the-password");
        let answer = Answer::to(form).await;
        assert!(matches!(answer.status, 401 | 422), "{}", answer.status);
        assert!(answer.header("set-cookie").is_empty());
    })
    .await;
}

// refuses: POST /sign-out
#[tokio::test]
async fn another_site_signs_nobody_out() {
    on_both_engines(|world| async move {
        let call = world.stranger().call(Method::POST, "/sign-out");
        let form = call
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://elsewhere.example")
            .header("sec-fetch-site", "cross-site")
            .body("");
        Answer::to(form).await.is(403);
    })
    .await;
}
