//! What a user wants to be told, by which channel, and when.

use crate::body::common::codes;
use domain::notice::{
    Category, Channel,
    hours::{Hours, Language, Zone},
    preferences::{Preferences, Settings},
};
use jiff::civil::Time;
use lambda::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const CLOCK: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9]$";
/// More than there are, and each only once.
const OFF_MAX: usize = 24;

fn languages() -> Vec<&'static str> {
    words::Language::ALL.iter().map(|language| language.code()).collect()
}

/// By what a user is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelCode {
    Push,
    Whatsapp,
    Sms,
    Email,
}

impl From<Channel> for ChannelCode {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Push => Self::Push,
            Channel::Whatsapp => Self::Whatsapp,
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
        }
    }
}

impl From<ChannelCode> for Channel {
    fn from(code: ChannelCode) -> Self {
        match code {
            ChannelCode::Push => Self::Push,
            ChannelCode::Whatsapp => Self::Whatsapp,
            ChannelCode::Sms => Self::Sms,
            ChannelCode::Email => Self::Email,
        }
    }
}

/// Local times; a part of each day that may reach across midnight.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursBody {
    #[schemars(extend("pattern" = CLOCK))]
    pub from: String,
    #[schemars(extend("pattern" = CLOCK))]
    pub to: String,
}

/// What is not wanted, and by which channel. Security and what the law asks for come all the same.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffBody {
    #[schemars(extend("enum" = codes(Category::ALL, Category::code)))]
    pub category: String,
    pub channel: ChannelCode,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EmailBody {
    pub address: String,
    /// Whether its owner has proven it. Nothing is sent there before.
    pub verified: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PreferencesBody {
    #[schemars(extend("enum" = languages()))]
    pub language: String,
    /// By its IANA name.
    pub time_zone: String,
    /// When nobody is disturbed, but for fraud and money at risk.
    pub quiet_hours: Option<HoursBody>,
    /// When what is not urgent is told, all at once; `null` for each at its time.
    pub digest_at: Option<String>,
    pub off: Vec<OffBody>,
    /// Whether promotions are wanted.
    pub offers: bool,
    /// Channels that were stopped as a whole, here or by an answer of `STOP`.
    pub stopped: Vec<ChannelCode>,
    pub email: Option<EmailBody>,
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

impl From<&Preferences> for PreferencesBody {
    fn from(preferences: &Preferences) -> Self {
        let settings = &preferences.settings;
        let off = |(category, channel): &(Category, Channel)| OffBody { category: category.code().to_owned(), channel: (*channel).into() };
        let Hours { from, to } = settings.quiet;
        Self {
            language: settings.language.as_str().to_owned(),
            time_zone: settings.zone.as_str().to_owned(),
            quiet_hours: (from != to).then(|| HoursBody { from: clock(from), to: clock(to) }),
            digest_at: settings.digest_at.map(clock),
            off: settings.off.iter().map(off).collect(),
            offers: settings.offers,
            stopped: preferences.stopped.iter().copied().map(ChannelCode::from).collect(),
            email: preferences
                .email
                .as_ref()
                .map(|email| EmailBody { address: email.address.as_str().to_owned(), verified: email.verified }),
        }
    }
}

/// All that a user chooses; it takes the place of what they chose before.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferencesRequest {
    #[schemars(extend("enum" = languages()))]
    pub language: String,
    /// By its IANA name: `Asia/Kolkata`.
    #[schemars(length(min = 1, max = 64))]
    pub time_zone: String,
    /// Without them, there are none.
    #[serde(default)]
    pub quiet_hours: Option<HoursBody>,
    #[schemars(extend("pattern" = CLOCK))]
    #[serde(default)]
    pub digest_at: Option<String>,
    #[schemars(length(max = OFF_MAX))]
    #[serde(default)]
    pub off: Vec<OffBody>,
    #[serde(default)]
    pub offers: bool,
    /// Channels that are stopped as a whole; without it, they stay as they are.
    #[schemars(length(max = 4))]
    #[serde(default)]
    pub stopped: Option<Vec<ChannelCode>>,
}

fn time(text: &str, pointer: &str) -> Result<Time, Problem> {
    let wrong = || Problem::invalid_field(pointer, "must be a time such as `07:00`");
    let (hour, minute) = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2).ok_or_else(wrong)?;
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten().ok_or_else(wrong);
    Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong())
}

impl TryFrom<PreferencesRequest> for (Settings, Option<BTreeSet<Channel>>) {
    type Error = Problem;
    fn try_from(asked: PreferencesRequest) -> Result<Self, Problem> {
        let language = words::Language::from_code(&asked.language).filter(|_| languages().contains(&asked.language.as_str()));
        let language = language.and_then(|language| Language::parse(language.code()).ok());
        let language = language.ok_or_else(|| Problem::invalid_field("/language", format!("must be one of {}", languages().join(", "))))?;
        let zone = Zone::parse(&asked.time_zone).map_err(|why| Problem::invalid_field("/time_zone", why.to_string()))?;
        let quiet = match asked.quiet_hours {
            Some(HoursBody { from, to }) => Hours { from: time(&from, "/quiet_hours/from")?, to: time(&to, "/quiet_hours/to")? },
            None => Hours::new(0, 0),
        };
        let digest_at = asked.digest_at.map(|at| time(&at, "/digest_at")).transpose()?;
        if asked.off.len() > OFF_MAX {
            return Err(Problem::invalid_field("/off", format!("must be at most {OFF_MAX}")));
        }
        let off = asked.off.iter().enumerate().map(|(n, off)| {
            let wrong = |why: String| Problem::invalid_field(format!("/off/{n}/category"), why);
            let category = Category::from_code(&off.category);
            let category = category.ok_or_else(|| wrong(format!("must be one of {}", codes(Category::ALL, Category::code).join(", "))))?;
            if category.is_always_sent() {
                return Err(wrong("is told whatever is switched off".to_owned()));
            }
            Ok((category, off.channel.into()))
        });
        let off = off.collect::<Result<_, _>>()?;
        if asked.stopped.as_ref().is_some_and(|stopped| stopped.len() > Channel::ALL.len()) {
            return Err(Problem::invalid_field("/stopped", "names a channel twice"));
        }
        let stopped = asked.stopped.map(|stopped| stopped.into_iter().map(Channel::from).collect());
        Ok((Settings { language, zone, quiet, digest_at, off, offers: asked.offers }, stopped))
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailRequest {
    /// Without one, the address that was set is taken away.
    #[schemars(length(max = 254))]
    pub email: Option<String>,
}
