use language::Text;
use serde_json::json;

use super::*;

fn both(source: &str) -> Text {
    Text::new(source, source)
}

fn composed(source: &str, values: Value) -> Result<Vec<Block>, Flaw> {
    compose(&both(source), &json!({ "ar": values, "en": values })).map(|composed| composed.ar)
}

fn words(block: &Block) -> String {
    block.lines().into_iter().flatten().map(|run| run.text.as_str()).collect::<Vec<_>>().join("|")
}

#[test]
fn a_letter_has_headings_paragraphs_lists_and_tables() {
    let source = "# عنوان\n\nنشهد أن **{{ name }}** مقيم.\n\n- أول\n- ثان\n\n| الاسم | العمر |\n|---|---|\n\
        {% for child in children %}| {{ child.name }} | {{ child.age }} |\n{% endfor %}\n---\n";
    let children = json!([{ "name": "ليلى", "age": 7 }, { "name": "عمر", "age": 9 }]);
    let blocks = composed(source, json!({ "name": "سلمى", "children": children })).unwrap();
    let kinds: Vec<String> = blocks.iter().map(words).collect();
    assert_eq!(kinds, ["عنوان", "نشهد أن |سلمى| مقيم.", "أول|ثان", "الاسم|العمر|ليلى|7|عمر|9", ""]);
    assert!(matches!(&blocks[1], Block::Paragraph { line } if line[1].strong));
}

#[test]
fn a_value_is_never_markup_and_never_breaks_a_line() {
    let evil = "**قوي** # عنوان\n\n- بند | <b>x</b> ![](http://x) {{ 1 }}";
    let blocks = composed("الاسم: {{ name }}", json!({ "name": evil })).unwrap();
    assert_eq!(blocks.len(), 1);
    assert_eq!(words(&blocks[0]), format!("الاسم: {}", evil.replace('\n', " ")));
}

#[test]
fn a_flaw_says_where_and_what() {
    let flaw = composed("سطر\n\n{{ nobody }}", json!({})).unwrap_err();
    assert_eq!((flaw.lang, flaw.line), (Some(Lang::Ar), Some(3)));
    assert!(matches!(flaw.what, What::Unknown(_)));
    let flaw = composed("{% for x in %}", json!({})).unwrap_err();
    assert!(matches!(flaw.what, What::Syntax(_)), "{flaw:?}");
    for forbidden in ["![صورة](http://example.org/a.png)", "<script>x</script>", "نص <b>x</b>"] {
        assert_eq!(composed(forbidden, json!({})).unwrap_err().what, What::Forbidden);
    }
    let flaws = unknown_places(&Text::new("{{ name }}\n{{ age }}", "{{ name }}"), &["name".into()]);
    let places: Vec<_> = flaws.unwrap_or_default().into_iter().map(|flaw| (flaw.line, flaw.what)).collect();
    assert!(places.contains(&(Some(2), What::Unknown("age".into()))), "{places:?}");
}

#[test]
fn work_without_end_runs_out_of_steps() {
    let nest =
        "{% for a in many %}{% for b in many %}{% for c in many %}x{% endfor %}{% endfor %}{% endfor %}";
    let many: Vec<u32> = (0..1000).collect();
    assert_eq!(composed(nest, json!({ "many": many })).unwrap_err().what, What::Work);
    let deep = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    assert!(composed(&format!("{{{{ {deep} }}}}"), json!({})).is_err());
    assert_eq!(composed(&"ا".repeat(LETTER_CHARACTERS_MAX + 1), json!({})).unwrap_err().what, What::Length);
    let long = "{% for a in many %}{{ word }}{% endfor %}";
    let flaw = composed(long, json!({ "many": many, "word": "ك".repeat(1_000) })).unwrap_err();
    assert_eq!(flaw.what, What::Length);
}
