//! Where letters that bodies wrote are made: a process of its own, with a limit on time, on memory and on what it may
//! hand back. A letter without end takes its process with it and nothing else.
//!
//! The program is this one, asked to `press`: it reads an [`Order`] from its standard input, writes what it made to its
//! standard output, opens nothing, and ends.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{ExitCode, Stdio},
    sync::{Arc, LazyLock},
    time::Duration,
};

use clock::Timestamp;
use language::Text;
use rlimit::Resource;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    sync::Semaphore,
    time::timeout,
};

use crate::{
    Assets, Composed, Flaw, Form, Paper, PrintError,
    letter::{self, What},
};

/// Time that a letter may take.
pub const PRESS_TIME_MAX: Duration = Duration::from_secs(10);
/// Seconds of a processor that a letter may take.
pub const PRESS_CPU_SECONDS_MAX: u64 = 8;
/// Bytes of memory that a letter may take, the program's own included.
pub const PRESS_MEMORY_BYTES_MAX: u64 = 768 * 1024 * 1024;
/// Bytes of an order, and of what comes back.
pub const PRESS_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Letters that are made at the same time on a node.
pub const PRESSES_AT_ONCE_MAX: usize = 2;
/// What the process ends with when the letter has a flaw.
const FLAWED: u8 = 3;

/// A letter, its values, and the paper around it when one is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    pub letter: Text,
    /// `{"ar": {place: value}, "en": {…}}`.
    pub values: Value,
    /// Without it the blocks are handed back, for a page to show.
    pub paper: Option<Paper>,
    pub at: i64,
}

/// Why there is no letter.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    #[error("the letter has a flaw: {0:?}")]
    Flaw(Flaw),
    #[error("the press could not be started")]
    Start(#[source] std::io::Error),
    #[error("the press answered what nobody understands")]
    Answer(#[from] serde_json::Error),
}

/// Starts presses.
#[derive(Clone, Debug)]
pub struct Press {
    /// The program that knows `press`: this one.
    pub program: PathBuf,
}

impl Press {
    /// The letter as blocks.
    pub async fn compose(&self, letter: &Text, values: &Value) -> Result<Composed, PressError> {
        let order = Order { letter: letter.clone(), values: values.clone(), paper: None, at: 0 };
        Ok(serde_json::from_slice(&self.make(&order).await?)?)
    }

    /// The letter on its paper, as PDF.
    pub async fn print(
        &self,
        letter: &Text,
        values: &Value,
        paper: Paper,
        at: Timestamp,
    ) -> Result<Vec<u8>, PressError> {
        let order = Order { letter: letter.clone(), values: values.clone(), paper: Some(paper), at: at.0 };
        self.make(&order).await
    }

    async fn make(&self, order: &Order) -> Result<Vec<u8>, PressError> {
        static PLACES: LazyLock<Arc<Semaphore>> =
            LazyLock::new(|| Arc::new(Semaphore::new(PRESSES_AT_ONCE_MAX)));
        let stopped = || PressError::Flaw(Flaw { lang: None, line: None, what: What::Stopped });
        let Ok(_place) = PLACES.acquire().await else { return Err(stopped()) };
        let order = serde_json::to_vec(order)?;
        timeout(PRESS_TIME_MAX, self.run(order)).await.unwrap_or_else(|_| Err(stopped()))
    }

    async fn run(&self, order: Vec<u8>) -> Result<Vec<u8>, PressError> {
        let mut child = Command::new(&self.program)
            .arg("press")
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(PressError::Start)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let give = async {
            if let Some(mut input) = input {
                // A press that ends early does not read to the end; its answer says why.
                let _ = input.write_all(&order).await;
            }
        };
        let mut made = Vec::new();
        let take = async {
            match output {
                Some(output) => output.take(PRESS_BYTES_MAX).read_to_end(&mut made).await,
                None => Ok(0),
            }
        };
        let ((), read) = tokio::join!(give, take);
        read.map_err(PressError::Start)?;
        let ended = child.wait().await.map_err(PressError::Start)?;
        match ended.code() {
            Some(0) => Ok(made),
            Some(code) if code == i32::from(FLAWED) => Err(PressError::Flaw(serde_json::from_slice(&made)?)),
            _ => Err(PressError::Flaw(Flaw { lang: None, line: None, what: What::Stopped })),
        }
    }
}

/// The inside of the press: what `diwan press` does.
pub fn press() -> ExitCode {
    match limited().and_then(|()| work()) {
        Ok(code) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

fn limited() -> std::io::Result<()> {
    Resource::CPU.set(PRESS_CPU_SECONDS_MAX, PRESS_CPU_SECONDS_MAX)?;
    Resource::DATA.set(PRESS_MEMORY_BYTES_MAX, PRESS_MEMORY_BYTES_MAX)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::CORE.set(0, 0)
}

fn work() -> std::io::Result<ExitCode> {
    let mut asked = Vec::new();
    std::io::stdin().take(PRESS_BYTES_MAX).read_to_end(&mut asked)?;
    let order: Order = serde_json::from_slice(&asked)?;
    let (code, made) = match pressed(order)? {
        Ok(made) => (ExitCode::SUCCESS, made),
        Err(flaw) => (ExitCode::from(FLAWED), serde_json::to_vec(&flaw)?),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&made)?;
    out.flush()?;
    Ok(code)
}

fn pressed(order: Order) -> std::io::Result<Result<Vec<u8>, Flaw>> {
    let composed = match letter::compose(&order.letter, &order.values) {
        Ok(composed) => composed,
        Err(flaw) => return Ok(Err(flaw)),
    };
    let Some(mut paper) = order.paper else { return Ok(Ok(serde_json::to_vec(&composed)?)) };
    paper.letter = Some(composed);
    match paper.print_now(Form::Output, Timestamp(order.at), Assets::default()) {
        Ok(pdf) => Ok(Ok(pdf)),
        Err(PrintError::TooManyPages { .. } | PrintError::TooLarge { .. }) => {
            Ok(Err(Flaw { lang: None, line: None, what: What::Length }))
        }
        Err(error) => Err(std::io::Error::other(error)),
    }
}
