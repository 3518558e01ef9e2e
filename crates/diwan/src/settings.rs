//! What an installation may set, all of it by environment variables, so that secrets never stand on a command line.

use std::{net::IpAddr, path::PathBuf};

use backup::Keep;
use clap::Args;

#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Folder for the database, the documents and the keys.
    #[arg(long, env = "DIWAN_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,

    /// `sqlite:///path/file.db` or `postgres://…`; SQLite in the data folder when empty.
    #[arg(long, env = "DIWAN_DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// The name under which this installation's ledger signs; choose it once, before the first start.
    #[arg(long, env = "DIWAN_LEDGER_ORIGIN", default_value = "diwan.example/ledger", global = true)]
    pub ledger_origin: String,

    #[command(flatten)]
    pub backup: BackupSettings,
}

/// Where backups go, and how many are kept. Without a place none are taken.
#[derive(Args, Clone, Debug)]
pub struct BackupSettings {
    /// A folder on another disk, or `http(s)://host:port/bucket` with keys from DIWAN_BACKUP_S3_ACCESS_KEY_ID and
    /// DIWAN_BACKUP_S3_SECRET_ACCESS_KEY.
    #[arg(long = "backup-to", env = "DIWAN_BACKUP", global = true)]
    pub to: Option<String>,

    /// A file that only its owner may read, with the password of the backups in its first line. Without it the password is
    /// that of DIWAN_BACKUP_PASSWORD. Who loses it loses every backup.
    #[arg(long = "backup-password-file", env = "DIWAN_BACKUP_PASSWORD_FILE", global = true)]
    pub password_file: Option<PathBuf>,

    /// The last backups of so many days are kept.
    #[arg(long = "backup-keep-daily", env = "DIWAN_BACKUP_KEEP_DAILY", default_value_t = Keep::default().daily, global = true)]
    pub keep_daily: u16,

    /// The last backups of so many weeks are kept.
    #[arg(long = "backup-keep-weekly", env = "DIWAN_BACKUP_KEEP_WEEKLY", default_value_t = Keep::default().weekly, global = true)]
    pub keep_weekly: u16,

    /// The last backups of so many months are kept.
    #[arg(long = "backup-keep-monthly", env = "DIWAN_BACKUP_KEEP_MONTHLY", default_value_t = Keep::default().monthly, global = true)]
    pub keep_monthly: u16,
}

impl Default for BackupSettings {
    fn default() -> BackupSettings {
        let Keep { daily, weekly, monthly } = Keep::default();
        BackupSettings {
            to: None,
            password_file: None,
            keep_daily: daily,
            keep_weekly: weekly,
            keep_monthly: monthly,
        }
    }
}

impl BackupSettings {
    pub fn keep(&self) -> Keep {
        Keep { daily: self.keep_daily, weekly: self.keep_weekly, monthly: self.keep_monthly }
    }
}

impl Settings {
    pub fn database_url(&self) -> String {
        let own = || format!("sqlite://{}", self.data.join("diwan.db").display());
        self.database_url.clone().filter(|url| !url.is_empty()).unwrap_or_else(own)
    }

    /// Where the keys of the ledger and of secrets lie.
    pub fn key_file(&self, name: &str) -> PathBuf {
        self.data.join("keys").join(name)
    }

    pub fn demo_folder(&self) -> PathBuf {
        self.data.join("demo")
    }
}

/// Which work a node does. State lives in the database and the object store, so any number of nodes can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum NodeRole {
    /// Everything in one process.
    All,
    /// Pages and API.
    Web,
    /// Jobs.
    Worker,
}

impl NodeRole {
    pub fn word(self) -> &'static str {
        match self {
            NodeRole::All => "all",
            NodeRole::Web => "web",
            NodeRole::Worker => "worker",
        }
    }
}

#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// Address to listen on.
    #[arg(long, env = "DIWAN_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,

    /// How people reach the site: scheme and host. From the listening address when empty.
    #[arg(long, env = "DIWAN_PUBLIC_ADDRESS")]
    pub public_address: Option<String>,

    /// Loads the demo state once and shows the cast on the sign-in page.
    #[arg(long)]
    pub demo: bool,

    #[arg(long, value_enum, default_value = "all")]
    pub role: NodeRole,

    /// Calls a second from one address; 0 switches the limit off.
    #[arg(long, env = "DIWAN_CALLS_PER_SECOND", default_value_t = 100)]
    pub calls_per_second: u32,

    /// Proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(long, env = "DIWAN_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,

    /// Networks as `main=10.0.0.0/8` and `dmz=10.9.0.0/16`, separated by commas; the first that holds an address decides, and
    /// whatever none holds is outside. Without any, everything is the main network.
    #[arg(long, env = "DIWAN_ZONES", value_delimiter = ',')]
    pub zones: Vec<identity::ZoneNetwork>,

    /// Beginnings of paths that open only from a device that an institution owns, separated by commas.
    #[arg(long, env = "DIWAN_INSTITUTION_PATHS", value_delimiter = ',')]
    pub institution_paths: Vec<String>,

    /// Folder into which the files of WireGuard gateways are written, each by the name of its interface; without it no
    /// configuration is handed out. Every node that works off jobs needs the same folder.
    #[arg(long, env = "DIWAN_VPN_FOLDER")]
    pub vpn_folder: Option<PathBuf>,

    /// `smtp://host:port`; without it e-mail deliveries end as `no_means`, visibly.
    #[arg(long, env = "DIWAN_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,

    /// The sender of e-mails.
    #[arg(long, env = "DIWAN_MAIL_FROM", default_value = "no-reply@diwan.example")]
    pub mail_from: String,

    /// The mailbox to which letters come back and from which `diwan bounce` takes them: `bounces@portal.example`.
    /// Each letter then leaves under `bounces+<letter>@portal.example`.
    #[arg(long, env = "DIWAN_MAIL_BOUNCES")]
    pub mail_bounces: Option<String>,

    /// The SMS centre at `smpp://system@host:port`; its password is DIWAN_SMPP_PASSWORD. Without it, and without a gateway,
    /// no text message is sent, and nothing promises one.
    #[arg(long, env = "DIWAN_SMPP")]
    pub smpp: Option<String>,

    /// The version of SMPP that the centre speaks: 3.4 or 5.0.
    #[arg(long, env = "DIWAN_SMPP_VERSION", default_value = "3.4")]
    pub smpp_version: String,

    /// An operator's HTTP gateway, in place of an SMS centre; its token is DIWAN_SMS_TOKEN. Networks and authorities are those
    /// of endpoints.
    #[arg(long, env = "DIWAN_SMS_GATEWAY")]
    pub sms_gateway: Option<String>,

    /// What phones show as the sender of text messages: a word of up to eleven letters, or a number.
    #[arg(long, env = "DIWAN_SMS_FROM", default_value = "Diwan")]
    pub sms_from: String,

    /// clamd at `host:port` or `unix:/path`; without it documents are marked as unscanned.
    #[arg(long, env = "DIWAN_CLAMD")]
    pub clamd: Option<String>,

    /// `http(s)://host:port/bucket`; without it documents lie in the data folder. Keys come from
    /// DIWAN_S3_ACCESS_KEY_ID and DIWAN_S3_SECRET_ACCESS_KEY.
    #[arg(long, env = "DIWAN_S3")]
    pub s3: Option<String>,

    /// Storage of providers as `name=/folder` or `name=http(s)://host:port/bucket`, separated by commas; agreements use the
    /// names. A provider without one has an area of its own beside the portal's documents.
    #[arg(long, env = "DIWAN_STORES", value_delimiter = ',')]
    pub stores: Vec<String>,

    /// Private networks in which bodies may have their endpoints, as `10.20.0.0/16` and separated by commas; public
    /// addresses may always be called. Naming 127.0.0.0/8 also allows plain http to this machine.
    #[arg(long, env = "DIWAN_ENDPOINT_NETWORKS", value_delimiter = ',')]
    pub endpoint_networks: Vec<courier::Network>,

    /// A PEM file of certificate authorities that are trusted for endpoints beside the public ones.
    #[arg(long, env = "DIWAN_ENDPOINT_AUTHORITIES")]
    pub endpoint_authorities: Option<PathBuf>,

    /// This program, for what it lets another process of itself do; found by itself when empty.
    #[arg(long, env = "DIWAN_PROGRAM", hide = true)]
    pub program: Option<PathBuf>,
}

impl Default for ServeSettings {
    /// What commands that do not serve need: everything local, nothing sent.
    fn default() -> ServeSettings {
        ServeSettings {
            listen: "127.0.0.1:8080".into(),
            public_address: None,
            demo: false,
            role: NodeRole::All,
            calls_per_second: 100,
            trusted_proxies: Vec::new(),
            zones: Vec::new(),
            institution_paths: Vec::new(),
            vpn_folder: None,
            smtp: None,
            mail_from: "no-reply@diwan.example".into(),
            mail_bounces: None,
            smpp: None,
            smpp_version: "3.4".into(),
            sms_gateway: None,
            sms_from: "Diwan".into(),
            clamd: None,
            s3: None,
            stores: Vec::new(),
            endpoint_networks: Vec::new(),
            endpoint_authorities: None,
            program: None,
        }
    }
}

impl ServeSettings {
    /// The mail server, when one is set.
    pub fn mail_server(&self) -> Option<&str> {
        self.smtp.as_deref().filter(|smtp| !smtp.is_empty())
    }

    /// The program itself, as it runs: where the system names it so, it is found although an upgrade took its place on the disk.
    pub fn program(&self) -> std::io::Result<PathBuf> {
        let running = PathBuf::from("/proc/self/exe");
        let found = || if running.exists() { Ok(running.clone()) } else { std::env::current_exe() };
        self.program.clone().map_or_else(found, Ok)
    }

    pub fn public_address(&self) -> String {
        let own = || format!("http://{}", self.listen);
        self.public_address.clone().unwrap_or_else(own).trim_end_matches('/').to_owned()
    }
}
