//! Where a certificate may be fetched, and a subscription confirmed.
//!
//! Both addresses are in the message, and the first is followed before anybody knows who wrote it.
//! So an address is taken only where it is spelled in the one way in which SNS spells it.

use reqwest::{Method, Url};

use crate::call::{Answer, CallError, Endpoint, Http, SetupError, Unsent};

/// An address that was held to the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(Url);

/// Why an address is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceRefused {
    /// It does not parse, or there is another way to write it: capitals, a port, `..`, a user.
    #[error("it is no URL, or not in its plain spelling")]
    Spelling,
    #[error("its host is not SNS'")]
    Host,
    #[error("its path is not one of SNS'")]
    Path,
}

impl Place {
    /// What stands in for SNS on the machine that we run on.
    pub(super) fn stand_in(prefix: &str) -> Result<Self, SetupError> {
        let url = plain(prefix).map_err(|_| SetupError::BaseUrl("it is not in its plain spelling"))?;
        if !url.path().ends_with('/') || url.query().is_some() {
            return Err(SetupError::BaseUrl("it does not end with a slash"));
        }
        Ok(Self(url))
    }

    /// `https://sns.<region>.amazonaws.com/<name>.pem`, or a `.pem` of the stand-in.
    ///
    /// On SNS' hosts its API answers as well, and repeats in its answers what a caller gave it; so
    /// there is no query, and the path is a file's.
    pub(super) fn of_certificate(url: &str, stand_in: Option<&Self>) -> Result<Self, PlaceRefused> {
        let url = plain(url)?;
        let name = file_name(&url, stand_in)?;
        let is_file = name.strip_suffix(".pem").is_some_and(|stem| !stem.is_empty() && stem.bytes().all(is_of_name));
        if is_file && url.query().is_none() { Ok(Self(url)) } else { Err(PlaceRefused::Path) }
    }

    /// `https://sns.<region>.amazonaws.com/?Action=ConfirmSubscription&…`, or the stand-in's.
    pub(super) fn confirming(url: &str, stand_in: Option<&Self>) -> Result<Self, PlaceRefused> {
        let url = plain(url)?;
        let name = file_name(&url, stand_in)?;
        if name.bytes().all(is_of_name) { Ok(Self(url)) } else { Err(PlaceRefused::Path) }
    }

    /// Asks there. Redirects are not followed.
    pub(super) async fn get(&self, http: &Http) -> Result<Answer, CallError> {
        let no_place = |_| CallError::NotSent { why: Unsent::Invalid { field: "url", rule: "cannot be asked" } };
        let endpoint = Endpoint::new(http.clone(), &self.0.origin().ascii_serialization()).map_err(no_place)?;
        let path: Vec<&str> = self.0.path().split('/').skip(1).collect();
        let query: Vec<_> = self.0.query_pairs().collect();
        endpoint.exchange(endpoint.request(Method::GET, &path).query(&query)).await
    }
}

/// What stands after the slash, where the host is SNS' or the whole begins as the stand-in does.
fn file_name<'a>(url: &'a Url, stand_in: Option<&'a Place>) -> Result<&'a str, PlaceRefused> {
    if let Some(Place(prefix)) = stand_in
        && url.origin() == prefix.origin()
    {
        return url.path().strip_prefix(prefix.path()).ok_or(PlaceRefused::Path);
    }
    let is_sns = url.scheme() == "https" && url.port().is_none() && url.host_str().is_some_and(is_host_of_sns);
    if is_sns { Ok(url.path().trim_start_matches('/')) } else { Err(PlaceRefused::Host) }
}

/// `^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$`
fn is_host_of_sns(host: &str) -> bool {
    let Some(rest) = host.strip_prefix("sns.") else { return false };
    let Some(region) = rest.strip_suffix(".amazonaws.com").or_else(|| rest.strip_suffix(".amazonaws.com.cn")) else { return false };
    !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Parses a URL that parsing leaves as it is. Thereby it has no capitals in its host, no default
/// port, no `..`, no white space and nothing that looks like a letter and is not; and it has no
/// user and no fragment.
fn plain(text: &str) -> Result<Url, PlaceRefused> {
    let url = Url::parse(text).map_err(|_| PlaceRefused::Spelling)?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if url.as_str() == text && bare { Ok(url) } else { Err(PlaceRefused::Spelling) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_in() -> Place {
        Place::stand_in("http://127.0.0.1:4700/sns/").unwrap()
    }

    fn certificate(url: &str) -> Result<Place, PlaceRefused> {
        Place::of_certificate(url, Some(&stand_in()))
    }

    #[test]
    fn sns_own_addresses_are_followed() {
        for url in [
            "https://sns.ap-south-1.amazonaws.com/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem",
            "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem",
            "http://127.0.0.1:4700/sns/SimpleNotificationService-sandbox.pem",
        ] {
            assert!(certificate(url).is_ok(), "{url}");
        }
        for url in [
            "https://sns.ap-south-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:ap-south-1:123456789012:ses&Token=2336412f37",
            "http://127.0.0.1:4700/sns/confirm?Token=1",
        ] {
            assert!(Place::confirming(url, Some(&stand_in())).is_ok(), "{url}");
        }
    }

    #[test]
    fn look_alikes_are_not() {
        use PlaceRefused::{Host, Path, Spelling};
        for (url, why) in [
            ("", Spelling),
            ("/x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com.evil.com/x.pem", Host),
            ("https://sns.ap-south-1.amazonaws.com.cn.evil.com/x.pem", Host),
            ("https://evil.com/sns.ap-south-1.amazonaws.com/x.pem", Host),
            ("https://sns.ap-south-1.amazonaws.com@evil.com/x.pem", Spelling),
            ("https://user@sns.ap-south-1.amazonaws.com/x.pem", Spelling),
            ("https://user:pw@sns.ap-south-1.amazonaws.com/x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com:443/x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com:8443/x.pem", Host),
            ("http://sns.ap-south-1.amazonaws.com/x.pem", Host),
            ("ftp://sns.ap-south-1.amazonaws.com/x.pem", Host),
            ("file:///etc/passwd.pem", Host),
            ("https://SNS.ap-south-1.amazonaws.com/x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com/../x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com\\@evil.com/x.pem", Spelling),
            (" https://sns.ap-south-1.amazonaws.com/x.pem", Spelling),
            ("https://sns.ap-south-1.amazonaws.com/x.pem\n", Spelling),
            ("https://sns.ap-south-1.amazonaws.com./x.pem", Host),
            ("https://sns..amazonaws.com/x.pem", Host),
            ("https://sns.a.b.amazonaws.com/x.pem", Host),
            ("https://xsns.ap-south-1.amazonaws.com/x.pem", Host),
            ("https://sns-ap-south-1.amazonaws.com/x.pem", Host),
            ("https://s3.ap-south-1.amazonaws.com/x.pem", Host),
            ("https://ѕns.ap-south-1.amazonaws.com/x.pem", Spelling),
            ("https://169.254.169.254/x.pem", Host),
            ("https://sns.ap-south-1.amazonaws.com/", Path),
            ("https://sns.ap-south-1.amazonaws.com/x.pem?Action=GetTopicAttributes", Path),
            ("https://sns.ap-south-1.amazonaws.com/?Action=GetTopicAttributes&x=.pem", Path),
            ("https://sns.ap-south-1.amazonaws.com/.pem", Path),
            ("https://sns.ap-south-1.amazonaws.com/a/x.pem", Path),
            ("https://sns.ap-south-1.amazonaws.com/%2e%2e.pem", Path),
            ("https://sns.ap-south-1.amazonaws.com/x.pem#y", Spelling),
            ("http://127.0.0.1:4700/x.pem", Path),
            ("http://127.0.0.1:4700/sns/../x.pem", Spelling),
            ("http://127.0.0.1:4700/snsx.pem", Path),
            ("http://127.0.0.1:47001/sns/x.pem", Host),
            ("http://127.0.0.1:4700.evil.com/sns/x.pem", Spelling),
            ("https://127.0.0.1:4700/sns/x.pem", Host),
        ] {
            assert_eq!(certificate(url), Err(why), "{url}");
        }
        assert_eq!(Place::of_certificate("http://127.0.0.1:4700/sns/x.pem", None), Err(Host));
        assert_eq!(Place::confirming("https://evil.com/?Action=ConfirmSubscription", None), Err(Host));
    }

    #[test]
    fn a_stand_in_is_a_prefix_to_its_last_slash() {
        for prefix in
            ["", "http://127.0.0.1:4700/sns", "http://127.0.0.1:4700/sns/?x=", "http://user@127.0.0.1:4700/", "http://127.0.0.1:80/"]
        {
            assert!(Place::stand_in(prefix).is_err(), "{prefix}");
        }
    }
}
