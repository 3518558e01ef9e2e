//! One question of a form: label, hint, error and the legal ground for asking, tied together for every reader.

use std::fmt::Write;

use askama::{Template, filters::HtmlSafe};

use crate::{Fault, Shell};

/// Lines of a text area when the caller does not say.
const AREA_ROWS: u8 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Email,
    Telephone,
    Number,
    Password,
    Date,
    File,
    Area,
    Select,
    Radios,
    Checkboxes,
    Tick,
}

/// One answer of a select, a group of radios or of checkboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: String::new() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
}

/// A field. Required unless it is told to be optional. Its id is its name, so that an error can lead to it.
#[derive(Clone, Debug, Template)]
#[template(path = "components/field/field.html")]
pub struct Field {
    kind: Kind,
    id: String,
    name: String,
    label: String,
    hint: String,
    fault: String,
    value: String,
    choices: Vec<Choice>,
    required: bool,
    rows: u8,
    basis_text: String,
    basis_href: String,
    more: String,
    width: &'static str,
    optional_word: String,
    choose_word: String,
    basis_word: String,
    fault_word: String,
}

impl HtmlSafe for Field {}

/// Gives each fault the label of its field, so that the summary says which field it means.
pub fn named(mut faults: Vec<Fault>, fields: &[Field]) -> Vec<Fault> {
    for fault in &mut faults {
        if let Some(field) = fields.iter().find(|field| field.name == fault.field) {
            fault.label = field.label.clone();
        }
    }
    faults
}

impl Field {
    fn new(shell: &Shell, kind: Kind, name: &str, label: impl Into<String>) -> Field {
        Field {
            kind,
            id: name.to_owned(),
            name: name.to_owned(),
            label: label.into(),
            hint: String::new(),
            fault: String::new(),
            value: String::new(),
            choices: Vec::new(),
            required: true,
            rows: AREA_ROWS,
            basis_text: String::new(),
            basis_href: String::new(),
            more: String::new(),
            width: "",
            optional_word: shell.t("web-optional"),
            choose_word: shell.t("web-choose"),
            basis_word: shell.t("web-legal-basis"),
            fault_word: shell.t("web-fault"),
        }
    }

    pub fn text(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Text, name, label)
    }

    pub fn email(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Email, name, label).autocomplete("email")
    }

    pub fn telephone(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Telephone, name, label).autocomplete("tel").short()
    }

    /// A number that is counted or measured; digits of either script are taken, so it is a text to the browser.
    pub fn number(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Number, name, label).short()
    }

    pub fn password(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Password, name, label)
    }

    /// Sent as `2026-03-01`, whatever the browser shows.
    pub fn date(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Date, name, label).short()
    }

    /// `accept` as the attribute takes it: `.pdf,image/png`.
    pub fn file(shell: &Shell, name: &str, label: impl Into<String>, accept: &str) -> Field {
        Field::new(shell, Kind::File, name, label).attribute("accept", accept)
    }

    pub fn area(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Area, name, label)
    }

    pub fn select(shell: &Shell, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..Field::new(shell, Kind::Select, name, label) }
    }

    pub fn radios(shell: &Shell, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..Field::new(shell, Kind::Radios, name, label) }
    }

    /// Several answers; the value is those that are ticked, each on its own line.
    pub fn checkboxes(shell: &Shell, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..Field::new(shell, Kind::Checkboxes, name, label) }
    }

    /// One box: a declaration, a consent.
    pub fn tick(shell: &Shell, name: &str, label: impl Into<String>) -> Field {
        Field::new(shell, Kind::Tick, name, label)
    }

    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = hint.into();
        self
    }

    pub fn optional(mut self) -> Field {
        self.required = false;
        self
    }

    /// The article that permits the question.
    pub fn basis(mut self, text: impl Into<String>, href: impl Into<String>) -> Field {
        (self.basis_text, self.basis_href) = (text.into(), href.into());
        self
    }

    /// The fault of this field among those of a refusal, if it has one.
    pub fn faults(mut self, faults: &[Fault]) -> Field {
        if let Some(fault) = faults.iter().find(|fault| fault.field == self.name) {
            self.fault = fault.message.clone();
        }
        self
    }

    pub fn fault(mut self, fault: impl Into<String>) -> Field {
        self.fault = fault.into();
        self
    }

    pub fn autocomplete(self, token: &str) -> Field {
        self.attribute("autocomplete", token)
    }

    /// A known attribute of the control: `maxlength`, `min`, `inputmode`, `hx-post` …
    pub fn attribute(mut self, name: &'static str, value: &str) -> Field {
        let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        self.more.push_str(&format!(" {name}=\"{value}\""));
        self
    }

    pub fn rows(mut self, rows: u8) -> Field {
        self.rows = rows;
        self
    }

    /// As wide as its answer: a date, a telephone number, a short code.
    pub fn short(mut self) -> Field {
        self.width = "short";
        self
    }

    /// What a select says while nothing is chosen, where that is an answer of its own: all of them, none of them.
    pub fn blank(mut self, words: impl Into<String>) -> Field {
        self.choose_word = words.into();
        self
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Radios | Kind::Checkboxes)
    }

    fn is_tick(&self) -> bool {
        self.kind == Kind::Tick
    }

    fn is_area(&self) -> bool {
        self.kind == Kind::Area
    }

    fn is_select(&self) -> bool {
        self.kind == Kind::Select
    }

    fn is_file(&self) -> bool {
        self.kind == Kind::File
    }

    fn has_error(&self) -> bool {
        !self.fault.is_empty()
    }

    fn group_type(&self) -> &'static str {
        if self.kind == Kind::Radios { "radio" } else { "checkbox" }
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Telephone => "tel",
            Kind::Password => "password",
            Kind::Date => "date",
            Kind::File => "file",
            _ => "text",
        }
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        match self.kind {
            Kind::Checkboxes => self.value.lines().any(|line| line == choice.value),
            _ => !choice.value.is_empty() && self.value == choice.value,
        }
    }

    /// The ids of what explains the field, in reading order.
    fn described(&self) -> String {
        let parts = [(&self.hint, "hint"), (&self.basis_text, "basis"), (&self.fault, "fault")];
        let ids = parts.iter().filter(|(text, _)| !text.is_empty());
        ids.map(|(_, part)| format!("{}-{part}", self.id)).collect::<Vec<_>>().join(" ")
    }

    /// Everything of the control that is not its type, id, name and value.
    fn attributes(&self) -> String {
        let mut out = String::new();
        let direction = match self.kind {
            Kind::Text | Kind::Number => " dir=\"auto\"",
            Kind::Email | Kind::Telephone | Kind::Password => " dir=\"ltr\"",
            _ => "",
        };
        out.push_str(direction);
        if self.kind == Kind::Number {
            out.push_str(" inputmode=\"decimal\"");
        }
        if !self.width.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, " class=\"{}\"", self.width);
        }
        if self.required {
            out.push_str(" required");
        }
        if self.has_error() {
            out.push_str(" aria-invalid=\"true\"");
        }
        let described = self.described();
        if !described.is_empty() {
            let _ = write!(out, " aria-describedby=\"{described}\"");
        }
        out.push_str(&self.more);
        out
    }
}
