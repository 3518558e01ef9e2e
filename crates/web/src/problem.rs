//! A refusal as a program reads it (RFC 9457).

use serde::Serialize;
use utoipa::ToSchema;

/// One thing that is wrong, tied to what was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as a path with dots: `answers.city`.
    #[schema(example = "answers.city")]
    pub field: String,
    /// Stable word for programs.
    #[schema(example = "required")]
    pub code: String,
    /// What the rule needs: a limit, a name.
    pub detail: String,
    /// The same as a sentence in the caller's language.
    pub message: String,
}

/// The body of every answer that is not a success, as `application/problem+json`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Address of the explanation of this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "https://services.example/problems/request.incomplete")]
    pub kind: String,
    /// The refusal as a sentence in the caller's language.
    pub title: String,
    #[schema(example = 422)]
    pub status: u16,
    /// Stable, of the form `module.reason`.
    #[schema(example = "request.incomplete")]
    pub code: String,
    /// What to do about it.
    pub detail: String,
    /// The controls that command the refusal.
    #[schema(example = json!(["LY-SVC-13.4"]))]
    pub controls: Vec<String>,
    pub errors: Vec<FieldProblem>,
    /// The number of the incident, or of the call: quote it when you ask for help.
    pub instance: String,
}
