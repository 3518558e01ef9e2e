//! The rules of a form: read from its schema, compiled when it is parsed, run over answers.
//!
//! `x-when` shows and asks a question, a group, a column or a step only if; `x-calculate` computes instead of asking;
//! `x-check` says what must fit together, with the sentence for whoever filled it in. `rules::Program` runs here and in
//! the browser alike.

use authz::{Item, Kind, Refusal};
use language::Text;
use rules::{Check, Declared, Kind as Answer, Outcome, Program, Question, Section};
use serde_json::{Map, Value};

use super::{
    Field, FieldKind, Form,
    field::{title_of, words_of},
};

/// A form's compiled rules, and the sentences of its checks.
#[derive(Debug, Default)]
pub(crate) struct Ruling {
    program: Program,
    sentences: Vec<Sentence>,
}

/// What is said when a check does not hold.
#[derive(Clone, Debug)]
struct Sentence {
    check: String,
    /// `plot`, or the column `area` of the group `floors`.
    key: String,
    column: Option<String>,
    text: Text,
}

impl Ruling {
    /// Refuses rules that do not compile, naming each.
    pub fn of(schema: &Value, fields: &[Field]) -> Result<Ruling, Refusal> {
        let properties = schema.get("properties");
        let mut declared = Declared { sections: sections(schema), ..Declared::default() };
        let mut sentences = Vec::new();
        for field in fields {
            let own = properties.and_then(|properties| properties.get(&field.key)).unwrap_or(&Value::Null);
            declared.questions.push(question(field, own));
            checks(own, &field.key, None, &mut declared.checks, &mut sentences);
            let inner = own.get("items").and_then(|items| items.get("properties"));
            for column in &field.columns {
                let own = inner.and_then(|inner| inner.get(&column.key)).unwrap_or(&Value::Null);
                checks(own, &field.key, Some(&column.key), &mut declared.checks, &mut sentences);
            }
        }
        let program = Program::compile(&declared).map_err(|problems| {
            let items = problems.into_iter().map(|problem| Item {
                field: problem.at,
                code: format!("rule_{}", problem.code.trim_start_matches("rule_")),
                detail: problem.detail,
            });
            Refusal::new(Kind::Invalid, "forms.rule_invalid", &["LY-SVC-13.2a"]).with_items(items.collect())
        })?;
        Ok(Ruling { program, sentences })
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// An item for each check that does not hold; the sentence stands in its detail, in both languages.
    pub fn said(&self, outcome: &Outcome) -> Vec<Item> {
        let sentence = |failed: &rules::Failed| {
            let sentence = self.sentences.iter().find(|sentence| sentence.check == failed.check)?;
            let field = match (&sentence.column, failed.row) {
                (Some(column), Some(row)) => format!("{}.{row}.{column}", sentence.key),
                _ => sentence.key.clone(),
            };
            let detail = serde_json::to_string(&sentence.text).ok()?;
            Some(Item { field, code: "said".into(), detail })
        };
        outcome.failed.iter().filter_map(sentence).collect()
    }

    /// The checks of a field or column, with their sentences: for the page that shows them while somebody types.
    pub fn sentences_of(&self, key: &str, column: Option<&str>) -> Vec<(&str, &Text)> {
        let own = |sentence: &&Sentence| sentence.key == key && sentence.column.as_deref() == column;
        self.sentences.iter().filter(own).map(|sentence| (sentence.check.as_str(), &sentence.text)).collect()
    }
}

impl Form {
    /// What the answers come to: without what is not asked, with what is computed.
    pub fn outcome(&self, answers: &Map<String, Value>, today: i64) -> Outcome {
        self.ruling().program().run(answers, today)
    }

    /// Answers as a page begins with them: a group that must have rows shows one, so that it can be seen what is asked.
    pub fn begun(&self, answers: &Map<String, Value>) -> Map<String, Value> {
        let mut answers = answers.clone();
        for group in self.fields().iter().filter(|field| field.kind == FieldKind::Rows && field.rows_min > 0)
        {
            answers.entry(group.key.clone()).or_insert_with(|| Value::Array(vec![Value::Object(Map::new())]));
        }
        answers
    }

    /// Answers as they are delivered: tidied, computed, and nothing in them that was not asked.
    pub fn settled(&self, answers: Value, today: i64) -> Value {
        match self.tidy(answers) {
            Value::Object(answers) => Value::Object(self.outcome(&answers, today).answers),
            other => other,
        }
    }
}

fn rule(own: &Value, name: &str) -> Option<String> {
    own.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn question(field: &Field, own: &Value) -> Question {
    let inner = own.get("items").and_then(|items| items.get("properties"));
    let column = |column: &Field| {
        question(column, inner.and_then(|inner| inner.get(&column.key)).unwrap_or(&Value::Null))
    };
    Question {
        key: field.key.clone(),
        kind: answer(field),
        when: rule(own, "x-when"),
        calculate: rule(own, "x-calculate"),
        columns: field.columns.iter().map(column).collect(),
    }
}

fn answer(field: &Field) -> Answer {
    match field.kind {
        FieldKind::Line | FieldKind::Paragraph | FieldKind::Email => Answer::Text,
        FieldKind::Date => Answer::Day,
        FieldKind::Number => Answer::Number,
        FieldKind::Whole => Answer::Whole,
        FieldKind::Truth => Answer::Truth,
        FieldKind::Choice => {
            Answer::Choice(field.choices.iter().map(|choice| choice.value.clone()).collect())
        }
        FieldKind::Rows => Answer::Rows,
    }
}

fn sections(schema: &Value) -> Vec<Section> {
    let listed = schema.get("x-steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let keys = |step: &Value| -> Vec<String> {
        let keys = step.get("properties").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        keys.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    listed
        .iter()
        .map(|step| Section {
            id: step.get("id").and_then(Value::as_str).unwrap_or("form").to_owned(),
            when: rule(step, "x-when"),
            questions: keys(step),
        })
        .collect()
}

/// One check as an object or several as a list: `{ "rule": "…", "title": "…", "x-en": { "title": "…" } }`.
fn checks(
    own: &Value,
    key: &str,
    column: Option<&str>,
    checks: &mut Vec<Check>,
    sentences: &mut Vec<Sentence>,
) {
    let listed = match own.get("x-check") {
        Some(Value::Array(listed)) => listed.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return,
    };
    for (place, check) in listed.iter().enumerate() {
        let path = column.map_or_else(|| key.to_owned(), |column| format!("{key}.{column}"));
        let id = format!("{path}.{place}");
        let expression = rule(check, "rule").unwrap_or_default();
        let group = column.map(|_| key.to_owned());
        checks.push(Check { id: id.clone(), expression, group });
        let text = words_of(check, "title").unwrap_or_else(|| title_of(own));
        let (key, column) = (key.to_owned(), column.map(str::to_owned));
        sentences.push(Sentence { check: id, key, column, text });
    }
}
