//! The letter itself: a subject, a sentence, a link. What a notice says in full stays in the portal, because
//! nobody knows who reads a mailbox. As plain text and as simple HTML, so that both directions of script come out right.

use std::time::{Duration, SystemTime};

use clock::Timestamp;
use language::{Digits, Lang, Texts};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::MailConfig;
use crate::notice::{Notice, Reading, Words, table::Route};

/// What one letter says, in one language.
pub(super) struct Letter {
    pub lang: Lang,
    pub to: String,
    pub subject: String,
    /// Unique for what the letter tells, the same for every try: `<id>@<domain>`.
    pub id: String,
    pub lead: String,
    /// Headings with the lines below each.
    pub groups: Vec<(String, Vec<String>)>,
    pub href: String,
    /// Where the person says "no more", when that is possible.
    pub leave: Option<String>,
    /// The last line, where it is neither the way out nor why there is none.
    pub foot: Option<&'static str>,
}

/// The letter that one notice makes, or in words why it can never be sent.
pub(super) fn of_notice(
    notice: &Notice,
    route: &Route,
    config: &MailConfig,
    texts: &Texts,
    now: Timestamp,
    leave: Option<String>,
) -> Result<Message, String> {
    let lang = route.language;
    let words = Words::of(notice, Reading { texts, lang, digits: Digits::Latin, offset: config.offset });
    let letter = Letter {
        lang,
        to: route.address.clone(),
        subject: words.subject_line(),
        id: notice.id.to_string(),
        lead: texts.say(lang, "notify-mail-sentence", &[("office", config.name.get(lang).into())]),
        groups: Vec::new(),
        href: format!("{}/inbox/{}", config.public_address, notice.id),
        leave,
        foot: None,
    };
    letter.compose(config, texts, now)
}

impl Letter {
    pub(super) fn compose(
        &self,
        config: &MailConfig,
        texts: &Texts,
        now: Timestamp,
    ) -> Result<Message, String> {
        let to: Address = self.to.parse().map_err(|_| "the person's e-mail address is not one".to_owned())?;
        let sender = config.sender(self.lang).ok_or("the office's e-mail address is not one")?;
        let domain = sender.email.domain().to_owned();
        let mut builder = Message::builder()
            .from(sender)
            .to(Mailbox::new(None, to.clone()))
            .subject(self.subject.as_str())
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(now.0.max(0) as u64))
            .message_id(Some(format!("<{}@{domain}>", self.id)))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", self.lang.code()));
        if let Some(path) = config.return_path(&self.id) {
            let envelope = Envelope::new(Some(path), vec![to]);
            builder = builder.envelope(envelope.map_err(|error| format!("the letter has no way: {error}"))?);
        }
        if let Some(leave) = &self.leave {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{leave}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let body = MultiPart::alternative_plain_html(self.plain(texts), self.html(config, texts));
        builder.multipart(body).map_err(|error| format!("the letter cannot be composed: {error}"))
    }

    fn foot(&self, texts: &Texts) -> String {
        let own = if self.leave.is_some() { "notify-mail-leave" } else { "notify-mail-required" };
        let key = self.foot.unwrap_or(own);
        texts.say(self.lang, key, &[])
    }

    fn plain(&self, texts: &Texts) -> String {
        let mut text = format!("{}\r\n\r\n", self.lead);
        for (heading, lines) in &self.groups {
            text.push_str(&format!("{heading}\r\n"));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\r\n")));
            text.push_str("\r\n");
        }
        let leave = self.leave.as_deref().unwrap_or_default();
        text.push_str(&format!("{}\r\n\r\n{}\r\n{leave}\r\n", self.href, self.foot(texts)));
        text
    }

    /// Nothing is fetched from anywhere, and nothing counts who opened it.
    fn html(&self, config: &MailConfig, texts: &Texts) -> String {
        let (lang, dir) = (self.lang.code(), if self.lang == Lang::Ar { "rtl" } else { "ltr" });
        let align = if self.lang == Lang::Ar { "right" } else { "left" };
        let mut groups = String::new();
        for (heading, lines) in &self.groups {
            let lines: String = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
            groups.push_str(&format!("<h2 style=\"font-size:17px;margin:24px 0 4px\"><bdi>{}</bdi></h2><ul style=\"margin:0\">{lines}</ul>", escaped(heading)));
        }
        let open = escaped(&texts.say(self.lang, "notify-mail-open", &[]));
        let foot = match &self.leave {
            Some(leave) => format!(
                "<a href=\"{}\" style=\"color:#5c5a55\">{}</a>",
                escaped(leave),
                escaped(&self.foot(texts))
            ),
            None => escaped(&self.foot(texts)),
        };
        format!(
            "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\
            <body style=\"margin:0;padding:24px;background:#f6f4ef;color:#1c1a17;font-family:'IBM Plex Sans Arabic',Tahoma,sans-serif;font-size:17px;line-height:1.75;text-align:{align}\">\
            <div dir=\"{dir}\" style=\"max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-top:4px solid #0b4a4f\">\
            <p style=\"margin:0 0 16px;color:#0b4a4f;font-weight:600\">{office}</p><h1 style=\"font-size:20px;margin:0 0 16px\">{subject}</h1>\
            <p style=\"margin:0\">{lead}</p>{groups}\
            <p style=\"margin:24px 0\"><a href=\"{href}\" style=\"display:inline-block;padding:10px 20px;background:#0b4a4f;color:#ffffff;text-decoration:none\">{open}</a></p>\
            <p style=\"margin:0;color:#5c5a55;font-size:14px\">{foot}</p></div></body></html>",
            subject = escaped(&self.subject),
            office = escaped(config.name.get(self.lang)),
            lead = escaped(&self.lead),
            href = escaped(&self.href),
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
