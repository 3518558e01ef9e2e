//! A request that never was: the process played from its start to an end, so that whoever writes or reviews it sees
//! what it does. Pure; it writes nothing and asks no database.

use clock::Timestamp;

use super::{Expiry, Move, Party, Process, Stage};
use crate::request::Act;

/// Stages that are played before it is given up; a process that was checked ends long before.
const STAGES_PLAYED_MAX: usize = 64;
/// Working days after which the applicant of the play answers.
const APPLICANT_WORKING_DAYS: u32 = 2;
/// Working days of a desk that has no limit of its own.
const DESK_WORKING_DAYS: u32 = 1;

/// How the request of the play goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Path {
    /// Every desk goes on, in the last moment that it has.
    #[default]
    Granted,
    /// The first desk that can returns it once.
    Corrected,
    /// Whoever can refuse does.
    Refused,
    /// Where the law answers for a silent desk, the desk is silent.
    Silent,
}

impl Path {
    pub const ALL: [Path; 4] = [Path::Granted, Path::Corrected, Path::Refused, Path::Silent];

    pub fn word(self) -> &'static str {
        match self {
            Path::Granted => "granted",
            Path::Corrected => "corrected",
            Path::Refused => "refused",
            Path::Silent => "silent",
        }
    }

    pub fn named(word: &str) -> Option<Path> {
        Path::ALL.into_iter().find(|path| path.word() == word)
    }
}

/// Why the play takes a turn; its words are `process-why-<word>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No other way leads on.
    OnlyWay,
    /// Of several ways the one that goes on towards the decision and the output.
    Forward,
    /// This play returns the request once.
    Returned,
    /// This play ends in a refusal.
    Refused,
    /// Nobody acted in time, and the law answers.
    ByLaw,
    /// Nothing follows.
    End,
}

impl Why {
    pub fn word(self) -> &'static str {
        match self {
            Why::OnlyWay => "only-way",
            Why::Forward => "forward",
            Why::Returned => "returned",
            Why::Refused => "refused",
            Why::ByLaw => "by-law",
            Why::End => "end",
        }
    }
}

/// Somebody who is told something during the play: by which notice, and whether it is the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub to_applicant: bool,
    pub key: &'static str,
}

/// A stay at a stage in the play.
#[derive(Clone, Copy, Debug)]
pub struct Played<'p> {
    pub stage: &'p Stage,
    /// What is done there; nothing at an end.
    pub act: Option<Act>,
    /// Whether the law answers, because nobody did.
    pub by_law: bool,
    pub why: Why,
    /// Working days that it took, where somebody had to act.
    pub days: Option<u32>,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Process {
    /// Plays the process; `due` counts working days in the calendar of whoever acts.
    pub fn play(
        &self,
        path: Path,
        applicant_days: Option<u32>,
        start: Timestamp,
        due: impl Fn(&Party, Timestamp, u32) -> Timestamp,
    ) -> Vec<Played<'_>> {
        let (mut played, mut at, mut here) = (Vec::new(), start, self.start());
        while let Some(stage) = here.filter(|_| played.len() < STAGES_PLAYED_MAX) {
            let returned = played.iter().any(|past: &Played| past.act == Some(Act::SendBack));
            let next = stage.next(path, returned);
            let days = match (&stage.party, &next) {
                (Party::System, _) => None,
                (_, Next { days: Some(days), .. }) => Some(*days),
                (Party::Applicant, _) => Some(applicant_days.unwrap_or(APPLICANT_WORKING_DAYS)),
                _ => Some(stage.working_days.unwrap_or(DESK_WORKING_DAYS)),
            };
            let until = days.filter(|_| next.act.is_some()).map_or(at, |days| due(&stage.party, at, days));
            let (act, by_law, why) = (next.act, next.days.is_some(), next.why);
            played.push(Played { stage, act, by_law, why, days, from: at, until });
            at = until;
            here = next.to.and_then(|to| self.stage(to));
        }
        played
    }
}

struct Next<'s> {
    act: Option<Act>,
    to: Option<&'s str>,
    /// The days after which the law answers, where it does.
    days: Option<u32>,
    why: Why,
}

impl Played<'_> {
    /// Who is told what during this stay; the confirmation of the delivery comes before the first.
    pub fn notices(&self) -> Vec<Notice> {
        let applicant = |key| Notice { to_applicant: true, key };
        let desk = |key| Notice { to_applicant: false, key };
        let is_applicant = self.stage.party == Party::Applicant;
        let took = self.days.unwrap_or_default();
        let mut told = Vec::new();
        if self.stage.working_days.is_some() && self.stage.party.role().is_some() {
            told.push(desk("timer-remind"));
        }
        match &self.stage.expiry {
            Some(Expiry::Remind { after_working_days }) if took > *after_working_days => {
                told.push(if is_applicant { applicant("request-remind") } else { desk("timer-remind") });
            }
            Some(Expiry::Escalate { after_working_days, .. }) if took > *after_working_days => {
                told.push(desk("timer-escalated"));
            }
            _ => {}
        }
        told.extend(match self.act {
            Some(Act::SendBack) => Some(applicant("request-returned")),
            Some(Act::Refuse) => Some(applicant("request-refused")),
            Some(Act::Issue) => Some(applicant("request-completed")),
            _ => None,
        });
        told
    }
}

impl Stage {
    fn next(&self, path: Path, returned: bool) -> Next<'_> {
        if let (Path::Silent, Some(Expiry::Act { after_working_days, act, to })) = (path, &self.expiry) {
            let days = Some(*after_working_days);
            return Next { act: Some(*act), to: Some(to), days, why: Why::ByLaw };
        }
        let first: &[Act] = match path {
            Path::Corrected if !returned => &[Act::SendBack],
            Path::Refused => &[Act::Refuse],
            _ => &[],
        };
        let then = [Act::Verify, Act::PassOn, Act::Approve, Act::Resubmit, Act::Issue];
        let mut ways = first.iter().chain(&then).filter_map(|act| self.way(*act));
        let way = ways.next();
        let why = match way.map(|way| way.act) {
            None => Why::End,
            Some(Act::SendBack) if path == Path::Corrected => Why::Returned,
            Some(Act::Refuse) if path == Path::Refused => Why::Refused,
            Some(_) if self.moves.len() == 1 => Why::OnlyWay,
            Some(_) => Why::Forward,
        };
        Next { act: way.map(|way| way.act), to: way.map(|way| way.to.as_str()), days: None, why }
    }

    fn way(&self, act: Act) -> Option<&Move> {
        self.moves.iter().find(|way| way.act == act)
    }
}
