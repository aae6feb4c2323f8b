use reqwest::Url;

use super::*;
use crate::call::{Doubt, Timeouts};
use crate::test_server::{self, TestServer};

/// 24 May 2013, 00:00 UTC.
const NOW: i64 = 1_369_353_600;

fn signer(session_token: Option<&str>) -> Signer {
    let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", key, session_token.map(str::to_owned), None, "test");
    Signer::new("us-east-1", SharedCredentialsProvider::new(credentials))
}

fn bucket(url: &str) -> Bucket {
    Bucket::new(url, signer(None)).unwrap()
}

fn photo() -> File {
    File { name: "पावती 5/2 \"ok\".jpg".to_owned(), content_type: "image/jpeg".to_owned(), bytes: 6_543 }
}

fn parameter(url: &str, name: &str) -> String {
    let url = Url::parse(url).unwrap();
    url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn it_signs_as_amazons_example_does() {
    let deed = Deed {
        method: Method::GET,
        url: Url::parse("https://examplebucket.s3.amazonaws.com/test.txt").unwrap(),
        query: &[],
        headers: &[],
        lasts: Duration::from_secs(86_400),
    };
    let url = signer(None).sign(deed, NOW).await.unwrap();
    assert_eq!(
        url.as_str(),
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
}

/// The signature is the one that botocore 1.43.106 (`S3SigV4QueryAuth`) makes of the same request.
#[tokio::test]
async fn an_upload_is_held_to_its_type_its_length_and_its_name() {
    let bucket = bucket("https://examplebucket.s3.amazonaws.com");
    let put = bucket.put(&["chat", "u", "f"], &photo(), Duration::from_secs(900), NOW).await.unwrap();
    let name = "%E0%A4%AA%E0%A4%BE%E0%A4%B5%E0%A4%A4%E0%A5%80%205%2F2%20%22ok%22.jpg";
    let headers = [("content-length", "6543"), ("content-type", "image/jpeg"), ("if-none-match", "*"), ("x-amz-meta-name", name)];
    assert_eq!(put.headers, headers.map(|(name, value)| (name, value.to_owned())));
    assert!(put.url.starts_with("https://examplebucket.s3.amazonaws.com/chat/u/f?"));
    assert_eq!(parameter(&put.url, "X-Amz-SignedHeaders"), "content-length;content-type;host;if-none-match;x-amz-meta-name");
    assert_eq!(parameter(&put.url, "X-Amz-Expires"), "900");
    assert_eq!(parameter(&put.url, "X-Amz-Signature"), "c4642872772dfc09eb6323543f44e22d074eb2525b541faaa623cd79ec819c2b");
}

#[tokio::test]
async fn a_download_is_saved_under_its_name_and_not_shown() {
    let bucket = bucket("http://127.0.0.1:4566/kamai-files");
    let get = bucket.get(&["chat", "u", "f"], &photo(), Duration::from_secs(300), NOW).await.unwrap();
    assert!(get.url.starts_with("http://127.0.0.1:4566/kamai-files/chat/u/f?"));
    assert_eq!(
        parameter(&get.url, "response-content-disposition"),
        "attachment; filename=\"_____ 5_2 _ok_.jpg\"; \
         filename*=UTF-8''%E0%A4%AA%E0%A4%BE%E0%A4%B5%E0%A4%A4%E0%A5%80%205%2F2%20%22ok%22.jpg"
    );
    assert_eq!(parameter(&get.url, "response-content-type"), "image/jpeg");
    assert!(!get.url.contains('+'), "a space is %20: S3 signs no other");
    assert_eq!(parameter(&get.url, "X-Amz-Signature"), "3015ba71fd1b16dd076d890786fa0dcdac460d99815f8dcf5a074c1187ddc068");
}

#[tokio::test]
async fn a_sessions_token_goes_along() {
    let bucket = Bucket::new("https://examplebucket.s3.amazonaws.com", signer(Some("to/ken+1="))).unwrap();
    let get = bucket.get(&["f"], &photo(), Duration::from_secs(300), NOW).await.unwrap();
    assert!(get.url.contains("&X-Amz-Security-Token=to%2Fken%2B1%3D"), "{}", get.url);
}

#[test]
fn a_key_stays_within_its_bucket_and_a_bucket_is_reached_over_tls() {
    assert_eq!(BaseUrl::new("https://b.example").unwrap().at(&["chat", "../x?y"]).as_str(), "https://b.example/chat/..%2Fx%3Fy");
    assert!(Bucket::new("http://bucket.s3.amazonaws.com", signer(None)).is_err());
}

async fn head(url: &str) -> Result<Option<File>, FilesError> {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(2) };
    bucket(url).head(&Http::new(timeouts).unwrap(), &["chat", "u", "f"], NOW).await
}

#[tokio::test]
async fn what_was_uploaded_is_told_without_its_bytes() {
    let headers = [("content-type", "image/jpeg"), ("content-length", "6543"), ("x-amz-meta-name", "%E0%A4%AA%205.jpg")];
    let server = TestServer::answering_with(200, "", &headers).await;
    let found = head(server.url()).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.content_type.as_str(), found.bytes), ("प 5.jpg", "image/jpeg", 6_543));
    let asked = server.only_request();
    assert_eq!(asked.method, "HEAD");
    assert!(asked.target.starts_with("/chat/u/f?X-Amz-Algorithm=AWS4-HMAC-SHA256&"), "{}", asked.target);
}

#[tokio::test]
async fn what_is_not_there_is_nothing_and_what_is_not_known_is_an_error() {
    for status in [403, 404] {
        assert!(head(TestServer::answering(status, "").await.url()).await.unwrap().is_none());
    }
    for status in [500, 503] {
        let error = head(TestServer::answering(status, "").await.url()).await.err().unwrap();
        assert!(error.retryable(), "{error}");
        assert!(matches!(error, FilesError::Call(CallError::Unknown { why: Doubt::Status(told) }) if told == status));
    }
    let error = head(TestServer::answering(400, "").await.url()).await.err().unwrap();
    assert!(!error.retryable(), "{error}");
    let nameless = TestServer::answering_with(200, "", &[("content-type", "image/jpeg")]).await;
    let error = head(nameless.url()).await.err().unwrap();
    assert!(matches!(error, FilesError::Call(CallError::Unreadable { .. })), "{error}");
    let error = head(&test_server::closed_port().await).await.err().unwrap();
    assert!(error.retryable() && !error.to_string().contains("X-Amz"), "{error}");
}
