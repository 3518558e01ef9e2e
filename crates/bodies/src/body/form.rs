//! The fields of a body, new or changed.

use organisations::{Body, BodyKind};
use web::{
    Shell,
    components::{Choice, Field},
};

use super::{act::BodyWish, kind_word};
use crate::section::Typed;

impl BodyWish {
    /// What was typed, over what is on record.
    pub(super) fn typed(typed: &Typed, known: &BodyWish) -> BodyWish {
        BodyWish {
            slug: typed.or("slug", &known.slug),
            kind: typed.or("kind", &known.kind),
            parent: typed.or("parent", &known.parent),
            name_ar: typed.or("name_ar", &known.name_ar),
            name_en: typed.or("name_en", &known.name_en),
            short_ar: typed.or("short_ar", &known.short_ar),
            short_en: typed.or("short_en", &known.short_en),
            mandate_ar: typed.or("mandate_ar", &known.mandate_ar),
            mandate_en: typed.or("mandate_en", &known.mandate_en),
            city_ar: typed.or("city_ar", &known.city_ar),
            city_en: typed.or("city_en", &known.city_en),
            phone: typed.or("phone", &known.phone),
            reason: typed.or("reason", &known.reason),
        }
    }

    /// `above` are the bodies that it may stand below; without them kind and place are not offered.
    pub(super) fn fields(&self, shell: &Shell, above: Option<&[Body]>, is_new: bool) -> Vec<Field> {
        let mut fields = Vec::new();
        if is_new {
            fields.push(
                Field::text(shell, "slug", shell.t("bodies-slug"))
                    .hint(shell.t("bodies-slug-hint"))
                    .attribute("dir", "ltr")
                    .value(&self.slug),
            );
        }
        if let Some(above) = above {
            let kinds = BodyKind::ALL.map(|kind| Choice::new(kind.word(), kind_word(shell, kind)));
            fields.push(
                Field::select(shell, "kind", shell.t("bodies-kind"), kinds.to_vec())
                    .basis("LY-SVC-1.05", "/controls/LY-SVC-1.05")
                    .value(&self.kind),
            );
            fields.push(
                Field::select(shell, "parent", shell.t("bodies-parent"), body_choices(shell, above))
                    .blank(shell.t("bodies-parent-none"))
                    .optional()
                    .value(&self.parent),
            );
        }
        let line = |name: &str, value: &str| {
            let field = Field::text(shell, name, shell.t(&format!("bodies-{}", name.replace('_', "-"))));
            let dir = if name.ends_with("_en") { "ltr" } else { "auto" };
            field.attribute("dir", dir).value(value)
        };
        fields.push(line("name_ar", &self.name_ar));
        fields.push(line("name_en", &self.name_en));
        for (name, value) in [
            ("short_ar", &self.short_ar),
            ("short_en", &self.short_en),
            ("mandate_ar", &self.mandate_ar),
            ("mandate_en", &self.mandate_en),
            ("city_ar", &self.city_ar),
            ("city_en", &self.city_en),
            ("phone", &self.phone),
        ] {
            fields.push(line(name, value).optional());
        }
        if !is_new {
            let reason = Field::text(shell, "reason", shell.t("bodies-reason"));
            fields.push(reason.hint(shell.t("bodies-reason-hint")).value(&self.reason));
        }
        fields
    }
}

/// Bodies that exist, to choose one.
pub(super) fn body_choices(shell: &Shell, bodies: &[Body]) -> Vec<Choice> {
    let open = bodies.iter().filter(|body| body.closed_at.is_none());
    open.map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect()
}
