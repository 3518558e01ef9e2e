//! What the operating system tells of this device. Linux is read fully; elsewhere only what the system's name is. What cannot
//! be told is left open, never guessed.

use std::{fs, process::Command, time::UNIX_EPOCH};

use clock::Timestamp;
use serde_json::{Value, json};

/// Folders in which ClamAV keeps its definitions.
const DEFINITIONS: [&str; 4] = [
    "/var/lib/clamav/daily.cld",
    "/var/lib/clamav/daily.cvd",
    "/var/lib/clamav/main.cvd",
    "/opt/homebrew/var/lib/clamav/daily.cld",
];

/// How the device stands, as the site reads it.
pub(super) fn posture() -> Value {
    json!({
        "system": system(),
        "antivirus": antivirus(),
        "disk_encrypted": disk_encrypted(),
        "screen_locks": screen_locks(),
        "bluetooth_discoverable": bluetooth_discoverable(),
        "applications": applications(),
    })
}

fn system() -> Value {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let version = match fs::read_to_string("/etc/debian_version") {
        // Debian's own file knows the point release, which os-release leaves out.
        Ok(version) if version.starts_with(|first: char| first.is_ascii_digit()) => version.trim().to_owned(),
        _ => said(&release, "VERSION_ID").unwrap_or_default(),
    };
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let name = said(&release, "ID").unwrap_or_else(|| std::env::consts::OS.to_owned());
    json!({ "name": name, "version": version, "kernel": kernel.trim() })
}

/// A value of `os-release`.
fn said(release: &str, key: &str) -> Option<String> {
    let pairs = release.lines().filter_map(|line| line.split_once('='));
    let value = pairs.into_iter().find(|(known, _)| *known == key)?.1;
    Some(value.trim().trim_matches('"').to_owned())
}

/// The day of the newest definitions that lie on the disk.
fn antivirus() -> Value {
    let changed = DEFINITIONS.iter().filter_map(|path| fs::metadata(path).ok()?.modified().ok());
    let newest = changed.filter_map(|at| at.duration_since(UNIX_EPOCH).ok()).max();
    match newest {
        Some(since) => {
            let (year, month, day) = clock::civil_from_days(Timestamp(since.as_micros() as i64).day());
            json!({ "name": "clamav", "definitions_on": format!("{year:04}-{month:02}-{day:02}") })
        }
        None => Value::Null,
    }
}

/// Whether a disk of this system is opened by dm-crypt.
fn disk_encrypted() -> Option<bool> {
    let mapped = fs::read_dir("/sys/block").ok()?.flatten();
    let uuids = mapped.filter_map(|disk| fs::read_to_string(disk.path().join("dm/uuid")).ok());
    Some(uuids.into_iter().any(|uuid| uuid.starts_with("CRYPT-")))
}

/// Whether the desktop locks its screen by itself; GNOME alone says so in a way that can be read.
fn screen_locks() -> Option<bool> {
    let told = output("gsettings", &["get", "org.gnome.desktop.screensaver", "lock-enabled"])?;
    match told.trim() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn bluetooth_discoverable() -> Option<bool> {
    let told = output("bluetoothctl", &["show"])?;
    let line = told.lines().find_map(|line| line.trim().strip_prefix("Discoverable:"))?;
    Some(line.trim() == "yes")
}

/// What the package manager knows to be installed.
fn applications() -> Vec<Value> {
    let listed = output("dpkg-query", &["-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Version}\n"])
        .or_else(|| output("rpm", &["-qa", "--qf", "ii \t%{NAME}\t%{VERSION}-%{RELEASE}\n"]));
    let listed = listed.unwrap_or_default();
    let installed = listed.lines().filter_map(|line| {
        let mut parts = line.split('\t');
        let (state, name, version) = (parts.next()?, parts.next()?, parts.next()?);
        state.starts_with("ii").then(|| json!({ "name": name, "version": version }))
    });
    installed.collect()
}

/// What a program prints; nothing when it is not there or fails.
fn output(program: &str, words: &[&str]) -> Option<String> {
    let done = Command::new(program).args(words).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_file_is_read_with_and_without_quotes() {
        let release = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_ID=\"12\"\n";
        assert_eq!(said(release, "ID").as_deref(), Some("debian"));
        assert_eq!(said(release, "VERSION_ID").as_deref(), Some("12"));
        assert_eq!(said(release, "VARIANT"), None);
    }
}
