//! What may be done to bodies, each as the one act that page and call share.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use compliance::Door;
use language::Text;
use organisations::{
    AddUnit, Body, BodyKind, COMPETENT_ADMINISTRATION, ChangeBody, CloseBody, EndFunction, GiveFunction,
    HELD_BY_UNITS, HELD_ONCE, HandOverFunction, MarkSensitive, RegisterBody,
};
use serde::{Deserialize, Serialize};
use store::{OnceKey, Verb};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Bodies,
    authority::{About, Made, Permitted},
};

const NAME_CHARACTERS_MAX: usize = 200;
const SENTENCE_CHARACTERS_MAX: usize = 1_000;
const SLUG_CHARACTERS_MAX: usize = 60;
/// Words after `/desk/bodies/` that lead elsewhere.
const TAKEN_SLUGS: [&str; 3] = ["new", "export", "import"];

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "org.incomplete", &["LY-SVC-1.05"]);
const FUNCTION_UNKNOWN: Refusal = Refusal::new(Kind::Invalid, "org.function_unknown", &["LY-SVC-1.02"]);
/// The state is never without it: it goes from one body to another, and nowhere else.
const FUNCTION_NEEDED: Refusal = Refusal::new(Kind::Conflict, "org.function_needed", &["LY-SVC-1.02"]);
const REASON_MISSING: Refusal = Refusal::new(Kind::Invalid, "org.reason_missing", &[]);

/// What is on record of a body, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BodyWish {
    /// Stable and readable, in small Latin letters, digits and hyphens: `civil-registry`. It never changes.
    pub slug: String,
    /// `ministry`, `authority`, `public_institution`, `national_centre`, `municipality`, `independent` or `mission`.
    pub kind: String,
    /// The slug of the body above it; empty for none.
    pub parent: String,
    pub name_ar: String,
    pub name_en: String,
    pub short_ar: String,
    pub short_en: String,
    pub mandate_ar: String,
    pub mandate_en: String,
    pub city_ar: String,
    pub city_en: String,
    pub phone: String,
    /// Why it is changed; empty when it is new.
    pub reason: String,
}

impl BodyWish {
    pub(crate) fn of(body: &Body, parent: &str) -> BodyWish {
        BodyWish {
            slug: body.slug.clone(),
            kind: body.kind.word().to_owned(),
            parent: parent.to_owned(),
            name_ar: body.name.ar.clone(),
            name_en: body.name.en.clone(),
            short_ar: body.short.ar.clone(),
            short_en: body.short.en.clone(),
            mandate_ar: body.mandate.ar.clone(),
            mandate_en: body.mandate.en.clone(),
            city_ar: body.city.ar.clone(),
            city_en: body.city.en.clone(),
            phone: body.phone.clone(),
            reason: String::new(),
        }
    }

    /// Everything that is missing at once, but for the kind, whose refusal is its own.
    fn check(&self, is_new: bool) -> Result<(), Refusal> {
        let mut refusal = INCOMPLETE;
        let slug_fits = self.slug.len() <= SLUG_CHARACTERS_MAX
            && self.slug.starts_with(|first: char| first.is_ascii_lowercase())
            && self.slug.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
            && !TAKEN_SLUGS.contains(&self.slug.as_str());
        if is_new && !slug_fits {
            refusal = refusal.with_item("slug", "slug", "");
        }
        let needed = [
            ("name_ar", &self.name_ar, NAME_CHARACTERS_MAX, true),
            ("name_en", &self.name_en, NAME_CHARACTERS_MAX, true),
            ("short_ar", &self.short_ar, NAME_CHARACTERS_MAX, false),
            ("short_en", &self.short_en, NAME_CHARACTERS_MAX, false),
            ("mandate_ar", &self.mandate_ar, SENTENCE_CHARACTERS_MAX, false),
            ("mandate_en", &self.mandate_en, SENTENCE_CHARACTERS_MAX, false),
            ("city_ar", &self.city_ar, NAME_CHARACTERS_MAX, false),
            ("city_en", &self.city_en, NAME_CHARACTERS_MAX, false),
            ("phone", &self.phone, NAME_CHARACTERS_MAX, false),
            ("reason", &self.reason, SENTENCE_CHARACTERS_MAX, !is_new),
        ];
        for (field, typed, longest, is_needed) in needed {
            if is_needed && typed.trim().is_empty() {
                refusal = refusal.with_item(field, "required", "");
            }
            if typed.chars().count() > longest {
                refusal = refusal.with_item(field, "too_long", &longest.to_string());
            }
        }
        if refusal.items.is_empty() { Ok(()) } else { Err(refusal) }
    }

    fn name(&self) -> Text {
        text(&self.name_ar, &self.name_en)
    }

    /// Where nothing shorter was typed the name is short enough.
    fn short(&self) -> Text {
        let or = |short: &str, name: &str| {
            if short.trim().is_empty() { name.to_owned() } else { short.to_owned() }
        };
        text(&or(&self.short_ar, &self.name_ar), &or(&self.short_en, &self.name_en))
    }
}

fn text(ar: &str, en: &str) -> Text {
    Text::new(ar.trim(), en.trim())
}

/// A function for a body, as it was asked.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FunctionWish {
    /// One of the whole state (`competent_administration`, `supervising_body`, `implementing_body`,
    /// `information_security_authority`, `foreign_affairs`) or one that every body may have (`information_security`,
    /// `communication`, `social_media`, `technical_support`, `personnel`).
    pub function: String,
    /// The unit of the body that sees to it, by its slug; empty for the body as a whole.
    pub unit: String,
    /// Takes it from the body that holds it, in the same act.
    pub hand_over: bool,
    /// The decree or the reason.
    pub reason: String,
}

/// A unit for a body, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitWish {
    pub slug: String,
    pub parent: String,
    pub name_ar: String,
    pub name_en: String,
}

impl Bodies {
    /// One act of `organisations` under one permission.
    async fn order<V>(
        &self,
        actor: &Actor,
        subject: &str,
        (act, about): (&'static str, About),
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure>
    where
        V: Verb<Error = Failure, Answer: Made>,
    {
        let verb = Permitted { acting: self.acting(actor), act, about, verb };
        self.kernel.carry_out(actor, subject, verb, key).await
    }

    pub(crate) async fn register(
        &self,
        actor: &Actor,
        wish: &BodyWish,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let sql = self.kernel.store.read();
        let kind = BodyKind::named(&wish.kind);
        // Who may not register at all is told so before anything else is asked of them.
        self.acting(actor).check(&sql, "order_state", &About::default()).await?;
        if kind.is_some() {
            wish.check(true)?;
        }
        let verb = RegisterBody {
            actor: Some(actor.person),
            at: self.kernel.clock.now(),
            slug: wish.slug.trim().to_owned(),
            kind,
            parent: self.body_named(&wish.parent, "parent").await?,
            name: wish.name(),
            short: wish.short(),
            mandate: text(&wish.mandate_ar, &wish.mandate_en),
            functions: Vec::new(),
            city: text(&wish.city_ar, &wish.city_en),
            phone: wish.phone.trim().to_owned(),
        };
        self.order(actor, "bodies", ("order_state", About::default()), verb, key).await
    }

    /// Names and contact are changed by the body's keepers, what it is and where it stands by the administration.
    pub(crate) async fn change(&self, actor: &Actor, body: &Body, wish: &BodyWish) -> Result<Uuid, Failure> {
        let (kind, parent) = (BodyKind::named(&wish.kind), self.body_named(&wish.parent, "parent").await?);
        let moves = kind != Some(body.kind) || parent != body.parent;
        let act = if moves { "order_state" } else { "keep_body" };
        wish.check(false)?;
        let verb = ChangeBody {
            actor: Some(actor.person),
            at: self.kernel.clock.now(),
            body: body.id,
            kind,
            parent,
            name: wish.name(),
            short: wish.short(),
            mandate: text(&wish.mandate_ar, &wish.mandate_en),
            city: text(&wish.city_ar, &wish.city_en),
            phone: wish.phone.trim().to_owned(),
            reason: wish.reason.trim().to_owned(),
        };
        self.order(actor, &subject(body), (act, About::body(body.id)), verb, None).await
    }

    pub(crate) async fn close(
        &self,
        actor: &Actor,
        body: &Body,
        successor: &str,
        decree: &str,
    ) -> Result<Uuid, Failure> {
        if decree.is_empty() {
            return Err(REASON_MISSING.with_item("decree", "required", "").into());
        }
        let verb = CloseBody {
            actor: Some(actor.person),
            at: self.kernel.clock.now(),
            body: body.id,
            successor: self.body_named(successor, "successor").await?,
            decree: decree.to_owned(),
        };
        self.order(actor, &subject(body), ("order_state", About::body(body.id)), verb, None).await
    }

    /// A function of the whole state is given by the administration, one of a body's own by its keepers.
    pub(crate) async fn give(
        &self,
        actor: &Actor,
        body: &Body,
        wish: &FunctionWish,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let function = wish.function.trim().to_owned();
        let once = HELD_ONCE.contains(&function.as_str());
        let act = if once { "order_state" } else { "keep_body" };
        let (subject, about) = (subject(body), About::body(body.id));
        self.acting(actor).check(&self.kernel.store.read(), act, &about).await?;
        if !once && !HELD_BY_UNITS.contains(&function.as_str()) {
            return Err(FUNCTION_UNKNOWN.with_item("function", "choice", "").into());
        }
        let (by, at) = (Some(actor.person), self.kernel.clock.now());
        if once && wish.hand_over {
            let reason = wish.reason.trim().to_owned();
            if reason.is_empty() {
                return Err(REASON_MISSING.with_item("reason", "required", "").into());
            }
            let verb = HandOverFunction { actor: by, at, function, to: body.id, reason };
            return self.order(actor, &subject, (act, about), verb, key).await;
        }
        let unit = self.unit_named(body, &wish.unit, "unit").await?;
        let verb = GiveFunction { actor: by, at, body: body.id, unit, function };
        self.order(actor, &subject, (act, about), verb, key).await
    }

    pub(crate) async fn end_function(
        &self,
        actor: &Actor,
        body: &Body,
        function: &str,
    ) -> Result<Uuid, Failure> {
        let act = if HELD_ONCE.contains(&function) { "order_state" } else { "keep_body" };
        self.acting(actor).check(&self.kernel.store.read(), act, &About::body(body.id)).await?;
        if function == COMPETENT_ADMINISTRATION {
            return Err(FUNCTION_NEEDED.into());
        }
        let verb = EndFunction {
            actor: Some(actor.person),
            at: self.kernel.clock.now(),
            body: body.id,
            function: function.to_owned(),
            reason: String::new(),
        };
        self.order(actor, &subject(body), (act, About::body(body.id)), verb, None).await
    }

    pub(crate) async fn add_unit(
        &self,
        actor: &Actor,
        body: &Body,
        wish: &UnitWish,
    ) -> Result<Uuid, Failure> {
        let as_body = BodyWish {
            slug: wish.slug.clone(),
            name_ar: wish.name_ar.clone(),
            name_en: wish.name_en.clone(),
            ..BodyWish::default()
        };
        as_body.check(true)?;
        let verb = AddUnit {
            actor: Some(actor.person),
            at: self.kernel.clock.now(),
            body: body.id,
            slug: wish.slug.clone(),
            name: as_body.name(),
            parent: self.unit_named(body, &wish.parent, "parent").await?,
        };
        self.order(actor, &subject(body), ("keep_body", About::body(body.id)), verb, None).await
    }

    /// Marks a unit from a moment on, or takes the mark away.
    pub(crate) async fn mark_sensitive(
        &self,
        actor: &Actor,
        body: &Body,
        (unit, from): (Uuid, Option<Timestamp>),
        reason: &str,
    ) -> Result<Uuid, Failure> {
        let (by, at) = (Some(actor.person), self.kernel.clock.now());
        let verb = MarkSensitive { actor: by, at, unit, from, reason: reason.to_owned() };
        self.order(actor, &subject(body), ("keep_body", About::body(body.id)), verb, None).await
    }

    /// The body of this slug; nothing for an empty word.
    async fn body_named(&self, slug: &str, field: &str) -> Result<Option<Uuid>, Failure> {
        if slug.trim().is_empty() {
            return Ok(None);
        }
        let found = organisations::body_by_slug(&self.kernel.store.read(), slug.trim()).await?;
        let found = found.ok_or_else(|| INCOMPLETE.with_item(field, "choice", ""))?;
        Ok(Some(found.id))
    }

    pub(crate) async fn unit_named(
        &self,
        body: &Body,
        slug: &str,
        field: &str,
    ) -> Result<Option<Uuid>, Failure> {
        if slug.trim().is_empty() {
            return Ok(None);
        }
        let units = organisations::units(&self.kernel.store.read(), body.id).await?;
        let found = units.into_iter().find(|unit| unit.slug == slug.trim());
        let found = found.ok_or_else(|| INCOMPLETE.with_item(field, "choice", ""))?;
        Ok(Some(found.id))
    }
}

pub(crate) fn subject(body: &Body) -> String {
    format!("body/{}", body.id)
}
