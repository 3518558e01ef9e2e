//! How a question of a form is asked on a page: the same on the way in and when it comes back to be corrected.

use language::Text;
use serde_json::Value;
use web::{Shell, components};

use super::{Field, FieldKind};

/// A line that takes no more than this many characters is shown as short as its answer.
const SHORT_CHARACTERS_MAX: u64 = 20;
/// Lines of a question that is answered in sentences.
const PARAGRAPH_ROWS: u8 = 4;

impl Field {
    /// The question with what was answered so far, even when that cannot be read yet.
    pub(crate) fn asked(&self, shell: &Shell, answer: Option<&Value>) -> components::Field {
        self.asked_at(shell, &self.key, answer, false)
    }

    /// The same at a path: in a row there is no room for radios.
    pub(crate) fn asked_at(
        &self,
        shell: &Shell,
        path: &str,
        answer: Option<&Value>,
        in_row: bool,
    ) -> components::Field {
        let label = shell.text(&self.title);
        let field = match self.kind {
            FieldKind::Paragraph => components::Field::area(shell, path, label).rows(PARAGRAPH_ROWS),
            FieldKind::Date => components::Field::date(shell, path, label),
            FieldKind::Email => components::Field::email(shell, path, label),
            FieldKind::Number | FieldKind::Whole => components::Field::number(shell, path, label),
            FieldKind::Truth if in_row => components::Field::select(shell, path, label, yes_or_no(shell)),
            FieldKind::Truth => components::Field::radios(shell, path, label, yes_or_no(shell)),
            FieldKind::Choice if self.is_radio() && !in_row => {
                components::Field::radios(shell, path, label, self.offered(shell))
            }
            FieldKind::Choice => components::Field::select(shell, path, label, self.offered(shell)),
            FieldKind::Line | FieldKind::Rows => components::Field::text(shell, path, label),
        };
        let field = self.limited(field.value(typed(answer)));
        let words =
            |text: &Option<Text>| text.as_ref().map(|text| shell.text(text).to_owned()).unwrap_or_default();
        let field = if self.is_digits { field.attribute("inputmode", "numeric") } else { field };
        let field =
            if in_row { field } else { field.hint(words(&self.hint)).basis(words(&self.legal_basis), "") };
        if self.required { field } else { field.optional() }
    }

    fn offered(&self, shell: &Shell) -> Vec<components::Choice> {
        let choices = self.choices.iter();
        choices
            .map(|choice| components::Choice::new(choice.value.clone(), shell.text(&choice.title)))
            .collect()
    }

    fn limited(&self, field: components::Field) -> components::Field {
        let typed = matches!(self.kind, FieldKind::Line | FieldKind::Paragraph);
        match self.characters_max {
            Some(max) if typed && max <= SHORT_CHARACTERS_MAX => {
                field.short().attribute("maxlength", &max.to_string())
            }
            Some(max) if typed => field.attribute("maxlength", &max.to_string()),
            _ => field,
        }
    }
}

/// A question with yes or no has both as answers: an empty box would answer for whoever overlooked it.
fn yes_or_no(shell: &Shell) -> Vec<components::Choice> {
    vec![
        components::Choice::new("true", shell.t("form-yes")),
        components::Choice::new("false", shell.t("form-no")),
    ]
}

/// An answer as it stands in its box.
fn typed(answer: Option<&Value>) -> String {
    match answer {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(word)) => word.clone(),
        Some(other) => other.to_string(),
    }
}
