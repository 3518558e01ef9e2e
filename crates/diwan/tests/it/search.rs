//! Searching: what is suggested, what one page finds for whom, and words that the competent administration keeps.

use serde_json::Value;
use services::Directory;

use crate::world::{Person, TestDiwan, on_both_engines};

fn asked(path: &str, words: &str) -> String {
    format!("{path}?{}", url(&[("q", words)]))
}

fn url(pairs: &[(&str, &str)]) -> String {
    let mut address = reqwest::Url::parse("http://diwan.example").expect("an address");
    address.query_pairs_mut().extend_pairs(pairs);
    address.query().unwrap_or_default().to_owned()
}

async fn suggested(world: &TestDiwan, words: &str) -> Value {
    world.stranger().gets(&asked("/api/v1/services/suggest", words)).await.is(200).json()
}

// refuses: GET /api/v1/services/suggest, GET /services/suggest, GET /search, GET /help, GET /help/{slug}
#[tokio::test]
async fn services_are_suggested_while_somebody_types() {
    on_both_engines(|world| async move {
        let begun = suggested(&world, "شهادة اقا").await;
        assert_eq!(begun["items"][0]["id"], "residence-certificate");
        let mended = suggested(&world, "شهداة اقامة ").await;
        assert_eq!(mended["items"][0]["id"], "residence-certificate");
        assert_eq!(mended["meant"], "شهادة اقامة ");
        let piece = world.stranger().gets(&asked("/services/suggest", "شهادة إق")).await.is(200).page();
        assert!(piece.contains("data-href=\"/services/residence-certificate\""), "{piece}");
        for path in ["/api/v1/services/suggest", "/services/suggest", "/search", "/help"] {
            let twice = world.stranger().gets(&format!("{path}?q=one&q=two")).await;
            assert_eq!(twice.status, 422, "{path}");
        }
        world.stranger().gets("/help/nothing").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn one_page_finds_services_help_and_ones_own_requests_only() {
    on_both_engines(|world| async move {
        let number = world.person("Salma").delivers("residence-certificate").await;
        let link = format!("href=\"/requests/{number}\"");
        let finds = async |who: Person, words: &str| who.gets(&asked("/search", words)).await.is(200).page();
        let page = finds(world.person("Salma"), "شهادة إقامة").await;
        assert!(page.contains("href=\"/services/residence-certificate\""));
        assert!(page.contains(&link));
        // By its number: its applicant and the desk that holds it, and to nobody else does it exist.
        assert!(finds(world.person("Salma"), &number).await.contains(&link));
        assert!(finds(world.person("Hamad"), &number).await.contains(&link));
        for stranger in [world.person("Huda"), world.stranger()] {
            assert!(!finds(stranger.clone(), &number).await.contains(&link));
            assert!(!finds(stranger, "شهادة إقامة").await.contains(&link));
        }
        assert!(finds(world.stranger(), "كيف أتابع طلبي").await.contains("href=\"/help/follow\""));
        let nothing = finds(world.stranger(), "zzzqqqxxx").await;
        assert!(nothing.contains("href=\"/services?life_event=") && nothing.contains("href=\"/services\""));
    })
    .await;
}

const PAGE: &str = "/directory/words";

/// Names that a search finds on a node that has just looked whether anything moved.
async fn found_on(node: &Directory, words: &str) -> Vec<String> {
    let query = services::Query { words: words.to_owned(), ..services::Query::default() };
    let found = node.search(&query, language::Lang::Ar, 0..10);
    found.hits.iter().map(|hit| hit.entry.card.id.clone()).collect()
}

// refuses: GET /directory/words, POST /directory/words, GET /directory/words/new
// refuses: GET /directory/words/{id}, POST /directory/words/{id}
#[tokio::test]
async fn the_administration_keeps_the_words_of_the_search_and_a_provider_may_not() {
    on_both_engines(|world| async move {
        let (laila, hamad) = (world.person("Laila"), world.person("Hamad"));
        let another_node = Directory::default();
        another_node.refresh(&world.parts.store).await.expect("it is read");
        let new = [("relation", "one_way"), ("words", "طقطوقة"), ("finds", "شهادة إقامة")];
        // A provider's author neither sees nor changes them; a stranger is led to the door.
        let nobodys = "/directory/words/00000000-0000-7000-8000-000000000000";
        for path in [PAGE, "/directory/words/new", nobodys] {
            let refused = hamad.gets(path).await;
            assert_eq!(refused.status, 403, "{path}");
            assert_eq!(world.stranger().gets(path).await.status, 303, "{path}");
        }
        for path in [PAGE, nobodys] {
            assert_eq!(hamad.posts_form(path, &new).await.status, 403, "{path}");
        }
        // What is wrong comes back with what was typed.
        let wrong = laila.posts_form(PAGE, &[("relation", "both"), ("words", "طقطوقة")]).await.is(422).page();
        assert!(wrong.contains("طقطوقة") && wrong.contains("href=\"#words\""));
        // A preview keeps nothing.
        let mut tried = new.to_vec();
        tried.extend([("act", "preview"), ("query", "طقطوقة")]);
        let preview = laila.posts_form(PAGE, &tried).await.is(200).page();
        assert!(preview.contains("<li>شهادة إقامة"), "{preview}");
        another_node.refresh(&world.parts.store).await.expect("it is read");
        assert!(found_on(&another_node, "طقطوقة").await.is_empty());
        // Kept, it counts here at once and on every node with its next look, twice a second.
        laila.posts_form(PAGE, &new).await.is(303);
        assert_eq!(suggested(&world, "طقطوقة").await["items"][0]["id"], "residence-certificate");
        assert!(another_node.refresh(&world.parts.store).await.expect("it is read"));
        assert_eq!(found_on(&another_node, "طقطوقة").await[0], "residence-certificate");
        // The newest group stands first; taken out of force, it finds nothing, and the log has both versions.
        let list = laila.gets(PAGE).await.is(200).page();
        let id = list
            .split("href=\"/directory/words/")
            .filter_map(|rest| rest.get(..36))
            .find(|id| id.contains('-'));
        let id = id.expect("a group is listed").to_owned();
        let out = [new[0], new[1], new[2], ("version", "1")];
        laila.posts_form(&format!("{PAGE}/{id}"), &out).await.is(303);
        assert!(suggested(&world, "طقطوقة").await["items"].as_array().is_some_and(Vec::is_empty));
        let stale = laila.posts_form(&format!("{PAGE}/{id}"), &out).await.is(422).page();
        assert!(stale.contains("طقطوقة"));
        let history = world.history(&format!("search/words/{id}")).await;
        let kinds: Vec<&str> = history.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, ["search.words_set", "search.words_set"]);
    })
    .await;
}
