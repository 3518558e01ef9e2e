//! A compiled form: its questions as nodes, each after everything that it depends on.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{
    Check, Declared, Kind, Problem, Question,
    compile::{Named, Scope, Type, compile, is_never, reads},
    expression::Expr,
    order,
};

/// The version of the program's JSON, which `rules.js` knows.
const VERSION: u8 = 1;
/// Bytes of stack for parsing; only those that are used are taken.
const PARSER_STACK_BYTES: usize = 64 * 1024 * 1024;

/// A question, a column of a group, or a section.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub key: String,
    /// None for a section.
    pub kind: Option<Kind>,
    /// The group that it is a column of.
    pub group: Option<usize>,
    /// The section that it stands in.
    pub section: Option<usize>,
    pub when: Option<Expr>,
    pub calculate: Option<Expr>,
    /// Nodes that it reads in its own row, and elsewhere.
    pub own: Vec<usize>,
    pub other: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct CheckNode {
    pub id: String,
    pub expr: Expr,
    pub group: Option<usize>,
    pub own: Vec<usize>,
    pub other: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Program {
    pub(crate) nodes: Vec<Node>,
    pub(crate) checks: Vec<CheckNode>,
    /// The nodes, each after those that it reads.
    pub(crate) order: Vec<usize>,
}

impl Program {
    /// Compiles everything and says all that is wrong, not only the first. The parser calls itself deeply, so it gets a
    /// stack of its own.
    pub fn compile(declared: &Declared) -> Result<Program, Vec<Problem>> {
        let nobody = |detail: String| vec![Problem { at: String::new(), code: "syntax", detail }];
        std::thread::scope(|scope| {
            let parsing = std::thread::Builder::new().stack_size(PARSER_STACK_BYTES);
            let compiling = parsing.spawn_scoped(scope, || Program::compile_here(declared));
            let compiling = compiling.map_err(|error| nobody(error.to_string()))?;
            compiling.join().unwrap_or_else(|_| Err(nobody("the parser gave up".into())))
        })
    }

    fn compile_here(declared: &Declared) -> Result<Program, Vec<Problem>> {
        let mut building = Building::of(declared);
        building.compile_questions(declared);
        building.compile_checks(&declared.checks);
        let Building { nodes, checks, mut problems, .. } = building;
        let order = order::ordered(&nodes).unwrap_or_else(|circle| {
            problems.push(circle);
            Vec::new()
        });
        if problems.is_empty() { Ok(Program { nodes, checks, order }) } else { Err(problems) }
    }

    /// Whether there is anything to do while somebody types.
    pub fn has_rules(&self) -> bool {
        !self.checks.is_empty()
            || self.nodes.iter().any(|node| node.when.is_some() || node.calculate.is_some())
    }

    /// Questions that are computed and not asked: `total`, `floors.share`.
    pub fn is_calculated(&self, path: &str) -> bool {
        self.nodes.iter().any(|node| node.calculate.is_some() && self.path(node) == path)
    }

    pub(crate) fn path(&self, node: &Node) -> String {
        match node.group.and_then(|group| self.nodes.get(group)) {
            Some(group) => format!("{}.{}", group.key, node.key),
            None => node.key.clone(),
        }
    }

    /// What the browser runs.
    pub fn json(&self) -> Value {
        let nodes: Vec<Value> = self.nodes.iter().map(node_json).collect();
        let checks: Vec<Value> = self.checks.iter().map(check_json).collect();
        json!({ "v": VERSION, "nodes": nodes, "order": self.order, "checks": checks })
    }
}

fn node_json(node: &Node) -> Value {
    let kind = match &node.kind {
        None => "p",
        Some(Kind::Text | Kind::Choice(_)) => "s",
        Some(Kind::Whole) => "i",
        Some(Kind::Number) => "n",
        Some(Kind::Truth) => "b",
        Some(Kind::Day) => "d",
        Some(Kind::Rows) => "r",
    };
    let mut out = json!({ "k": node.key, "t": kind });
    let optional = [
        ("g", node.group.map(|group| json!(group))),
        ("p", node.section.map(|section| json!(section))),
        ("w", node.when.as_ref().map(Expr::json)),
        ("c", node.calculate.as_ref().map(Expr::json)),
        ("r", (!node.own.is_empty()).then(|| json!(node.own))),
        ("d", (!node.other.is_empty()).then(|| json!(node.other))),
    ];
    put(&mut out, optional);
    out
}

fn check_json(check: &CheckNode) -> Value {
    let mut out = json!({ "id": check.id, "e": check.expr.json() });
    let optional = [
        ("g", check.group.map(|group| json!(group))),
        ("r", (!check.own.is_empty()).then(|| json!(check.own))),
        ("d", (!check.other.is_empty()).then(|| json!(check.other))),
    ];
    put(&mut out, optional);
    out
}

fn put<const N: usize>(out: &mut Value, optional: [(&str, Option<Value>); N]) {
    for (name, value) in optional {
        if let (Some(value), Some(map)) = (value, out.as_object_mut()) {
            map.insert(name.to_owned(), value);
        }
    }
}

/// A program while it is being put together.
struct Building {
    nodes: Vec<Node>,
    names: HashMap<String, Named>,
    checks: Vec<CheckNode>,
    problems: Vec<Problem>,
}

impl Building {
    /// Sections first, then each question with its columns behind it.
    fn of(declared: &Declared) -> Building {
        let mut nodes: Vec<Node> =
            declared.sections.iter().map(|section| blank(&section.id, None, None, None)).collect();
        let mut names = HashMap::new();
        for question in &declared.questions {
            let section =
                declared.sections.iter().position(|section| section.questions.contains(&question.key));
            let place = nodes.len();
            nodes.push(blank(&question.key, Some(question.kind.clone()), None, section));
            let mut columns = HashMap::new();
            for column in &question.columns {
                columns.insert(column.key.clone(), (nodes.len(), column.kind.clone()));
                nodes.push(blank(&column.key, Some(column.kind.clone()), Some(place), None));
            }
            let named = Named { node: place, kind: question.kind.clone(), columns };
            names.insert(question.key.clone(), named);
        }
        Building { nodes, names, checks: Vec::new(), problems: Vec::new() }
    }

    fn compile_questions(&mut self, declared: &Declared) {
        for (place, section) in declared.sections.iter().enumerate() {
            let at = format!("step.{}", section.id);
            self.rules(place, &at, section.when.as_deref(), None, None);
        }
        for question in &declared.questions {
            let Some(named) = self.names.get(&question.key).cloned() else { continue };
            let Question { when, calculate, .. } = question;
            self.rules(named.node, &question.key, when.as_deref(), calculate.as_deref(), None);
            for column in &question.columns {
                let Some((node, _)) = named.columns.get(&column.key) else { continue };
                let at = format!("{}.{}", question.key, column.key);
                let (when, calculate) = (column.when.as_deref(), column.calculate.as_deref());
                self.rules(*node, &at, when, calculate, Some(&named));
            }
        }
    }

    fn rules(
        &mut self,
        node: usize,
        at: &str,
        when: Option<&str>,
        calculate: Option<&str>,
        group: Option<&Named>,
    ) {
        let when = when.and_then(|source| self.rule(at, source, group, |kind| *kind == Type::Truth));
        if when.as_ref().is_some_and(is_never) {
            self.problems.push(Problem { at: at.into(), code: "unreachable", detail: String::new() });
        }
        let wanted =
            self.nodes.get(node).and_then(|node| node.kind.clone()).map(|kind| Type::of(&kind, node));
        let fits = |kind: &Type| match &wanted {
            Some(Type::Number) => kind.is_number(),
            Some(Type::List(_)) | None => false,
            Some(wanted) => wanted == kind,
        };
        let calculate = calculate.and_then(|source| self.rule(at, source, group, fits));
        let Some(node) = self.nodes.get_mut(node) else { return };
        for expr in [&when, &calculate].into_iter().flatten() {
            reads(expr, &mut node.own, &mut node.other, group.is_some());
        }
        (node.when, node.calculate) = (when, calculate);
    }

    fn rule(
        &mut self,
        at: &str,
        source: &str,
        group: Option<&Named>,
        fits: impl Fn(&Type) -> bool,
    ) -> Option<Expr> {
        let scope = Scope { names: &self.names, row_of: group };
        let trouble = match compile(source, &scope) {
            Ok((expr, kind)) if fits(&kind) => return Some(expr),
            Ok((_, kind)) => ("rule_type", kind.word().to_owned()),
            Err(trouble) => trouble,
        };
        let (code, detail) = trouble;
        self.problems.push(Problem { at: at.to_owned(), code, detail });
        None
    }

    fn compile_checks(&mut self, checks: &[Check]) {
        for check in checks {
            let at = format!("check.{}", check.id);
            let group = check.group.as_ref().and_then(|key| self.names.get(key).cloned());
            if check.group.is_some() && group.is_none() {
                let detail = check.group.clone().unwrap_or_default();
                self.problems.push(Problem { at, code: "unknown_field", detail });
                continue;
            }
            let compiled = self.rule(&at, &check.expression, group.as_ref(), |kind| *kind == Type::Truth);
            let Some(expr) = compiled else { continue };
            if is_never(&expr) {
                self.problems.push(Problem { at, code: "unreachable", detail: String::new() });
                continue;
            }
            let (mut own, mut other) = (Vec::new(), Vec::new());
            reads(&expr, &mut own, &mut other, group.is_some());
            let group = group.map(|named| named.node);
            self.checks.push(CheckNode { id: check.id.clone(), expr, group, own, other });
        }
    }
}

fn blank(key: &str, kind: Option<Kind>, group: Option<usize>, section: Option<usize>) -> Node {
    Node {
        key: key.to_owned(),
        kind,
        group,
        section,
        when: None,
        calculate: None,
        own: Vec::new(),
        other: Vec::new(),
    }
}
