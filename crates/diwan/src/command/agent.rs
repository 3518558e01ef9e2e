//! `diwan agent`: the program speaks for the device on which it runs. It makes a key that never leaves the device, hands in
//! the public half by a code, reports what the operating system tells, and opens a ticket by which the device shows itself in
//! a browser. Everything goes out signed as `courier` signs letters; an answer is a status.

mod look;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use authz::Failure;
use bytes::Bytes;
use clap::Subcommand;
use clock::Clock;
use courier::{Courier, Letter, Network, Reach};
use ledger::Keys;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::settings::Settings;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    act: Act,
    /// A PEM file of certificate authorities that are trusted beside the public ones.
    #[arg(long, env = "DIWAN_AGENT_AUTHORITIES", global = true)]
    authorities: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Act {
    /// Makes a key and hands it in by the code that the page of the device shows.
    Enrol { address: String, code: String },
    /// Tells how the device stands. Meant for a timer, once a day.
    Report {
        /// Prints what would be sent, and sends nothing.
        #[arg(long)]
        print: bool,
    },
    /// Makes a link by which the device shows itself in a browser, good for two minutes.
    Open,
}

/// What the agent cannot do, and what to do about it.
#[derive(Debug, thiserror::Error)]
enum AgentError {
    #[error("{0} is no address of a site")]
    Address(String),
    #[error("this device is not enrolled: run `diwan agent enrol ADDRESS CODE` first")]
    NotEnrolled,
    #[error("the site answered {0}: the code or the key is not accepted, or this device's clock is wrong")]
    Refused(u16),
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    match &args.act {
        Act::Enrol { address, code } => {
            // A name of its own, so that no two devices are called alike.
            let agent = Agent::new(settings, args, address, &format!("device-{}", Uuid::now_v7()))?;
            let asked =
                json!({ "code": code, "key": agent.key(), "system": look::posture()["system"].clone() });
            agent.posts("enrol", &asked).await?;
            std::fs::write(agent_file(settings, "address"), address)?;
            println!("This device is enrolled. Send its first report with `diwan agent report`.");
        }
        Act::Report { print: true } => println!("{:#}", look::posture()),
        Act::Report { print: false } => {
            match Agent::enrolled(settings, args)?.posts("reports", &look::posture()).await? {
                202 => println!("Reported. Something has to be mended: the page of this device shows what."),
                _ => println!("Reported. Nothing falls short of the baseline."),
            }
        }
        Act::Open => {
            let agent = Agent::enrolled(settings, args)?;
            let secret = identity::new_one_time_secret();
            let hash: String =
                identity::secret_hash(&secret).iter().map(|byte| format!("{byte:02x}")).collect();
            agent.posts("tickets", &json!({ "hash": hash })).await?;
            println!("{}/account/device?ticket={secret}", agent.address);
        }
    }
    Ok(ExitCode::SUCCESS)
}

struct Agent {
    courier: Courier,
    address: String,
}

fn agent_file(settings: &Settings, name: &str) -> PathBuf {
    settings.data.join("agent").join(name)
}

impl Agent {
    fn new(settings: &Settings, args: &Args, address: &str, name: &str) -> Result<Agent, Failure> {
        std::fs::create_dir_all(settings.data.join("agent"))?;
        let keys = Arc::new(Keys::load_or_create_named(agent_file(settings, "device.key"), name)?);
        // A site of a government may well lie in a private network: whoever typed its address allows it.
        let everywhere = ["0.0.0.0/0", "::/0"].map(|typed| typed.parse::<Network>());
        let reach = Reach(everywhere.into_iter().flatten().collect());
        let courier = Courier::new(reach, args.authorities.as_deref(), keys)?;
        Ok(Agent { courier, address: address.trim_end_matches('/').to_owned() })
    }

    fn enrolled(settings: &Settings, args: &Args) -> Result<Agent, Failure> {
        let address = std::fs::read_to_string(agent_file(settings, "address"));
        let address = address.map_err(|_| AgentError::NotEnrolled)?;
        Agent::new(settings, args, &address, "device")
    }

    /// The public half of the key.
    fn key(&self) -> String {
        self.courier.keys().sign_as(|_| Vec::new()).0.to_string()
    }

    /// Posts a letter; a status that is no yes is an error.
    async fn posts(&self, what: &str, content: &Value) -> Result<u16, Failure> {
        let address = format!("{}/api/v1/devices/{what}", self.address);
        let letter = Letter {
            id: Uuid::now_v7(),
            address: self.courier.reach().check(&address).map_err(|_| AgentError::Address(address))?,
            content_type: courier::JSON,
            content: Bytes::from(content.to_string()),
            signed_at: Clock::System.now().seconds(),
            bearer: None,
        };
        match self.courier.post(&letter).await? {
            status @ 200..300 => Ok(status),
            status => Err(AgentError::Refused(status).into()),
        }
    }
}
