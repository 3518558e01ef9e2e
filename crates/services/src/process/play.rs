//! A play on a page: whose request, how it goes, and what becomes of it at each stage; of a version that was submitted and
//! of a draft alike.

use serde::Deserialize;
use uuid::Uuid;
use web::{
    Shell,
    components::{Choice, Field},
};

use authz::Failure;

use super::{
    Process,
    page::act_word,
    people::{self, SamplePerson},
    show::{Scene, party_words},
    simulate,
};
use crate::{Services, entry::Card, request::page::words};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlayAsked {
    /// `granted`, `corrected`, `refused` or `silent`: the request that is played.
    pub path: Option<String>,
    /// The sample person whose request it is.
    pub person: Option<String>,
}

/// What is played.
#[derive(Clone, Copy)]
pub(crate) struct Playing<'p> {
    pub card: &'p Card,
    pub process: &'p Process,
    /// The providing body.
    pub body: Uuid,
}

/// A stay of the played request.
pub(crate) struct SceneLine {
    pub title: String,
    pub who: String,
    pub act: String,
    pub why: String,
    pub notices: Vec<String>,
    /// From when to when, or when it ended.
    pub when: String,
    pub seen: String,
    pub signal: &'static str,
}

pub(crate) struct Play {
    pub path_field: Field,
    pub person_field: Field,
    /// What the door asked the sample person, each with whether it let them on.
    pub door: Vec<(String, bool)>,
    pub scenes: Vec<SceneLine>,
}

impl Services {
    pub(crate) async fn play_of(
        &self,
        shell: &Shell,
        playing: Playing<'_>,
        asked: &PlayAsked,
    ) -> Result<Play, Failure> {
        let path = asked.path.as_deref().and_then(simulate::Path::named);
        let person = asked.person.as_deref().and_then(people::find);
        let mut play = Play {
            path_field: path_field(shell, path.unwrap_or_default()),
            person_field: person_field(shell, person),
            door: Vec::new(),
            scenes: Vec::new(),
        };
        if let Some(path) = path.filter(|_| !playing.process.stages.is_empty()) {
            play.door = person.map(|person| door_lines(shell, person, playing.card)).unwrap_or_default();
            let scenes = self.played(playing, path, person).await?;
            play.scenes = scenes.iter().map(|scene| self.scene_line(shell, scene)).collect();
        }
        Ok(play)
    }

    fn scene_line(&self, shell: &Shell, scene: &Scene) -> SceneLine {
        let act = scene.act.map(|act| act_word(shell, act)).unwrap_or_default();
        let names: Vec<&str> = scene.who.iter().map(|name| shell.text(name)).collect();
        let holder = party_words(self, &scene.stage, shell.lang);
        let is_end = scene.stage.is_end();
        let (from, until) = (shell.moment(scene.from), shell.moment(scene.until));
        SceneLine {
            title: shell.text(&scene.stage.title).to_owned(),
            who: if names.is_empty() {
                holder
            } else {
                format!("{holder}: {}", names.join(shell.lang.comma()))
            },
            why: shell.t(&format!("process-why-{}", scene.why.word())),
            notices: notice_lines(shell, &scene.notices, &holder_of(shell, scene)),
            act: if scene.by_law { shell.t1("process-by-law", "act", act) } else { act },
            when: if is_end { from } else { shell.t2("process-from-until", "from", from, "until", until) },
            seen: words::state_word(shell, scene.stage.state),
            signal: words::signal(scene.stage.state),
        }
    }
}

fn path_field(shell: &Shell, chosen: simulate::Path) -> Field {
    let choices = simulate::Path::ALL
        .into_iter()
        .map(|path| Choice::new(path.word(), shell.t(&format!("process-path-{}", path.word()))));
    Field::select(shell, "path", shell.t("process-path"), choices.collect()).value(chosen.word())
}

fn person_field(shell: &Shell, chosen: Option<&SamplePerson>) -> Field {
    let choices = people::all().iter().map(|person| {
        let label =
            shell.t2("process-person", "name", shell.text(&person.name), "told", shell.text(&person.told));
        Choice::new(person.id.as_str(), label)
    });
    let field = Field::select(shell, "person", shell.t("process-play-person"), choices.collect());
    field.optional().value(chosen.map(|person| person.id.as_str()).unwrap_or_default())
}

fn door_lines(shell: &Shell, person: &SamplePerson, card: &Card) -> Vec<(String, bool)> {
    let line = |asked: people::Answered| match asked.refusal {
        None => (shell.t(&format!("process-door-{}", asked.question)), true),
        Some(refusal) => (shell.refusal(&refusal), false),
    };
    person.at_the_door(card).into_iter().map(line).collect()
}

/// Who holds the request at a scene, as its applicant reads it.
fn holder_of(shell: &Shell, scene: &Scene) -> String {
    shell.text(&scene.stage.holder).to_owned()
}

fn notice_lines(shell: &Shell, notices: &[simulate::Notice], holder: &str) -> Vec<String> {
    let line = |notice: &simulate::Notice| {
        let who = if notice.to_applicant { shell.t("process-edit-applicant") } else { holder.to_owned() };
        let what = shell.t(&format!("notice-{}-name", notice.key));
        shell.t2("process-told", "who", who, "what", what)
    };
    notices.iter().map(line).collect()
}
