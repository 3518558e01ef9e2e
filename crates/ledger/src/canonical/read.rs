//! Reads canonical JSON and nothing else.
//!
//! Written here because serde_json's default reader may miss the last bit of a double, and a document whose
//! text does not come back exactly could not be verified. The standard library's reader is exact.

use serde_json::{Map, Number, Value};

use super::{DEPTH_MAX, Malformed, write};

/// The value of a canonical text. Any other text is refused, even where it means the same.
pub fn read(text: &str) -> Result<Value, Malformed> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    if reader.at != text.len() || write(&value) != text {
        return Err(Malformed::NotCanonical);
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        if depth > DEPTH_MAX {
            return Err(Malformed::TooDeep);
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::String(self.string()?)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.fault()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.expect(b'{')?;
        let mut members = Map::new();
        while self.peek() != Some(b'}') {
            if !members.is_empty() {
                self.expect(b',')?;
            }
            let name = self.string()?;
            self.expect(b':')?;
            members.insert(name, self.value(depth + 1)?);
        }
        self.expect(b'}')?;
        Ok(Value::Object(members))
    }

    fn array(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.expect(b'[')?;
        let mut items = Vec::new();
        while self.peek() != Some(b']') {
            if !items.is_empty() {
                self.expect(b',')?;
            }
            items.push(self.value(depth + 1)?);
        }
        self.expect(b']')?;
        Ok(Value::Array(items))
    }

    /// Finds the closing quotation mark; what lies between is decoded by serde_json.
    fn string(&mut self) -> Result<String, Malformed> {
        let start = self.at;
        self.expect(b'"')?;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                let quoted = &self.text[start..self.at];
                return serde_json::from_str(quoted).map_err(|_| Malformed::NotJson(start));
            }
        }
        Err(Malformed::NotJson(start))
    }

    fn number(&mut self) -> Result<Value, Malformed> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let digits = &self.text[start..self.at];
        if let Ok(whole) = digits.parse::<i64>() {
            return Ok(Value::Number(whole.into()));
        }
        if let Ok(whole) = digits.parse::<u64>() {
            return Ok(Value::Number(whole.into()));
        }
        let double = digits.parse::<f64>().ok().and_then(Number::from_f64);
        double.map(Value::Number).ok_or(Malformed::NotJson(start))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Malformed> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.fault());
        }
        self.at += word.len();
        Ok(value)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.peek() != Some(byte) {
            return Err(self.fault());
        }
        self.at += 1;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&self) -> Malformed {
        Malformed::NotJson(self.at)
    }
}
