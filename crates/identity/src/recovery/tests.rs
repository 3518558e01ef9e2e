//! Recovery codes: each opens once, and what was made before is void.

use clock::MINUTE;

use super::*;
use crate::testing::*;

/// The codes as the page shows them, once.
fn shown(page: &str) -> Vec<String> {
    let pieces = page.split("<code dir=\"ltr\">").skip(1);
    pieces.filter_map(|piece| piece.split_once("</code>")).map(|(code, _)| code.to_owned()).collect()
}

// refuses: GET /account/recovery, POST /account/recovery
#[tokio::test]
async fn each_code_opens_once_and_new_ones_void_those_before() {
    for world in worlds().await {
        assert_eq!(world.get("/account/recovery", "").await.0, 303);
        assert_eq!(world.post("/account/recovery", "", "").await.status(), 303);
        let salma = world.signs_in(SALMA).await;
        assert_eq!(
            world.post("/account/recovery", &cookie(&salma), "").await.status(),
            409,
            "a factor comes first"
        );

        let hamad = world.signs_in(HAMAD).await;
        let (status, page) = text(world.post("/account/recovery", &cookie(&hamad), "").await).await;
        let codes = shown(&page);
        assert_eq!((status, codes.len()), (200, RECOVERY_CODES));
        let later = world.get("/account/recovery", &cookie(&hamad)).await.1;
        assert!(shown(&later).is_empty(), "they are shown once");
        let small = codes[1].to_lowercase().replace('-', " ");
        for (case, code, expected) in [
            ("the first use", codes[0].as_str(), "done"),
            ("the second use", codes[0].as_str(), "auth.code_wrong"),
            ("in small letters with spaces", small.as_str(), "done"),
            ("one that nobody made", "2222-2222-2222", "auth.code_wrong"),
        ] {
            let step = world.tries(HAMAD, PASSWORD, Some(code), "192.0.2.1").await;
            assert_eq!(word(step), expected, "{case}");
        }
        let step = world.tries(SALMA, PASSWORD, Some(&codes[2]), "192.0.2.1").await;
        assert_eq!(word(step), "done", "to her, who has no factor, a code is nothing");
        assert!(world.get("/account/recovery", &cookie(&hamad)).await.1.contains('8'));

        world.clock.advance(MINUTE);
        let again = world.post("/account/recovery", &cookie(&hamad), "").await;
        assert_eq!(shown(&text(again).await.1).len(), RECOVERY_CODES);
        let step = world.tries(HAMAD, PASSWORD, Some(&codes[3]), "192.0.2.1").await;
        assert_eq!(word(step), "auth.code_wrong", "void");
    }
}

#[test]
fn a_code_is_hashed_for_its_person_under_the_key_file() {
    let (key, person) = (SecretKey::random(), Uuid::now_v7());
    let code = new_code();
    assert_eq!(code.len(), 14);
    assert!(hash_of(&key, person, &code).is_some());
    assert_eq!(hash_of(&key, person, &code), hash_of(&key, person, &code.to_lowercase()));
    assert_ne!(hash_of(&key, person, &code), hash_of(&key, Uuid::now_v7(), &code));
    assert_ne!(hash_of(&key, person, &code), hash_of(&SecretKey::random(), person, &code));
    for other in ["", "123456", "K7MQ-2XRT-9BH", "K7MQ-2XRT-9BH0", "K7MQ-2XRT-9BHWW"] {
        assert_eq!(hash_of(&key, person, other), None, "{other}");
    }
}
