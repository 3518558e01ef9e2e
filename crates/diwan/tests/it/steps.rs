//! The machine dies between any two steps: each process of the demo is broken off before and after each commit of each
//! step, of a person and of a job, and a fresh node goes on with the same database. What comes out is exactly what comes
//! out when nothing dies: nothing lost, nothing twice, and nobody left without an answer.
//!
//! `DIWAN_STEPS_POINTS` says how many boundaries are tried on each engine (5,000 for the full run), and
//! `DIWAN_STEPS_ENGINE` names one engine alone.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use authz::{Actor, Assurance, Failure, Via};
use clock::Clock;
use diwan::{
    parts::{self, Parts},
    serve,
    settings::{ServeSettings, Settings},
};
use jobs::Workers;
use services::{Act, Application, Correction, Decision, NamedAct, OutputKind, RequestNumber};
use store::{BreakOff, Moment, Sql, StoreConfig};
use tokio::{process::Command, time::Instant};
use uuid::Uuid;

use crate::{
    template::{PROGRAM, Place},
    world::PDF,
};

/// Every process that differs from the others, and both kinds of output that ask for words.
const SERVICES: [&str; 8] = [
    "residence-certificate",
    "building-permit",
    "event-permit",
    "land-survey-request",
    "medical-practice-licence",
    "property-transfer",
    "trade-licence-renewal",
    "road-damage-report",
];
const POINTS_DEFAULT: usize = 200;
/// A job is given up after fifteen attempts; the machine dies fewer times in one than that.
const JOB_DEATHS_MAX: usize = 10;
/// Longer than the lease of a job, so that a fresh node may take what a dead one held.
const LEASE_OVER: Duration = Duration::from_secs(11);

/// How a request of the test goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Granted,
    Corrected,
    Refused,
}

/// A node of the test, which may be told when to die.
struct Node {
    parts: Parts,
    break_off: BreakOff,
}

impl Node {
    async fn start(settings: &Settings, clock: &Clock) -> Node {
        let break_off = BreakOff::default();
        let config = StoreConfig { break_off: Some(break_off.clone()), ..StoreConfig::default() };
        let store = parts::open_store_with(settings, config).await.expect("the store opens");
        let serve = ServeSettings::default();
        let parts = Parts::open_on(store, settings, &serve, clock.clone()).await.expect("a node starts");
        Node { parts, break_off }
    }
}

/// A world with a node that dies and comes back.
struct Steps {
    settings: Settings,
    clock: Clock,
    node: Node,
    applicant: Actor,
    /// Boundaries at which a node has died.
    points: usize,
}

/// A request on its way.
struct Case {
    name: String,
    service: &'static str,
    way: Way,
    documents: Vec<(String, Uuid)>,
    number: Option<RequestNumber>,
    deed: Option<Deed>,
    /// Deeds that were done.
    done: usize,
}

/// What somebody is about to do, and does again until it is answered.
#[derive(Clone)]
struct Deed {
    actor: Actor,
    act: Act,
    to: String,
}

/// What a request has left behind, to be compared with that of one during which nothing died.
type Traces = BTreeMap<String, i64>;

impl Steps {
    async fn open(place: &Place) -> Steps {
        let (settings, clock) = (place.settings(), Clock::fixed(Clock::System.now()));
        let node = Node::start(&settings, &clock).await;
        let sql = node.parts.store.read();
        let salma = identity::person_by_identifier(&sql, "219880412736").await.expect("persons can be read");
        let person = salma.expect("the cast has Salma").id;
        let (assurance, roles) = (Assurance::High, Vec::new());
        let applicant = Actor { person, via: Via::System, assurance, roles, kind: "citizen".into() };
        Steps { settings, clock, node, applicant, points: 0 }
    }

    /// One request from its beginning to its end. With `deaths` the node dies at each commit on the way, before it and
    /// after it; `turn` says where in a job it begins to.
    async fn lives_through(&mut self, case: &mut Case, deaths: bool, turn: usize) -> Traces {
        let mut tries = 0;
        loop {
            let in_job = case.number.is_some() && case.deed.is_none() && self.desk(case).await.is_none();
            if deaths && let Some((nth, moment)) = boundary(tries, turn, in_job) {
                self.node.break_off.arm(nth, moment);
            }
            let outcome = self.goes_on(case).await;
            if self.node.break_off.is_broken() {
                (tries, self.points) = (tries + 1, self.points + 1);
                self.clock.advance(LEASE_OVER);
                self.node = Node::start(&self.settings, &self.clock).await;
                continue;
            }
            match outcome.unwrap_or_else(|failure| panic!("{}: {failure}", case.name)) {
                true => return self.traces(case).await,
                false if in_job => {}
                false => tries = 0,
            }
        }
    }

    async fn desk(&self, case: &Case) -> Option<services::Desk> {
        let number = case.number.as_ref()?;
        self.node.parts.services.desk_of(number).await.expect("requests can be read")
    }

    /// One step further: a person's, or the platform's where it is nobody's turn. True at the end.
    async fn goes_on(&self, case: &mut Case) -> Result<bool, Failure> {
        if case.number.is_none() {
            return self.submits(case).await.map(|()| false);
        }
        if case.deed.is_none() {
            case.deed = self.next_deed(case).await?;
        }
        if let Some(deed) = case.deed.clone() {
            self.does(case, &deed).await?;
            (case.deed, case.done) = (None, case.done + 1);
            return Ok(false);
        }
        let works = serve::works(&self.node.parts, &ServeSettings::default())?;
        let (store, clock) = (self.node.parts.store.clone(), self.clock.clone());
        Workers::new(store, clock, works).drain().await?;
        while self.node.parts.ledger.sequence().await? > 0 {}
        Ok(true)
    }

    async fn submits(&self, case: &mut Case) -> Result<(), Failure> {
        let services = &self.node.parts.services;
        let entry = services.directory.entry(case.service).expect("the service is published");
        let needed = entry.card.documents.iter().filter(|evidence| evidence.required);
        for evidence in needed.skip(case.documents.len()) {
            let stored = services
                .documents
                .put_bytes(self.applicant.person, "page.pdf", PDF, Default::default())
                .await?;
            case.documents.push((evidence.id.clone(), stored.id));
        }
        let application = Application {
            service: case.service.into(),
            answers: entry.form.example().expect("the form has an example").clone(),
            documents: case.documents.clone(),
            declaration: true,
            ..Application::default()
        };
        let once = services.once(&self.applicant, "requests", case.name.clone(), case.name.as_bytes());
        let submitted = services.submit(&self.applicant, application, Some(once), None).await?;
        case.number = Some(submitted.number.parse().expect("a number"));
        Ok(())
    }

    /// What comes next, by whoever's turn it is; nothing when it is the platform's.
    async fn next_deed(&self, case: &Case) -> Result<Option<Deed>, Failure> {
        let services = &self.node.parts.services;
        let number = case.number.as_ref().expect("it was delivered");
        let Some(desk) = services.desk_of(number).await? else {
            let may = services.follow(&self.applicant, number).await?.actions;
            let deed = Deed { actor: self.applicant.clone(), act: Act::Resubmit, to: String::new() };
            return Ok(may.contains(&Act::Resubmit).then_some(deed));
        };
        let (sql, now) = (self.node.parts.store.read(), self.clock.now());
        let person = organisations::people_with(&sql, &desk.role, desk.body, now).await?[0];
        let roles = organisations::roles_of(&sql, person, now).await?;
        let kind = "citizen".to_owned();
        let actor = Actor { person, via: Via::System, assurance: Assurance::Substantial, roles, kind };
        let followed = services.follow(&actor, number).await?;
        let may = |act: &Act| followed.actions.contains(act);
        let first = case.way == Way::Corrected && case.done == 0;
        let wanted = match case.way {
            _ if first => vec![Act::SendBack],
            Way::Refused => vec![Act::Refuse, Act::Verify, Act::PassOn],
            _ => vec![Act::Verify, Act::PassOn, Act::Approve],
        };
        let act = wanted.into_iter().find(may).expect("a desk offers a way on");
        let to = followed.ways_on().next().map(|way| way.to.clone()).unwrap_or_default();
        Ok(Some(Deed { actor, act, to }))
    }

    async fn does(&self, case: &Case, deed: &Deed) -> Result<(), Failure> {
        let services = &self.node.parts.services;
        let number = case.number.as_ref().expect("it was delivered");
        let key = format!("{}-{}", case.name, case.done);
        let once = Some(services.once(&deed.actor, "acts", key.clone(), key.as_bytes()));
        let acting = services.acting(&deed.actor, number, None);
        let followed = services.follow(&deed.actor, number).await?;
        let has = |kind| followed.entry.card.outputs.iter().any(|output| output.kind == kind);
        let words = "راجعنا ما يخصنا في هذا الطلب، ولا مانع من المضي فيه.".to_owned();
        let said = |needed: bool| if needed { words.clone() } else { String::new() };
        let outcome = match deed.act {
            Act::Verify => services.verify(acting, followed.request.items(), once).await,
            Act::PassOn => services.pass_on(acting, Some(deed.to.clone()), words, once).await,
            Act::SendBack => {
                let item = followed.request.items().remove(0);
                services.send_back(acting, vec![Correction { item, instruction: words }], once).await
            }
            Act::Resubmit => services.resubmit(acting, followed.request.answers.clone(), &[], once).await,
            Act::Refuse => services.decide(acting, Decision::Refuse { reason: words }, once).await,
            _ => {
                let measures = said(has(OutputKind::Measure));
                let named = match has(OutputKind::AdministrativeAct) {
                    true => NamedAct::new("12/2026", "2026-01-04"),
                    false => NamedAct::default(),
                };
                services.decide(acting, Decision::Approve { measures, named }, once).await
            }
        };
        outcome.map(drop)
    }

    async fn traces(&self, case: &Case) -> Traces {
        let number = case.number.as_ref().expect("it was delivered");
        let (sql, subject) = (self.node.parts.store.read(), format!("request/{number}"));
        let mut traces = Traces::new();
        for entry in ledger::history(&sql, &subject, None, 100).await.expect("the ledger can be read") {
            assert!(entry.index.is_some(), "{}: an entry has no place in the tree", case.name);
            *traces.entry(format!("ledger {}", entry.kind)).or_default() += 1;
        }
        let counts = "SELECT r.state, r.stage, r.revision,
                (SELECT COUNT(*) FROM request_step s WHERE s.request = r.id) AS steps,
                (SELECT COUNT(*) FROM task t WHERE t.request = r.id) AS tasks,
                (SELECT COUNT(*) FROM task t WHERE t.request = r.id AND t.done_at IS NULL) AS tasks_open,
                (SELECT COUNT(*) FROM output o WHERE o.request = r.id) AS outputs,
                (SELECT COUNT(*) FROM notice n WHERE n.subject = $2) AS notices
            FROM request r WHERE r.number = $1";
        let row =
            sql.one(counts, vec![number.as_str().into(), subject.into()]).await.expect("it can be counted");
        let row = row.unwrap_or_else(|| panic!("{} is lost", case.name));
        for each in ["revision", "steps", "tasks", "tasks_open", "outputs", "notices"] {
            traces.insert(each.to_owned(), row.get(each).expect("a count"));
        }
        for each in ["state", "stage"] {
            traces.insert(format!("{each} {}", row.get::<String>(each).expect("a word")), 1);
        }
        traces
    }

    /// Nothing is delivered twice, and nothing is left for a job to do.
    async fn is_whole(&self, cases: usize) {
        let count = async |select: &str| -> i64 {
            let row = self.node.parts.store.read().one(select, vec![]).await.expect("it can be counted");
            row.expect("a count").get("n").expect("a count")
        };
        assert_eq!(count("SELECT COUNT(*) AS n FROM request").await, cases as i64);
        assert_eq!(count("SELECT COUNT(*) AS n FROM job WHERE kind = 'services.issue_outputs'").await, 0);
    }
}

/// Where the next node dies. A person's act has one commit, and is asked again until it is answered; a job has several.
fn boundary(tries: usize, turn: usize, in_job: bool) -> Option<(u64, Moment)> {
    let place = if in_job { (tries + turn) % 16 } else { tries };
    let over = if in_job { tries >= JOB_DEATHS_MAX } else { tries >= 8 };
    let moment = if place % 2 == 0 { Moment::Before } else { Moment::After };
    (!over).then_some((place as u64 / 2 + 1, moment))
}

impl Case {
    fn new(name: String, service: &'static str, way: Way) -> Case {
        Case { name, service, way, documents: Vec::new(), number: None, deed: None, done: 0 }
    }
}

async fn dies_at_each_boundary(place: &Place, points: usize) {
    let (mut steps, began) = (Steps::open(place).await, Instant::now());
    let mut whole: BTreeMap<(&str, Way), Traces> = BTreeMap::new();
    let mut cases = 0;
    for turn in 0.. {
        for service in SERVICES {
            let way = [Way::Granted, Way::Corrected, Way::Refused][(turn + cases) % 3];
            if let Entry::Vacant(unknown) = whole.entry((service, way)) {
                let mut case = Case::new(format!("whole-{service}-{way:?}"), service, way);
                let traces = steps.lives_through(&mut case, false, 0).await;
                assert_eq!(traces["tasks_open"], 0, "{service} {way:?} comes to its end: {traces:?}");
                unknown.insert(traces);
                cases += 1;
            }
            let mut case = Case::new(format!("broken-{service}-{turn}"), service, way);
            let traces = steps.lives_through(&mut case, true, turn).await;
            assert_eq!(traces, whole[&(service, way)], "{} {way:?}", case.name);
            cases += 1;
            if steps.points >= points {
                steps.is_whole(cases).await;
                eprintln!(
                    "{}: {} boundaries in {cases} requests, {:?}",
                    place.engine(),
                    steps.points,
                    began.elapsed()
                );
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_step_is_broken_off_nothing_is_lost_and_nothing_happens_twice() {
    let points = std::env::var("DIWAN_STEPS_POINTS").ok().and_then(|points| points.parse().ok());
    let only = std::env::var("DIWAN_STEPS_ENGINE").ok();
    for place in Place::on_each_engine().await {
        if only.as_ref().is_some_and(|only| only != place.engine()) {
            place.clear().await;
            continue;
        }
        dies_at_each_boundary(&place, points.unwrap_or(POINTS_DEFAULT)).await;
        let mut verify = Command::new(PROGRAM);
        verify.arg("verify").env("DIWAN_DATA", &place.data).env("DIWAN_DATABASE_URL", &place.database_url);
        let output = verify.output().await.expect("the program starts");
        assert!(output.status.success(), "{output:?}");
        place.clear().await;
    }
}
