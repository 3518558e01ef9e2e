//! A fresh bucket on the S3 server of the tests.

use uuid::Uuid;

/// Names the server: `http://127.0.0.1:54330`.
const VARIABLE: &str = "DIWAN_TEST_S3";

/// Where the server answers, and the name of a bucket that nobody else uses; its keys are `test` and `test`. None where no
/// server is given, which is a failure under continuous integration.
pub async fn bucket() -> Option<(String, String)> {
    let Ok(endpoint) = std::env::var(VARIABLE) else {
        assert!(std::env::var("CI").is_err(), "{VARIABLE} must name a server under CI");
        eprintln!("S3 half skipped: {VARIABLE} is not set");
        return None;
    };
    let bucket = format!("t-{}", Uuid::now_v7().simple());
    let made = reqwest::Client::new().put(format!("{endpoint}/{bucket}")).send().await;
    let status = made.expect("the S3 server answers").status();
    assert!(status.is_success(), "the S3 server makes a bucket: {status}");
    Some((endpoint, bucket))
}
