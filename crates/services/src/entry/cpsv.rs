//! A service as linked data after CPSV-AP 3.2, the European vocabulary for public services, so that other catalogues can
//! take it up. What the vocabulary has no word for (the steps, the rights, the way to complain, how one is identified)
//! stands under a namespace of our own.

use serde_json::{Value, json};

use language::{Lang, Text};

use super::{Entry, Evidence, Output};
use crate::Services;

/// Where our own words are defined.
const PROFILE: &str = "https://diwan.example/ns/service#";

/// The names that the data uses.
pub(crate) fn context() -> Value {
    json!({
        "cpsv": "http://purl.org/vocab/cpsv#", "cv": "http://data.europa.eu/m8g/", "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#", "eli": "http://data.europa.eu/eli/ontology#",
        "dcat": "http://www.w3.org/ns/dcat#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "adms": "http://www.w3.org/ns/adms#", "locn": "http://www.w3.org/ns/locn#", "diwan": PROFILE,
    })
}

fn words(text: &Text) -> Value {
    let said = [("ar", &text.ar), ("en", &text.en)];
    said.iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(lang, words)| json!({ "@language": lang, "@value": words }))
        .collect()
}

fn concept(id: String, label: &Text) -> Value {
    json!({ "@id": id, "@type": "skos:Concept", "skos:prefLabel": words(label) })
}

impl Services {
    /// One service as a node of the graph.
    pub(crate) fn linked(&self, entry: &Entry) -> Value {
        let card = &entry.card;
        let site = &self.public_address;
        let here = format!("{site}/services/{}", card.id);
        let term = |tree: &str, word: &str| {
            let label = self.directory.term(tree, word).unwrap_or_else(|| Text::new(word, word));
            (format!("{site}/browse/{tree}/{word}"), label)
        };
        let themes: Vec<Value> = card
            .themes
            .iter()
            .map(|word| term("theme", word))
            .map(|(id, label)| concept(id, &label))
            .collect();
        let events: Vec<Value> =
            card.life_events.iter().map(|word| self.event(&term("life_event", word))).collect();
        let law = json!({ "@id": format!("{here}#law"), "@type": "eli:LegalResource",
            "dct:title": words(&card.legal_basis), "dct:description": words(&card.legal_basis) });
        let mut node = json!({
            "@id": here, "@type": "cpsv:PublicService",
            "dct:identifier": card.id, "dct:title": words(&card.name), "dct:description": words(&card.description),
            "cv:hasCompetentAuthority": self.authority(entry),
            "cv:thematicArea": themes, "cv:isGroupedBy": events,
            "cpsv:hasInput": card.documents.iter().map(|it| evidence(&here, it)).collect::<Value>(),
            "cpsv:produces": card.outputs.iter().map(|it| output(&here, it)).collect::<Value>(),
            "cv:hasLegalResource": law, "cv:contactPoint": contact(&here, entry),
            "cv:hasChannel": { "@id": format!("{here}#channel"), "@type": "cv:Channel",
                "dct:identifier": format!("{}-portal", card.id), "dct:type": concept(format!("{site}/channels/portal"),
                    &Text::new("البوابة الوطنية", "National portal")) },
            "cv:processingTime": { "@type": "xsd:duration",
                "@value": format!("P{}D", card.delivery_working_days.unwrap_or_default()) },
            "cv:hasCost": cost(&here, entry),
            "dct:language": [language("ARA"), language("ENG")],
            "dcat:keyword": keywords(entry),
            "dct:audience": self.audience(entry),
        });
        if let (Value::Object(node), Value::Object(own)) = (&mut node, own_words(entry)) {
            node.extend(own);
        }
        node
    }

    fn event(&self, (id, label): &(String, Text)) -> Value {
        json!({ "@id": id, "@type": ["cv:LifeEvent", "cv:Event"], "dct:identifier": id, "dct:title": words(label),
            "dct:type": concept(format!("{id}#type"), label) })
    }

    fn authority(&self, entry: &Entry) -> Value {
        let provider = self.directory.provider(entry.body);
        let label =
            provider.map_or_else(|| Text::new(&*entry.card.body, &*entry.card.body), |it| it.name.clone());
        json!({ "@id": format!("{}/bodies/{}", self.public_address, entry.card.body),
            "@type": "cv:PublicOrganisation", "dct:identifier": entry.card.body,
            "dct:title": words(&label), "skos:prefLabel": words(&label),
            "dct:spatial": { "@id": "http://publications.europa.eu/resource/authority/country/LBY",
                "@type": "dct:Location" } })
    }

    /// The kinds of beneficiaries, as concepts of the directory.
    fn audience(&self, entry: &Entry) -> Value {
        let kind = |word: &String| {
            let key = format!("entry-audience-{word}");
            let label = match self.texts.has(Lang::Ar, &key) {
                true => Text::new(self.texts.say(Lang::Ar, &key, &[]), self.texts.say(Lang::En, &key, &[])),
                false => Text::new(word.as_str(), word.as_str()),
            };
            concept(format!("{}/services?audience={word}", self.public_address), &label)
        };
        entry.card.audience.iter().map(kind).collect()
    }
}

fn language(code: &str) -> Value {
    json!({ "@id": format!("http://publications.europa.eu/resource/authority/language/{code}"),
        "@type": "dct:LinguisticSystem" })
}

fn evidence(here: &str, it: &Evidence) -> Value {
    json!({ "@id": format!("{here}#evidence-{}", it.id), "@type": "cv:Evidence", "dct:identifier": it.id,
        "dct:title": words(&it.title), "dct:description": words(&it.help), "diwan:required": it.required })
}

fn output(here: &str, it: &Output) -> Value {
    json!({ "@id": format!("{here}#output-{}", it.id), "@type": "cv:Output", "dct:identifier": it.id,
        "dct:title": words(&it.title), "diwan:outputKind": it.kind.word() })
}

fn contact(here: &str, entry: &Entry) -> Value {
    json!({ "@id": format!("{here}#contact"), "@type": "cv:ContactPoint",
        "cv:telephone": entry.card.contact.phone,
        "dct:description": words(&entry.card.contact.address) })
}

fn cost(here: &str, entry: &Entry) -> Value {
    let milli = entry.card.fee_milli();
    json!({ "@id": format!("{here}#cost"), "@type": "cv:Cost", "dct:identifier": format!("{}-fee", entry.card.id),
        "dct:description": entry.card.fee.as_ref().map_or(json!([]), |fee| words(&fee.note)),
        "cv:hasValue": { "@type": "xsd:double", "@value": format!("{}.{:03}", milli / 1_000, milli % 1_000) },
        "cv:currency": { "@id": "http://publications.europa.eu/resource/authority/currency/LYD",
            "@type": "skos:Concept" } })
}

fn keywords(entry: &Entry) -> Value {
    let of = |lang: &'static str, all: &[String]| {
        all.iter().map(|word| json!({ "@language": lang, "@value": word })).collect::<Vec<_>>()
    };
    let mut all = of("ar", &entry.card.keywords.ar);
    all.extend(of("en", &entry.card.keywords.en));
    all.into()
}

/// What the European vocabulary has no word for.
fn own_words(entry: &Entry) -> Value {
    let card = &entry.card;
    let steps: Vec<Value> = card
        .stages
        .iter()
        .enumerate()
        .map(|(place, it)| {
            json!({ "@type": "diwan:Step", "diwan:place": place + 1, "dct:title": words(&it.title),
                "diwan:holder": words(&it.holder) })
        })
        .collect();
    let all = |texts: &[Text]| {
        texts.iter().flat_map(|text| words(text).as_array().cloned().unwrap_or_default()).collect::<Value>()
    };
    json!({
        "diwan:step": steps, "diwan:condition": all(&card.conditions), "diwan:right": all(&card.rights),
        "diwan:obligation": all(&card.obligations), "diwan:redress": words(&card.complaint),
        "diwan:assurance": card.assurance, "diwan:maturity": card.maturity, "diwan:audience": card.audience,
        "diwan:version": entry.version,
        "diwan:verifiedAt": { "@type": "xsd:dateTime", "@value": entry.verified_at.to_string() },
    })
}
