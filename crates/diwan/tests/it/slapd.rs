//! A directory that is not ours: OpenLDAP's `slapd` in a folder of its own, with the schema of Active Directory beside its own
//! and a certificate of an authority that nobody else trusts. `bin/test` installs the program.

use std::{
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use ldap3::{LdapConnAsync, Mod};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use uuid::Uuid;

const PROGRAM: &str = "/usr/sbin/slapd";
const SUFFIX: &str = "dc=diwan,dc=test";
const ROOT: &str = "cn=root,dc=diwan,dc=test";
pub const BASE: &str = "ou=staff,dc=diwan,dc=test";
pub const READER: &str = "cn=diwan,dc=diwan,dc=test";
pub const SECRET: &str = "password of the reader";

/// A running directory. It ends with this value.
pub struct Slapd {
    folder: PathBuf,
    plain: u16,
    pub secured: u16,
    /// The certificate of its authority, as PEM.
    pub authority: String,
    program: Child,
}

/// Somebody in the directory.
pub struct Member<'a> {
    pub number: &'a str,
    pub name: &'a str,
    pub password: &'a str,
}

impl Member<'_> {
    pub fn dn(&self) -> String {
        format!("cn={},{BASE}", self.name)
    }

    fn lines(&self) -> String {
        format!(
            "dn: {}\nobjectClass: inetOrgPerson\nobjectClass: extensibleObject\ncn: {name}\nsn: {name}\n\
             employeeNumber: {}\nuserPassword: {}\n\n",
            self.dn(),
            self.number,
            self.password,
            name = self.name
        )
    }
}

impl Slapd {
    pub async fn with(members: &[Member<'_>]) -> Slapd {
        let folder = std::env::temp_dir().join(format!("diwan-slapd-{}", Uuid::now_v7()));
        std::fs::create_dir_all(folder.join("db")).expect("a folder");
        let authority = certificates(&folder);
        std::fs::write(folder.join("slapd.conf"), settings(&folder)).expect("the settings");
        let lines: String = members.iter().map(Member::lines).collect();
        std::fs::write(folder.join("first.ldif"), format!("{}{lines}", first())).expect("the entries");
        let file = |name: &str| folder.join(name).display().to_string();
        let filled = Command::new(PROGRAM)
            .args(["-T", "add", "-f", &file("slapd.conf"), "-l", &file("first.ldif")])
            .output()
            .expect("slapd is installed, as bin/test does");
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        let (plain, secured) = (free_port(), free_port());
        let program = run(&folder, plain, secured);
        let slapd = Slapd { folder, plain, secured, authority, program };
        slapd.answers().await;
        slapd
    }

    pub fn starttls_port(&self) -> u16 {
        self.plain
    }

    async fn answers(&self) {
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", self.secured)).is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("slapd does not answer");
    }

    pub fn stops(&mut self) {
        self.program.kill().expect("it runs");
        self.program.wait().expect("it ends");
    }

    pub async fn starts(&mut self) {
        self.program = run(&self.folder, self.plain, self.secured);
        self.answers().await;
    }

    /// Sets an attribute of somebody, or takes it away where there is no value.
    pub async fn sets(&self, of: &Member<'_>, attribute: &str, value: Option<&str>) {
        let mut root = self.root().await;
        let values = value.into_iter().map(str::to_owned).collect();
        let changed = root.modify(&of.dn(), vec![Mod::Replace(attribute.to_owned(), values)]).await;
        changed.expect("an answer").success().expect("it is changed");
    }

    pub async fn removes(&self, who: &Member<'_>) {
        let mut root = self.root().await;
        root.delete(&who.dn()).await.expect("an answer").success().expect("it is removed");
    }

    async fn root(&self) -> ldap3::Ldap {
        let address = format!("ldap://127.0.0.1:{}", self.plain);
        let (line, mut root) = LdapConnAsync::new(&address).await.expect("a line");
        ldap3::drive!(line);
        root.simple_bind(ROOT, SECRET).await.expect("an answer").success().expect("the root is in");
        root
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn run(folder: &std::path::Path, plain: u16, secured: u16) -> Child {
    let settings = folder.join("slapd.conf").display().to_string();
    let listens = format!("ldap://127.0.0.1:{plain} ldaps://127.0.0.1:{secured}");
    Command::new(PROGRAM)
        .args(["-f", &settings, "-h", &listens, "-d", "0"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("slapd runs")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("an address").port()
}

/// Writes the certificate of the server and its key; answers that of the authority.
fn certificates(folder: &std::path::Path) -> String {
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key"));
    let authority = authority.expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("parameters");
    let server = server.signed_by(&key, &authority).expect("a certificate");
    std::fs::write(folder.join("server.pem"), server.pem()).expect("a file");
    std::fs::write(folder.join("server.key"), key.serialize_pem()).expect("a file");
    authority.pem()
}

fn settings(folder: &std::path::Path) -> String {
    let folder = folder.display();
    format!(
        "include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' SYNTAX '1.3.6.1.4.1.1466.115.121.1.27' SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires' SYNTAX '1.3.6.1.4.1.1466.115.121.1.27' SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.96 NAME 'pwdLastSet' SYNTAX '1.3.6.1.4.1.1466.115.121.1.27' SINGLE-VALUE )
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
database mdb
suffix \"{SUFFIX}\"
rootdn \"{ROOT}\"
rootpw \"{SECRET}\"
directory {folder}/db
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact=\"{READER}\" read by * none
"
    )
}

fn first() -> String {
    format!(
        "dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\ndc: diwan\no: diwan\n\n\
         dn: {BASE}\nobjectClass: organizationalUnit\nou: staff\n\n\
         dn: {READER}\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: diwan\n\
         userPassword: {SECRET}\n\n"
    )
}
