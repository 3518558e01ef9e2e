//! How an account stands in a directory, told from its attributes and from what a bind answers. Active Directory, OpenLDAP and
//! 389 Directory Server each say it in their own way.

use std::collections::HashMap;

use clock::Timestamp;

/// What is read of an account besides the attribute that names its person.
pub(crate) const ATTRIBUTES: [&str; 9] = [
    "userAccountControl",
    "msDS-User-Account-Control-Computed",
    "accountExpires",
    "pwdLastSet",
    "pwdAccountLockedTime",
    "pwdReset",
    "nsAccountLock",
    "loginDisabled",
    "shadowExpire",
];

/// Bits of `userAccountControl` and of its computed sister.
const DISABLED: i64 = 0x2;
const LOCKED_OUT: i64 = 0x10;
const PASSWORD_NEVER_EXPIRES: i64 = 0x1_0000;
const PASSWORD_EXPIRED: i64 = 0x80_0000;
/// Active Directory counts in 100 ns since 1601; this is 1970.
const WINDOWS_EPOCH: i64 = 116_444_736_000_000_000;
/// OpenLDAP: locked until somebody unlocks it.
const LOCKED_FOR_GOOD: &str = "000001010000Z";

/// Result codes of RFC 4511 that a bind answers.
const SUCCESS: u32 = 0;
const CONSTRAINT_VIOLATION: u32 = 19;
const INVALID_CREDENTIALS: u32 = 49;
const UNWILLING_TO_PERFORM: u32 = 53;

/// Why an account is not in order. The word is kept in the ledger and says which text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Absent,
    Ambiguous,
    Disabled,
    Locked,
    Expired,
    PasswordExpired,
}

impl Why {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Why::Absent => "absent",
            Why::Ambiguous => "ambiguous",
            Why::Disabled => "disabled",
            Why::Locked => "locked",
            Why::Expired => "expired",
            Why::PasswordExpired => "password_expired",
        }
    }
}

/// An account as the directory shows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    pub dn: String,
    pub attributes: HashMap<String, Vec<String>>,
}

/// What a bind with somebody's password says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Right,
    Wrong,
    /// `proven` when the directory only says so to whoever knows the password.
    Refused {
        why: Why,
        proven: bool,
    },
    /// An answer that is none.
    Unclear,
}

impl Account {
    /// Directories answer with the spelling of their own schema.
    pub(crate) fn values(&self, attribute: &str) -> impl Iterator<Item = &str> {
        let named = self.attributes.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(attribute));
        named.flat_map(|(_, values)| values.iter().map(String::as_str))
    }

    fn number(&self, attribute: &str) -> Option<i64> {
        self.values(attribute).find_map(|value| value.trim().parse().ok())
    }

    fn says(&self, attribute: &str, word: &str) -> bool {
        self.values(attribute).any(|value| value.eq_ignore_ascii_case(word))
    }

    /// Why this account may not be used at this moment, as far as its attributes tell.
    pub(crate) fn fault(&self, now: Timestamp) -> Option<Why> {
        let control = self.number("userAccountControl").unwrap_or_default();
        let computed = self.number("msDS-User-Account-Control-Computed").unwrap_or_default();
        let never_expires = control & PASSWORD_NEVER_EXPIRES != 0;
        let faults = [
            (Why::Disabled, control & DISABLED != 0),
            (Why::Disabled, self.says("nsAccountLock", "true") || self.says("loginDisabled", "true")),
            (Why::Disabled, self.says("pwdAccountLockedTime", LOCKED_FOR_GOOD)),
            (Why::Expired, self.is_expired(now)),
            (Why::Locked, computed & LOCKED_OUT != 0),
            (Why::PasswordExpired, (control | computed) & PASSWORD_EXPIRED != 0),
            (Why::PasswordExpired, self.number("pwdLastSet") == Some(0) && !never_expires),
            (Why::PasswordExpired, self.says("pwdReset", "true")),
        ];
        faults.into_iter().find(|(_, holds)| *holds).map(|(why, _)| why)
    }

    /// `accountExpires` is 0 or the largest number where there is no end; `shadowExpire` counts days, and -1 is none.
    fn is_expired(&self, now: Timestamp) -> bool {
        let windows_now = now.0.saturating_mul(10).saturating_add(WINDOWS_EPOCH);
        let windows = self.number("accountExpires").filter(|at| ![0, i64::MAX].contains(at));
        let days = self.number("shadowExpire").filter(|day| *day >= 0);
        windows.is_some_and(|at| at <= windows_now) || days.is_some_and(|day| day <= now.day())
    }

    /// Whether a wrong password may be a lock: OpenLDAP says no more than this.
    pub(crate) fn was_locked(&self) -> bool {
        self.values("pwdAccountLockedTime").next().is_some()
    }
}

impl Bound {
    /// Active Directory puts its own code into the text of the answer: `… AcceptSecurityContext error, data 533, …`. It tells
    /// 530 to 533, 701 and 773 only to whoever gave the right password; 775 to everybody.
    pub(crate) fn of(code: u32, text: &str) -> Bound {
        match code {
            SUCCESS => Bound::Right,
            INVALID_CREDENTIALS => match text.split("data ").nth(1).and_then(|rest| rest.get(..3)) {
                Some("530" | "531" | "533") => Bound::Refused { why: Why::Disabled, proven: true },
                Some("532" | "773") => Bound::Refused { why: Why::PasswordExpired, proven: true },
                Some("701") => Bound::Refused { why: Why::Expired, proven: true },
                Some("775") => Bound::Refused { why: Why::Locked, proven: false },
                _ => Bound::Wrong,
            },
            CONSTRAINT_VIOLATION | UNWILLING_TO_PERFORM => Bound::Refused { why: Why::Locked, proven: false },
            _ => Bound::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_772_357_400_000_000);

    fn account(attributes: &[(&str, &str)]) -> Account {
        let pairs = attributes.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
        Account { dn: String::new(), attributes: pairs.collect() }
    }

    #[test]
    fn an_account_is_judged_by_what_its_directory_says() {
        for (attributes, expected) in [
            (&[][..], None),
            (&[("userAccountControl", "512")], None),
            (&[("USERACCOUNTCONTROL", "514")], Some(Why::Disabled)),
            (&[("userAccountControl", "66050")], Some(Why::Disabled)),
            (&[("userAccountControl", "not a number")], None),
            (&[("userAccountControl", "8389120")], Some(Why::PasswordExpired)),
            (&[("msDS-User-Account-Control-Computed", "16")], Some(Why::Locked)),
            (&[("msDS-User-Account-Control-Computed", "8388608")], Some(Why::PasswordExpired)),
            (&[("pwdLastSet", "0")], Some(Why::PasswordExpired)),
            (&[("pwdLastSet", "0"), ("userAccountControl", "66048")], None),
            (&[("pwdLastSet", "133537248000000000")], None),
            (&[("accountExpires", "0")], None),
            (&[("accountExpires", "9223372036854775807")], None),
            (&[("accountExpires", "133537248000000000")], Some(Why::Expired)),
            (&[("accountExpires", "139537248000000000")], None),
            (&[("shadowExpire", "-1")], None),
            (&[("shadowExpire", "20000")], Some(Why::Expired)),
            (&[("shadowExpire", "30000")], None),
            (&[("pwdAccountLockedTime", "000001010000Z")], Some(Why::Disabled)),
            (&[("pwdAccountLockedTime", "20260101101010Z")], None),
            (&[("nsAccountLock", "TRUE")], Some(Why::Disabled)),
            (&[("pwdReset", "TRUE")], Some(Why::PasswordExpired)),
        ] {
            assert_eq!(account(attributes).fault(NOW), expected, "{attributes:?}");
        }
    }

    #[test]
    fn a_bind_is_read_as_active_directory_and_others_answer_it() {
        let said = |data: &str| {
            format!(
                "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data {data}, v3839"
            )
        };
        for (code, text, expected) in [
            (0, String::new(), Bound::Right),
            (49, String::new(), Bound::Wrong),
            (49, said("52e"), Bound::Wrong),
            (49, said("525"), Bound::Wrong),
            (49, said("533"), Bound::Refused { why: Why::Disabled, proven: true }),
            (49, said("701"), Bound::Refused { why: Why::Expired, proven: true }),
            (49, said("773"), Bound::Refused { why: Why::PasswordExpired, proven: true }),
            (49, said("775"), Bound::Refused { why: Why::Locked, proven: false }),
            (49, "data é".to_owned(), Bound::Wrong),
            (53, String::new(), Bound::Refused { why: Why::Locked, proven: false }),
            (51, String::new(), Bound::Unclear),
        ] {
            assert_eq!(Bound::of(code, &text), expected, "{code} {text}");
        }
    }
}
