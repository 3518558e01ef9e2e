//! The mail server of a test.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// A Python that has aiosmtpd and cryptography.
const PYTHON_VARIABLE: &str = "DIWAN_TEST_SMTP_PYTHON";

pub struct Server {
    child: Child,
    folder: PathBuf,
    pub port: u16,
}

/// None, with a word, where there is no Python with aiosmtpd; under continuous integration that is a failure.
pub fn python() -> Option<String> {
    match std::env::var(PYTHON_VARIABLE) {
        Ok(python) => Some(python),
        Err(_) if std::env::var("CI").is_ok() => panic!("{PYTHON_VARIABLE} must name a Python under CI"),
        Err(_) => {
            eprintln!("skipped: {PYTHON_VARIABLE} is not set");
            None
        }
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    pub fn start(python: &str, port: u16, options: &[&str]) -> Server {
        let folder = std::env::temp_dir().join("diwan-tests").join(uuid::Uuid::now_v7().to_string());
        std::fs::create_dir_all(&folder).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server.py");
        let mut child = Command::new(python)
            .args([script, &port.to_string(), folder.to_str().unwrap()])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ready", "the mail server did not start");
        Server { child, folder, port }
    }

    pub fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    /// The letters that the server took, in their order, as they came.
    pub fn letters(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        files.sort();
        files.iter().map(|path| std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")).collect()
    }

    /// A letter as Python's own mail library understands it: `subject`, `from`, `to`, plain text, HTML, defects, one a line.
    pub fn understood(&self, python: &str, letter: usize) -> Vec<String> {
        // The older half of the library: the newer one puts a space too many between encoded words of a name.
        let read = "import email,sys\n\
            from email.header import decode_header,make_header\n\
            m=email.message_from_binary_file(open(sys.argv[1],'rb'))\n\
            said=[' '.join(str(make_header(decode_header(m[name]))).split()) for name in ('subject','from','to')]\n\
            parts=[p for p in m.walk() if not p.is_multipart()]\n\
            assert [p.get_content_type() for p in parts]==['text/plain','text/html'], parts\n\
            body=[' '.join(p.get_payload(decode=True).decode('utf-8').split()) for p in parts]\n\
            print(*said,*body,[d for p in m.walk() for d in p.defects],sep='\\n')";
        let path = self.folder.join(format!("{letter:04}.eml"));
        let out = Command::new(python)
            .env("PYTHONIOENCODING", "utf-8")
            .args(["-c", read])
            .arg(path)
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
