use super::*;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn sender() -> Sender {
    Sender::new(&address("no-reply@kamai.example"), Some("Kamai"), None).unwrap()
}

fn mail() -> Email<'static> {
    Email {
        message_id: Box::leak(Box::new(MessageId::new("ntf_01J8", "kamai.example").unwrap())),
        to: Box::leak(Box::new(address("asha@example.com"))),
        subject: "You were paid",
        text: "Rs.250 from Ravi.\nKamai",
        html: None,
        attachments: &[],
        purpose: Purpose::Transactional,
        written_at: 784_887_151,
    }
}

#[track_caller]
fn composed(email: Email<'_>) -> String {
    String::from_utf8(email.compose(&sender()).unwrap()).unwrap()
}

#[track_caller]
fn refused_field(email: Email<'_>) -> &'static str {
    email.compose(&sender()).unwrap_err().field
}

#[test]
fn a_plain_mail_is_composed_the_same_every_time() {
    assert_eq!(
        composed(mail()),
        concat!(
            "Date: Tue, 15 Nov 1994 08:12:31 +0000\r\n",
            "Message-ID: <ntf_01J8@kamai.example>\r\n",
            "From: Kamai <no-reply@kamai.example>\r\n",
            "To: asha@example.com\r\n",
            "Subject: You were paid\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Transfer-Encoding: 7bit\r\n",
            "\r\n",
            "Rs.250 from Ravi.\r\nKamai\r\n",
        )
    );
}

#[test]
fn html_comes_as_the_better_alternative_and_files_after_both() {
    let html = Html::escaped("<p>&lt;Ravi&gt;</p>".into());
    let files = [Attachment::new("statement 2026-07.pdf", MediaType::Pdf, b"%PDF-1.7".to_vec()).unwrap()];
    let mail =
        composed(Email { subject: "आपको ₹250 मिले", text: "₹250", html: Some(&html), attachments: &files, ..mail() });
    assert!(mail.is_ascii());
    let at = |part: &str| mail.find(part).unwrap_or_else(|| panic!("{part} is not in {mail}"));
    assert!(at("Subject: =?utf-8?b?") < at("multipart/mixed"));
    assert!(at("multipart/mixed") < at("multipart/alternative"));
    assert!(at("multipart/alternative") < at("text/plain") && at("text/plain") < at("text/html"));
    assert!(at("&lt;Ravi&gt;") < at("Content-Type: application/pdf"));
    at("Content-Disposition: attachment; filename=\"statement 2026-07.pdf\"");
}

#[test]
fn a_mail_that_may_be_ended_says_how() {
    let unsubscribe = Unsubscribe::new("https://kamai.example/u/abc?d=1", Some(&address("leave@kamai.example"))).unwrap();
    let unfolded = composed(Email { purpose: Purpose::Subscription(&unsubscribe), ..mail() }).replace("\r\n ", " ");
    assert!(unfolded.contains("\r\nList-Unsubscribe: <https://kamai.example/u/abc?d=1>, <mailto:leave@kamai.example>\r\n"), "{unfolded}");
    assert!(unfolded.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{unfolded}");
    assert!(!composed(mail()).contains("List-Unsubscribe"));
    assert!(Unsubscribe::new("http://127.0.0.1:4566/u/abc", None).is_ok());
    for url in [
        "http://k.example",
        "http://127.0.0.1.k.example/",
        "https://",
        "https:///x",
        "https://k.example/>x",
        "https://k.example/\r\nBcc: x",
        "https://k.example/a b",
    ] {
        assert!(Unsubscribe::new(url, None).is_err(), "{url}");
    }
}

#[test]
fn a_configuration_set_is_named_where_there_is_one() {
    let with = Sender::new(&address("no-reply@kamai.example"), None, Some("kamai-events")).unwrap();
    let composed_with = String::from_utf8(mail().compose(&with).unwrap()).unwrap();
    assert!(composed_with.contains("\r\nX-SES-CONFIGURATION-SET: kamai-events\r\n"), "{composed_with}");
    assert!(!composed(mail()).contains("X-SES"));
}

#[test]
fn a_second_header_is_refused() {
    for subject in ["Hi\r\nBcc: x@example.com", "Hi\nBcc: x@example.com", "Hi\rx", "Hi\u{0}", "Hi \u{202e}moc", "", " "] {
        assert_eq!(refused_field(Email { subject, ..mail() }), "subject", "{subject:?}");
    }
    let from = address("no-reply@kamai.example");
    assert!(Sender::new(&from, Some("Kamai\r\nBcc: x@example.com"), None).is_err());
    assert!(Sender::new(&from, None, Some("a\r\nb")).is_err());
    for (unique, domain) in [("a b", "kamai.example"), ("", "kamai.example"), ("a>\r\nBcc: x", "kamai.example"), ("a", "kamai.example>")] {
        assert!(MessageId::new(unique, domain).is_err(), "{unique}@{domain}");
    }
}

#[test]
fn a_senders_name_cannot_become_an_address() {
    let tricky = Sender::new(&address("no-reply@kamai.example"), Some("Bank <bank@bank.example>"), None).unwrap();
    let composed = String::from_utf8(mail().compose(&tricky).unwrap()).unwrap();
    assert!(composed.contains("\r\nFrom: =?utf-8?b?") && composed.contains("?= <no-reply@kamai.example>\r\n"), "{composed}");
    assert!(!composed.contains("bank@"), "{composed}");
}

#[test]
fn files_are_typed_and_bounded() {
    let file = |name: &str, bytes: usize| Attachment::new(name, MediaType::Pdf, vec![b'x'; bytes]);
    for name in ["", "a.exe", "a.pdf.exe", ".pdf", "../a.pdf", "a\r\n.pdf", "बिल.pdf", "a\".pdf"] {
        assert!(file(name, 1).is_err(), "{name}");
    }
    assert!(file("a.pdf", 0).is_err());
    assert!(file("a.pdf", 7 * 1024 * 1024 + 1).is_err());
    let small = file("a.pdf", 1).unwrap();
    let of = |files: &[Attachment]| Email { attachments: files, ..mail() }.compose(&sender());
    assert!(of(&vec![small.clone(); 10]).is_ok());
    assert_eq!(of(&vec![small.clone(); 11]).unwrap_err().field, "attachments");
    assert_eq!(of(&[file("a.pdf", 7 * 1024 * 1024).unwrap(), small]).unwrap_err().field, "attachments");
}

#[test]
fn bodies_and_dates_are_bounded() {
    for text in [" ", &"x".repeat(512 * 1024 + 1)] {
        assert_eq!(refused_field(Email { text, ..mail() }), "text");
    }
    for written_at in [-1, SECONDS_MAX + 1, i64::MAX] {
        assert_eq!(refused_field(Email { written_at, ..mail() }), "written_at");
    }
    composed(Email { written_at: SECONDS_MAX, ..mail() });
}

#[test]
fn lines_of_any_length_are_broken() {
    let composed = composed(Email { text: &"x".repeat(2_000), ..mail() });
    assert!(composed.lines().all(|line| line.len() <= 998));
}

#[test]
fn a_mail_does_not_print() {
    let files = [Attachment::new("asha.pdf", MediaType::Pdf, vec![1]).unwrap()];
    assert_eq!(format!("{files:?}"), "[Attachment(1 bytes)]");
    assert_eq!(format!("{:?}", mail()), "Email(<ntf_01J8@kamai.example>)");
}
