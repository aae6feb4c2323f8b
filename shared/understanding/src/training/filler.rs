//! Puts words for the placeholders of the corpus: amounts in all their forms, names, days, billers.

use std::collections::HashMap;

use super::names;
use crate::language::{Language, Script, Tongue};
use crate::lexicon::Lexicon;

type Forms = Vec<(Option<Tongue>, &'static str)>;

/// By kind: every form of the lexicon.
pub struct Filler {
    forms: HashMap<&'static str, Forms>,
}

const KINDS: [&str; 9] = ["platform", "bank", "biller", "category", "period", "scheme", "language", "city", "day"];

const GOALS_LATIN: &str = "phone|new phone|bike|scooter|laptop|cycle|marriage|sister marriage|wedding|diwali|school fees|gold chain|tv|fridge|rent deposit|trip|goa trip|emergency|helmet|house|auto|son school|eid|pongal|ugadi|durga puja|ganpati|medical|washing machine|second hand bike|activa";

fn goals(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => GOALS_LATIN,
        Tongue::Hindi => "फोन|नया फोन|बाइक|स्कूटी|शादी|बहन की शादी|दिवाली|स्कूल फीस|लैपटॉप|साइकिल|घर|गाड़ी|टीवी|ईद",
        Tongue::Marathi => "फोन|नवीन फोन|बाईक|स्कूटी|लग्न|बहिणीचं लग्न|दिवाळी|शाळेची फी|लॅपटॉप|सायकल|घर|गाडी|गणपती",
        Tongue::Kannada => "ಫೋನ್|ಹೊಸ ಫೋನ್|ಬೈಕ್|ಸ್ಕೂಟರ್|ಮದುವೆ|ತಂಗಿ ಮದುವೆ|ದೀಪಾವಳಿ|ಸ್ಕೂಲ್ ಫೀಸ್|ಲ್ಯಾಪ್‌ಟಾಪ್|ಮನೆ|ಗಾಡಿ|ಯುಗಾದಿ",
        Tongue::Tamil => "போன்|புது போன்|பைக்|ஸ்கூட்டர்|கல்யாணம்|தங்கச்சி கல்யாணம்|தீபாவளி|ஸ்கூல் ஃபீஸ்|லேப்டாப்|வீடு|வண்டி|பொங்கல்",
        Tongue::Telugu => "ఫోన్|కొత్త ఫోన్|బైక్|స్కూటర్|పెళ్లి|చెల్లి పెళ్లి|దీపావళి|స్కూల్ ఫీజు|ల్యాప్‌టాప్|ఇల్లు|బండి|సంక్రాంతి",
        Tongue::Bengali => "ফোন|নতুন ফোন|বাইক|স্কুটি|বিয়ে|বোনের বিয়ে|পুজো|স্কুল ফি|ল্যাপটপ|বাড়ি|গাড়ি|ঈদ",
    }
}

impl Filler {
    pub fn new() -> Self {
        let forms = |kind: &str| {
            Lexicon::listed(kind).into_iter().filter(|(value, _, _)| *value != "day_ago").map(|(_, tongue, form)| (tongue, form)).collect()
        };
        let mut forms: HashMap<&'static str, Forms> = KINDS.into_iter().map(|kind| (kind, forms(kind))).collect();
        forms.insert(
            "numbers",
            Lexicon::listed("number").into_iter().filter(|(value, _, _)| value.len() < 3).map(|(_, tongue, form)| (tongue, form)).collect(),
        );
        for (kind, value) in [("hundred", "100"), ("thousand", "1000"), ("lakh", "100000"), ("unit", "rupee")] {
            let of = if kind == "unit" { "unit" } else { "number" };
            forms.insert(
                kind,
                Lexicon::listed(of).into_iter().filter(|(is, _, _)| *is == value).map(|(_, tongue, form)| (tongue, form)).collect(),
            );
        }
        Self { forms }
    }

    pub fn fill(&self, random: &mut fastrand::Rng, template: &str, language: Language) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str(&self.word(random, name, language));
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn word(&self, random: &mut fastrand::Rng, name: &str, language: Language) -> String {
        match name {
            "amount" => self.amount(random, language),
            "person" => names::person(random, language),
            "phone" => self.phone(random),
            "vpa" => self.vpa(random),
            "date" => self.date(random, language),
            "count" => random.choice(["3", "5", "10", "20", "7", "15"]).unwrap_or("5").to_owned(),
            "goal" => {
                let list = if language.latin { GOALS_LATIN } else { goals(language.tongue) };
                random.choice(list.split('|').collect::<Vec<_>>()).unwrap_or("phone").to_owned()
            }
            "area" => random
                .choice(["airport", "station", "koramangala", "andheri", "salt lake", "t nagar", "madhapur", "hsr"])
                .unwrap_or("airport")
                .to_owned(),
            kind => self.form(random, kind, language).unwrap_or_else(|| kind.to_owned()),
        }
    }

    /// A form in the language and its letters, or else any that people of that language write.
    fn form(&self, random: &mut fastrand::Rng, kind: &str, language: Language) -> Option<String> {
        let forms = self.forms.get(kind)?;
        let latin = language.latin || language == Language::ENGLISH;
        let script = native_script(language.tongue);
        let fits = |form: &str| {
            let of = form.chars().find_map(Script::of);
            if latin { of == Some(Script::Latin) || of.is_none() } else { of == script }
        };
        let own: Vec<&str> = forms
            .iter()
            .filter(|(tongue, form)| (*tongue == Some(language.tongue) || tongue.is_none()) && fits(form))
            .map(|(_, form)| *form)
            .collect();
        let shared: Vec<&str> = forms
            .iter()
            .filter(|(tongue, form)| matches!(tongue, None | Some(Tongue::English)) && (fits(form) || form.is_ascii()))
            .map(|(_, form)| *form)
            .collect();
        let from = if own.is_empty() || random.f32() < 0.2 && !shared.is_empty() { shared } else { own };
        random.choice(from).map(str::to_owned)
    }

    fn amount(&self, random: &mut fastrand::Rng, language: Language) -> String {
        let round = random
            .choice([
                50, 100, 120, 150, 200, 250, 300, 350, 450, 500, 550, 600, 700, 750, 800, 850, 999, 1_000, 1_200, 1_500, 2_000, 2_500,
                3_000, 5_000, 8_000, 10_000, 20_000, 50_000,
            ])
            .unwrap_or(500);
        let thousands = random.choice(["1", "2", "3", "5", "10", "15", "20", "25", "50"]).unwrap_or("2");
        let count = self.form(random, "numbers", language).unwrap_or_else(|| "5".to_owned());
        match random.u8(..20) {
            0..=8 => round.to_string(),
            9 => format!("₹{round}"),
            10 => format!("rs {round}"),
            11 => format!("{round} rs"),
            12 => format!("{round}/-"),
            13 => format!("{thousands}k"),
            14 => format!("{round} {}", self.form(random, "unit", language).unwrap_or_default()),
            15 => format!("{} {}", count, self.form(random, "hundred", language).unwrap_or_default()),
            16 => format!("{} {}", count, self.form(random, "thousand", language).unwrap_or_default()),
            17 => format!("{thousands} {}", self.form(random, "thousand", language).unwrap_or_default()),
            18 => format!("{thousands},000"),
            _ => format!("{}", random.u32(20..5_000)),
        }
    }

    fn phone(&self, random: &mut fastrand::Rng) -> String {
        let number = format!("{}{:09}", random.u32(6..10), random.u32(..1_000_000_000));
        match random.u8(..4) {
            0 => format!("+91{number}"),
            1 => format!("{} {}", &number[..5], &number[5..]),
            _ => number,
        }
    }

    fn vpa(&self, random: &mut fastrand::Rng) -> String {
        let handle = random.choice(["ybl", "okaxis", "oksbi", "paytm", "upi", "okhdfcbank", "ibl", "axl"]).unwrap_or("upi");
        let name = names::person(random, Language::ENGLISH).to_lowercase().replace(' ', ".");
        format!("{name}{}@{handle}", random.choice(["", "1", "99", "123"]).unwrap_or(""))
    }

    fn date(&self, random: &mut fastrand::Rng, language: Language) -> String {
        match random.u8(..10) {
            0 => format!("{} nov", random.u8(1..29)),
            1 => format!("{}/{:02}", random.u8(1..29), random.u8(1..13)),
            _ => self.form(random, "day", language).unwrap_or_else(|| "kal".to_owned()),
        }
    }
}

fn native_script(tongue: Tongue) -> Option<Script> {
    Some(match tongue {
        Tongue::English => Script::Latin,
        Tongue::Hindi | Tongue::Marathi => Script::Devanagari,
        Tongue::Kannada => Script::Kannada,
        Tongue::Tamil => Script::Tamil,
        Tongue::Telugu => Script::Telugu,
        Tongue::Bengali => Script::Bengali,
    })
}
