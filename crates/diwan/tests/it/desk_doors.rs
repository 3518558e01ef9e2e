//! The doors of the desk, tried by somebody whom nobody knows.

use crate::world::{Answer, NOBODYS_NUMBER, on_both_engines};

/// Pages that lead a stranger to the door.
const DESK_PAGES: [&str; 25] = [
    "GET /desk/advice",
    "POST /desk/advice/{id}",
    "GET /desk/assignment",
    "POST /desk/assignment",
    "GET /desk/assisted",
    "POST /desk/assisted",
    "GET /desk/assisted/{id}",
    "POST /desk/batches",
    "POST /desk/batches/preview",
    "GET /desk/batches/{id}",
    "POST /desk/hand",
    "GET /desk/load",
    "POST /desk/presence",
    "GET /desk/texts",
    "POST /desk/texts",
    "POST /desk/texts/{id}/remove",
    "POST /desk/views",
    "POST /desk/views/{id}/forget",
    "GET /desk/{number}/pages/{id}",
    "GET /desk/{number}/pages/{id}/0",
    "POST /desk/{number}/take",
    "POST /desk/{number}/undo",
    "POST /desk/{number}/ask",
    "POST /desk/{number}/approve",
    "POST /desk/{number}/refuse",
];

#[tokio::test]
async fn the_desk_is_closed_to_strangers() {
    on_both_engines(|world| async move {
        let id = "00000000-0000-7000-8000-000000000000";
        for page in DESK_PAGES {
            let (method, path) = page.split_once(' ').expect("a page has a method and a path");
            let path = path.replace("{number}", NOBODYS_NUMBER).replace("{id}", id);
            let call = world.stranger().call(method.parse().expect("a method"), &path);
            let call = call.header("content-type", "application/x-www-form-urlencoded").body("");
            let answer = Answer::to(call).await;
            assert!(
                answer.status == 303 && answer.header("location").starts_with("/sign-in"),
                "{page}: {}",
                answer.status
            );
        }
    })
    .await;
}

/// Everybody with a role, and the desk they begin at.
const AT_WORK: [(&str, &str); 8] = [
    ("Hamad", "/desk"),
    ("Noura", "/desk"),
    ("Widad", "/desk"),
    ("Rashid", "/desk"),
    ("Yasin", "/desk"),
    ("Laila", "/delays"),
    ("Omar", "/delays"),
    ("Halima", "/desk/legal"),
];

#[tokio::test]
async fn the_desk_leads_only_to_pages_that_open() {
    on_both_engines(|world| async move {
        for (name, start) in AT_WORK {
            let person = world.person(name);
            let page = person.gets(start).await.is(200).page();
            let (_, places) = page.split_once("class=\"desk-places\"").expect("the places of the desk");
            let (places, _) = places.split_once("</nav>").expect("an end of the places");
            let hrefs: Vec<&str> =
                places.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(hrefs.contains(&start), "{name} does not find where they are: {hrefs:?}");
            for href in hrefs {
                let answer = person.gets(href).await;
                assert_eq!(answer.status, 200, "{name} is led to {href}");
            }
        }
    })
    .await;
}
