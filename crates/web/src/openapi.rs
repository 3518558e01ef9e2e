//! What every description of a call says about its refusals.

use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response::Response as Described},
};

use crate::Problem;

/// The refusals that any call may meet, for `responses(web::openapi::Refusals)` in `#[utoipa::path]`.
pub struct Refusals;

const REFUSALS: [(&str, &str); 11] = [
    ("400", "The body cannot be read"),
    ("401", "Nobody is signed in, or not surely enough"),
    ("403", "Known, but not allowed"),
    ("404", "Not there, or not yours to know"),
    ("409", "The wrong state, or something must come first"),
    ("413", "Larger than the limit"),
    ("415", "The body is not of the type that is described"),
    ("422", "Incomplete or invalid input; errors names each field"),
    ("429", "Too often; Retry-After says when"),
    ("500", "Ours: instance carries the incident number"),
    ("503", "A part is busy or down; Retry-After says when"),
];

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        REFUSALS.into_iter().map(|(status, why)| (status.to_owned(), RefOr::T(refusal(why)))).collect()
    }
}

fn refusal(why: &str) -> Described {
    let schema = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(why).content("application/problem+json", content).build()
}
