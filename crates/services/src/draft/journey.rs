//! The way through a request: for whom, the steps of the form, the documents, the summary. Pure.

use crate::form::Step;

/// A page of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// For whom the request is: asked only of those who have a choice.
    Whom,
    /// A step of the form, by its place.
    Form(usize),
    Documents,
    Summary,
}

/// Addresses that are no steps of a form.
const RESERVED: [&str; 7] = ["for-whom", "documents", "summary", "sent", "keep", "discard", "later"];

#[derive(Clone, Debug)]
pub(crate) struct Journey {
    stops: Vec<(Stop, String)>,
}

impl Journey {
    pub fn of(
        steps: &[Step],
        left_out: impl Fn(&str) -> bool,
        asks_whom: bool,
        asks_documents: bool,
    ) -> Journey {
        let mut stops = Vec::with_capacity(steps.len() + 3);
        if asks_whom {
            stops.push((Stop::Whom, "for-whom".to_owned()));
        }
        let forms = steps.iter().enumerate().filter(|(_, step)| !left_out(&step.id));
        stops.extend(forms.map(|(place, step)| (Stop::Form(place), address_of(place, &step.id))));
        if asks_documents {
            stops.push((Stop::Documents, "documents".to_owned()));
        }
        stops.push((Stop::Summary, "summary".to_owned()));
        Journey { stops }
    }

    pub fn first(&self) -> Stop {
        self.stops.first().map_or(Stop::Summary, |(stop, _)| *stop)
    }

    /// The step of the form at an address.
    pub fn form_at(&self, address: &str) -> Option<usize> {
        self.stops.iter().find_map(|(stop, known)| match stop {
            Stop::Form(place) if known == address => Some(*place),
            _ => None,
        })
    }

    pub fn address(&self, stop: Stop) -> &str {
        self.stops.get(self.place(stop)).map_or("summary", |(_, address)| address)
    }

    pub fn after(&self, stop: Stop) -> Stop {
        self.stops.get(self.place(stop) + 1).map_or(Stop::Summary, |(stop, _)| *stop)
    }

    pub fn before(&self, stop: Stop) -> Option<Stop> {
        let place = self.place(stop).checked_sub(1)?;
        self.stops.get(place).map(|(stop, _)| *stop)
    }

    /// Counted from one, as people count steps.
    pub fn number(&self, stop: Stop) -> usize {
        self.place(stop) + 1
    }

    pub fn stops(&self) -> impl Iterator<Item = Stop> {
        self.stops.iter().map(|(stop, _)| *stop)
    }

    fn place(&self, stop: Stop) -> usize {
        self.stops.iter().position(|(known, _)| *known == stop).unwrap_or(0)
    }
}

/// A step keeps its own name in the address, unless the name is taken or would not stand in an address.
fn address_of(place: usize, id: &str) -> String {
    let readable = id.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    match readable && !id.is_empty() && !RESERVED.contains(&id) {
        true => id.to_owned(),
        false => format!("step-{}", place + 1),
    }
}

#[cfg(test)]
mod tests {
    use language::Text;

    use super::*;

    fn steps(ids: &[&str]) -> Vec<Step> {
        ids.iter().map(|id| Step { id: (*id).into(), title: Text::new("", ""), fields: Vec::new() }).collect()
    }

    fn check(ids: &[&str], whom: bool, documents: bool, expected: &str) {
        let journey = Journey::of(&steps(ids), |_| false, whom, documents);
        let mut way = vec![journey.address(journey.first()).to_owned()];
        let mut at = journey.first();
        while at != Stop::Summary {
            at = journey.after(at);
            way.push(journey.address(at).to_owned());
        }
        assert_eq!(way.join(" > "), expected);
        assert_eq!(journey.number(Stop::Summary), way.len());
    }

    #[test]
    fn the_way_has_only_the_stops_that_it_needs() {
        check(&["residence", "purpose"], false, false, "residence > purpose > summary");
        check(&["shop"], true, true, "for-whom > shop > documents > summary");
        check(&["documents", "الشخص", ""], false, true, "step-1 > step-2 > step-3 > documents > summary");
    }

    #[test]
    fn a_step_that_does_not_apply_is_left_out() {
        let journey = Journey::of(&steps(&["a", "b", "c"]), |id| id == "b", false, false);
        assert_eq!(journey.after(Stop::Form(0)), Stop::Form(2));
        assert_eq!((journey.form_at("b"), journey.number(Stop::Form(2))), (None, 2));
    }

    #[test]
    fn the_first_stop_has_nothing_before_it() {
        let journey = Journey::of(&steps(&["a", "b"]), |_| false, false, true);
        assert_eq!(journey.before(Stop::Form(0)), None);
        assert_eq!(journey.before(Stop::Documents), Some(Stop::Form(1)));
        assert_eq!(journey.after(Stop::Summary), Stop::Summary);
        assert_eq!(journey.form_at("b"), Some(1));
        assert_eq!(journey.form_at("documents"), None);
    }
}
