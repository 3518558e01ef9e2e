//! A page as an answer.

use askama::Template;
use authz::Kind;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{Error, error::status_of};

/// Renders its template. For another status than 200 there is [`stay`].
pub struct Page<T: Template>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

/// The page that somebody stays on, with everything that they typed: under the status of what was refused, or plainly
/// when nothing was.
pub fn stay<T: Template>(refused: impl Into<Option<Kind>>, page: T) -> Response {
    let status = refused.into().map_or(StatusCode::OK, status_of);
    (status, Page(page)).into_response()
}

/// After a POST that did its work: reloading the next page repeats nothing.
pub fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(error) => Error::from(error).into_response(),
    }
}
