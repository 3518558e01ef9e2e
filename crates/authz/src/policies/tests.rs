use uuid::Uuid;

use super::*;
use crate::{Assurance, Narrowed, Role, Via};

const SOURCE: Source = Source {
    capability: "letters",
    schema: r#"
        entity Letter {
            @person("owner") owner: String,
            @desk("officer") desk: String,
            read: Bool,
        };
        action read, decide, burn appliesTo { principal: Person, resource: Letter };
    "#,
    text: r#"
        @id("own") @controls("X-1")
        permit(principal, action == Action::"read", resource) when { resource.owner == principal.id };
        @id("desk") permit(principal, action == Action::"decide", resource)
          when { principal.roles_at.contains(resource.desk) };
        @id("unread-first") @code("letter.unread") @kind("conflict") @controls("X-2, X-3")
        forbid(principal, action == Action::"decide", resource) when { !resource.read };
    "#,
};

fn actor(person: Uuid, roles: &[(&str, Uuid)]) -> Actor {
    let roles = roles
        .iter()
        .map(|(name, body)| Role { body: *body, unit: None, name: (*name).to_owned(), by: None })
        .collect();
    Actor { person, via: Via::System, assurance: Assurance::Basic, roles, kind: "citizen".into() }
}

fn letter(owner: Uuid, body: Uuid, read: bool) -> Resource {
    Resource {
        kind: "Letter",
        id: "1".into(),
        attributes: vec![
            ("owner", Attribute::Word(owner.to_string())),
            ("desk", Attribute::Word(format!("officer@{body}"))),
            ("read", Attribute::Truth(read)),
        ],
    }
}

#[test]
fn decisions_as_a_table() {
    let policies = Policies::parse(&[SOURCE]).unwrap();
    let (salma, hamad, registry, other) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let officer = actor(hamad, &[("officer", registry)]);
    let check = |actor: &Actor, action: &str, letter: Resource, expected: &str| {
        let outcome = policies.require("letters", actor, action, &letter);
        assert_eq!(outcome.map_or_else(|refusal| refusal.to_string(), |()| "permitted".into()), expected);
    };
    check(&actor(salma, &[]), "read", letter(salma, registry, true), "permitted");
    check(&officer, "read", letter(salma, registry, true), "not_allowed X-1");
    check(&officer, "decide", letter(salma, registry, true), "permitted");
    check(&officer, "decide", letter(salma, registry, false), "letter.unread X-2 X-3");
    check(&officer, "decide", letter(salma, other, true), "not_allowed");
    check(&officer, "burn", letter(salma, registry, true), "not_allowed");
}

#[tokio::test]
async fn delegated_powers_count_within_a_call_that_logs_them_and_their_end_is_told() {
    let policies = Policies::parse(&[SOURCE]).unwrap();
    let (aisha, noura, registry) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let delegation = behalf::Delegation { id: Uuid::now_v7(), of: noura };
    let mut delegate = actor(aisha, &[("officer", registry)]);
    delegate.roles[0].by = Some(delegation);
    let ask = |actor: &Actor| {
        let outcome = policies.require("letters", actor, "decide", &letter(noura, registry, true));
        outcome.map_or_else(|refusal| refusal.code, |()| "permitted")
    };
    assert_eq!(ask(&delegate), "not_allowed", "what could not be logged is not done");
    let call = |lapsed: Vec<behalf::Lapsed>| behalf::Call::of(aisha, lapsed);
    let under = call(Vec::new()).carry(async { (ask(&delegate), behalf::of(aisha)) }).await;
    assert_eq!(under, ("permitted", Some(delegation)));
    delegate.roles[0].by = None;
    let own = call(Vec::new()).carry(async { (ask(&delegate), behalf::of(aisha)) }).await;
    assert_eq!(own, ("permitted", None), "an own right needs no delegation");
    delegate.roles.clear();
    let lapsed = |body| vec![behalf::Lapsed { role: "officer".into(), body }];
    let check = |lapsed, expected| {
        let (call, delegate) = (call(lapsed), &delegate);
        async move { assert_eq!(call.carry(async { ask(delegate) }).await, expected) }
    };
    check(lapsed(registry), "identity.delegation_expired").await;
    check(lapsed(aisha), "not_allowed").await;
}

#[test]
fn the_matrix_says_who_may() {
    let policies = Policies::parse(&[SOURCE]).unwrap();
    let may = |action: &str| {
        let [row] = policies.rows("letters", action) else { panic!("{action} has no row of its own") };
        let roles = row.roles.iter().map(|held| format!("{}@{}", held.role, held.at));
        roles.chain(row.persons.iter().cloned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        (may("read").as_str(), may("decide").as_str(), may("burn").as_str()),
        ("owner", "officer@own", "")
    );
    assert_eq!(policies.rows("letters", "decide")[0].limits, ["unread-first"]);
    assert!(policies.rows("letters", "eat").is_empty());
}

#[test]
fn a_no_names_whoever_could() {
    let policies = Policies::parse(&[SOURCE]).unwrap();
    let salma = Uuid::now_v7();
    let no =
        policies.require("letters", &actor(salma, &[]), "decide", &letter(salma, salma, true)).unwrap_err();
    let items: Vec<_> = no.items.iter().map(|item| (item.code.as_str(), item.detail.as_str())).collect();
    assert_eq!(items, [("role", "officer@own")]);
}

#[test]
fn a_narrowing_takes_away_and_never_gives() {
    let policies = Policies::parse(&[SOURCE]).unwrap();
    let (hamad, registry) = (Uuid::now_v7(), Uuid::now_v7());
    let (officer, nobody) = (actor(hamad, &[("officer", registry)]), actor(hamad, &[]));
    let decide = |actor: &Actor| {
        let outcome = policies.require("letters", actor, "decide", &letter(registry, registry, true));
        outcome.map_or_else(|refusal| refusal.to_string(), |()| "permitted".into())
    };
    let narrowing = |what| Narrowing {
        id: Uuid::now_v7(),
        capability: "letters".into(),
        action: "decide".into(),
        what,
        controls: vec!["X-9".into()],
    };
    policies.narrow(&[narrowing(Narrowed::WithoutRole("officer".into()))]);
    assert_eq!((decide(&officer).as_str(), decide(&nobody).as_str()), ("policy.narrowed X-9", "not_allowed"));
    policies.narrow(&[narrowing(Narrowed::Assurance(Assurance::High))]);
    assert_eq!(decide(&officer), "identity.assurance_required X-9");
    policies.narrow(&[]);
    assert_eq!(decide(&officer), "permitted");
    let odd = narrowing(Narrowed::WithoutRole("x\"]) }; permit(principal, action, resource);".into()));
    assert!(odd.text(policies.rows("letters", "decide")).is_err());
    policies.narrow(&[odd]);
    assert_eq!(decide(&officer), "permitted");
}

#[test]
fn nothing_is_permitted_where_there_are_no_policies() {
    let policies = Policies::parse(&[]).unwrap();
    let salma = Uuid::now_v7();
    let decision = policies.decide("letters", &actor(salma, &[]), "read", &letter(salma, salma, true));
    assert!(!decision.permitted && decision.by.is_empty());
}

#[test]
fn a_policy_that_could_not_be_explained_is_refused() {
    let parse = |text| {
        let source = Source { capability: "x", text, ..SOURCE };
        Policies::parse(&[source]).err().map(|error| error.to_string())
    };
    let misspelt = r#"@id("a") permit(principal, action == Action::"read", resource) when { resource.red };"#;
    assert!(parse(misspelt).unwrap().contains("do not fit"));
    assert!(parse(r#"permit(principal, action, resource);"#).unwrap().contains("no @id"));
    assert!(parse(r#"@id("a") forbid(principal, action, resource);"#).unwrap().contains("without @code"));
    assert!(parse(r#"@id("a") permit(principal"#).unwrap().contains("do not parse"));
}
