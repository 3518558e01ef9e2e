//! Pages that anybody may open refuse what does not exist and what is wrong.

use reqwest::Method;

use crate::world::{Answer, on_both_engines};

// refuses: GET /services/{slug}, GET /problems/{code}, GET /verify/{code}, GET /assets/{name}
// refuses: GET /ledger/tile/{level}/{*path}
#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    on_both_engines(|world| async move {
        for path in [
            "/services/no-such-service",
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
