//! Reads Rust as a list of words: enough to find functions, strings and comments, and nothing of its meaning.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// The text without its quotes; escapes stay as they are written.
    Text,
    /// The text after `//`, trimmed.
    Comment,
    /// One sign.
    Sign,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub text: String,
    /// Counted from one.
    pub line: usize,
}

impl Token {
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// A function with its place: `tests::a_name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub name: String,
    pub first_line: usize,
    pub last_line: usize,
    /// Where its `fn` stands among the tokens.
    pub token: usize,
    pub is_test: bool,
}

pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { letters: source.chars().collect(), at: 0, line: 1, tokens: Vec::new() };
    while reader.at < reader.letters.len() {
        reader.step();
    }
    reader.tokens
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.letters.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) -> char {
        let letter = self.peek(0);
        self.at += 1;
        self.line += usize::from(letter == '\n');
        letter
    }

    fn push(&mut self, kind: Kind, text: String, line: usize) {
        self.tokens.push(Token { kind, text, line });
    }

    fn step(&mut self) {
        let letter = self.peek(0);
        match letter {
            _ if letter.is_whitespace() => drop(self.next()),
            '/' if self.peek(1) == '/' => self.comment(),
            '/' if self.peek(1) == '*' => self.block_comment(),
            '"' => self.text(),
            '\'' => self.quote(),
            _ if letter.is_alphanumeric() || letter == '_' => self.word(),
            _ => {
                let line = self.line;
                let sign = self.next().to_string();
                self.push(Kind::Sign, sign, line);
            }
        }
    }

    fn comment(&mut self) {
        let line = self.line;
        let mut text = String::new();
        while self.at < self.letters.len() && self.peek(0) != '\n' {
            text.push(self.next());
        }
        let text = text.trim_start_matches('/').trim_start_matches('!').trim().to_owned();
        self.push(Kind::Comment, text, line);
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.letters.len() {
            if self.peek(0) == '/' && self.peek(1) == '*' {
                depth += 1;
                self.next();
            } else if self.peek(0) == '*' && self.peek(1) == '/' {
                depth -= 1;
                self.next();
            }
            self.next();
            if depth == 0 {
                return;
            }
        }
    }

    fn text(&mut self) {
        let line = self.line;
        self.next();
        let mut text = String::new();
        while self.at < self.letters.len() {
            match self.next() {
                '"' => break,
                '\\' => {
                    text.push('\\');
                    text.push(self.next());
                }
                letter => text.push(letter),
            }
        }
        self.push(Kind::Text, text, line);
    }

    /// A letter in quotes, or the name of a lifetime.
    fn quote(&mut self) {
        self.next();
        if self.peek(0) == '\\' {
            self.next();
            self.next();
            while self.at < self.letters.len() && self.next() != '\'' {}
        } else if self.peek(1) == '\'' {
            self.next();
            self.next();
        } else {
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.next();
            }
        }
    }

    fn word(&mut self) {
        let line = self.line;
        let mut word = String::new();
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            word.push(self.next());
        }
        let raw = matches!(word.as_str(), "r" | "br" | "cr");
        match self.peek(0) {
            '"' | '#' if raw && self.is_raw_text() => self.raw_text(),
            '"' if matches!(word.as_str(), "b" | "c") => self.text(),
            _ => self.push(Kind::Word, word, line),
        }
    }

    fn is_raw_text(&self) -> bool {
        let hashes = (0..).take_while(|ahead| self.peek(*ahead) == '#').count();
        self.peek(hashes) == '"'
    }

    fn raw_text(&mut self) {
        let line = self.line;
        let mut hashes = 0;
        while self.next() == '#' {
            hashes += 1;
        }
        let mut text = String::new();
        while self.at < self.letters.len() {
            let closes = self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#');
            if closes {
                self.at += hashes + 1;
                break;
            }
            text.push(self.next());
        }
        self.push(Kind::Text, text, line);
    }
}

/// For every token, whether it lies in a module or item marked `#[cfg(test)]`.
pub(crate) fn under_cfg_test(tokens: &[Token]) -> Vec<bool> {
    let mut marked = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if !is_cfg_test(&tokens[at..]) {
            continue;
        }
        let end = item_end(tokens, at);
        marked[at..end].fill(true);
    }
    marked
}

/// The names of modules declared `#[cfg(test)] mod name;`: their files are test code.
pub(crate) fn test_modules(tokens: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    for at in (0..tokens.len()).filter(|at| is_cfg_test(&tokens[*at..])) {
        let end = item_end(tokens, at);
        let item = &tokens[at..end];
        let module = item.windows(3).find(|three| three[0].is_word("mod") && three[2].is_sign(";"));
        names.extend(module.map(|three| three[1].text.clone()));
    }
    names
}

fn is_cfg_test(tokens: &[Token]) -> bool {
    let mut words =
        tokens.iter().filter(|token| token.kind != Kind::Comment).take(6).map(|token| token.text.as_str());
    ["#", "[", "cfg", "(", "test", ")"].into_iter().all(|expected| words.next() == Some(expected))
}

/// Where the item that begins at `at` (with its attributes) ends.
fn item_end(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    while tokens.get(at).is_some_and(|token| token.is_sign("#")) {
        at = closing(tokens, at + 1) + 1;
    }
    while at < tokens.len() {
        if tokens[at].is_sign(";") {
            return at + 1;
        }
        if tokens[at].is_sign("{") {
            return (closing(tokens, at) + 1).min(tokens.len());
        }
        at += 1;
    }
    tokens.len()
}

/// The place of the sign that closes the one at `open`.
pub(crate) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.kind != Kind::Sign {
            continue;
        }
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}

/// Every function with a body, named by the modules around it.
pub(crate) fn functions(tokens: &[Token]) -> Vec<Function> {
    let mut found = Vec::new();
    let mut modules: Vec<(String, usize)> = Vec::new();
    for at in 0..tokens.len() {
        modules.retain(|(_, end)| at < *end);
        let name = tokens.get(at + 1).filter(|token| token.kind == Kind::Word);
        let Some(name) = name.map(|token| token.text.clone()) else { continue };
        if tokens[at].is_word("mod") && tokens.get(at + 2).is_some_and(|token| token.is_sign("{")) {
            modules.push((name, closing(tokens, at + 2)));
        } else if tokens[at].is_word("fn") {
            let Some(open) = body(tokens, at) else { continue };
            let path: Vec<&str> =
                modules.iter().map(|(name, _)| name.as_str()).chain([name.as_str()]).collect();
            found.push(Function {
                name: path.join("::"),
                first_line: tokens[at].line,
                last_line: tokens[closing(tokens, open)].line,
                token: at,
                is_test: has_test_attribute(tokens, at),
            });
        }
    }
    found
}

/// The brace that opens the body, or nothing for a declaration.
fn body(tokens: &[Token], function: usize) -> Option<usize> {
    let mut at = function;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "(" | "[" if tokens[at].kind == Kind::Sign => at = closing(tokens, at),
            ";" if tokens[at].kind == Kind::Sign => return None,
            "{" if tokens[at].kind == Kind::Sign => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// `#[test]` or `#[tokio::test]` among the attributes before `fn`.
fn has_test_attribute(tokens: &[Token], function: usize) -> bool {
    let mut at = function;
    while at > 0 {
        at -= 1;
        let token = &tokens[at];
        if token.kind == Kind::Comment || ["async", "pub", "const", "unsafe"].contains(&token.text.as_str()) {
            continue;
        }
        if !token.is_sign("]") {
            return false;
        }
        let open = (0..at).rev().find(|open| tokens[*open].is_sign("[") && closing(tokens, *open) == at);
        let Some(open) = open else { return false };
        let attribute = &tokens[open..at];
        let name_ends = attribute.iter().position(|token| token.is_sign("(")).unwrap_or(attribute.len());
        if attribute[..name_ends].iter().any(|token| token.is_word("test")) {
            return true;
        }
        at = open.saturating_sub(1);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r####"
//! Why.
fn one<'a>(x: &'a str) -> char { let s = "}"; let c = '{'; let r = r#"fn no() {"#; '\'' }
/* fn no() { /* nested */ } */
#[cfg(test)]
mod tests {
    // proves: LY-SVC-13.4
    #[tokio::test(flavor = "multi_thread")]
    async fn two() {
        assert!(true);
    }
    fn helper();
}
#[cfg(test)]
mod table;
"####;

    #[test]
    fn functions_are_found_with_their_lines_and_modules() {
        let tokens = tokens(SAMPLE);
        let found = functions(&tokens);
        let named: Vec<_> =
            found.iter().map(|one| (one.name.as_str(), one.first_line, one.last_line)).collect();
        assert_eq!(named, [("one", 3, 3), ("tests::two", 9, 11)]);
        assert_eq!(found.iter().map(|one| one.is_test).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn strings_comments_and_test_code_are_told_apart() {
        let tokens = tokens(SAMPLE);
        let texts: Vec<&str> =
            tokens.iter().filter(|token| token.kind == Kind::Text).map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["}", "fn no() {", "multi_thread"]);
        let marks: Vec<bool> = under_cfg_test(&tokens);
        let two = tokens.iter().position(|token| token.is_word("two")).unwrap();
        let one = tokens.iter().position(|token| token.is_word("one")).unwrap();
        assert!(marks[two] && !marks[one]);
        assert_eq!(test_modules(&tokens), ["table"]);
    }
}
