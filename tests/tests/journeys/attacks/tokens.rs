//! S3: access tokens that are forged, changed, stolen or out of date.
//!
//! They are made with the stack's real key where the attack is not the key itself, so that nothing
//! but the one thing that is tried can be why they are refused.

use super::{Answer, ask, nothing_found, send};
use crate::{key, staff, worker_with};
use anyhow::{Context, Result, anyhow};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::SystemTime;
use tests::worker::Worker;

fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn opened(part: &str) -> Result<Value> {
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
}

/// The stack's signing key, and a token that it signed taken apart.
struct Forge {
    pkcs8: Vec<u8>,
    jwk: Value,
    header: Value,
    claims: Value,
}

impl Forge {
    fn of(token: &str) -> Result<Self> {
        let secrets = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/secrets.json"))?;
        let secrets: Value = serde_json::from_str(&secrets)?;
        let key = &secrets["kamai/tokens"]["keys"][0];
        let pem = key["private_pkcs8_pem"].as_str().context("no signing key")?;
        let pkcs8 = STANDARD.decode(pem.lines().filter(|line| !line.starts_with("--")).collect::<String>())?;
        let mut parts = token.split('.');
        let mut next = || parts.next().context("no token");
        Ok(Self { pkcs8, jwk: key["public_jwk"].clone(), header: opened(next()?)?, claims: opened(next()?)? })
    }

    /// Signs what it is given with our real key.
    fn sign(&self, header: &str, claims: &str) -> Result<String> {
        let signed = format!("{}.{}", part(header), part(claims));
        Ok(format!("{signed}.{}", part(self.signature(&signed, &ECDSA_P256_SHA256_FIXED_SIGNING)?)))
    }

    fn signature(&self, signed: &str, algorithm: &'static EcdsaSigningAlgorithm) -> Result<Vec<u8>> {
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, &self.pkcs8).map_err(|why| anyhow!("{why}"))?;
        let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|why| anyhow!("{why}"))?;
        Ok(signature.as_ref().to_vec())
    }

    fn with_header(&self, name: &str, value: Value) -> Result<String> {
        let mut header = self.header.clone();
        header[name] = value;
        self.sign(&header.to_string(), &self.claims.to_string())
    }

    fn with_claim(&self, name: &str, value: Value) -> Result<String> {
        let mut claims = self.claims.clone();
        claims[name] = value;
        self.sign(&self.header.to_string(), &claims.to_string())
    }

    /// The public key, in the forms in which libraries have been made to take it for a shared secret.
    fn public_as_secrets(&self) -> Result<Vec<Vec<u8>>> {
        let coordinate = |name: &str| Ok::<_, anyhow::Error>(URL_SAFE_NO_PAD.decode(self.jwk[name].as_str().context("no coordinate")?)?);
        let point = [vec![4], coordinate("x")?, coordinate("y")?].concat();
        let spki = [hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200")?, point.clone()].concat();
        let body = STANDARD.encode(&spki);
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n{}\n-----END PUBLIC KEY-----\n", &body[..64], &body[64..]);
        Ok(vec![point, spki, pem.trim_end().as_bytes().to_vec(), pem.into_bytes(), self.jwk.to_string().into_bytes(), Vec::new()])
    }
}

async fn wallet(worker: &Worker, token: &str) -> Result<Answer> {
    send(ask(&worker.stack, Method::GET, "/v1/wallet", None).header("authorization", format!("Bearer {token}"))).await
}

fn now_s() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.as_secs() as i64)
}

fn hs256(secret: &[u8], signed: &str) -> Result<String> {
    Ok(format!("{signed}.{}", part(hex::decode(sandbox::signing::hmac_sha256_hex(secret, signed.as_bytes()))?)))
}

#[tokio::test]
async fn s3_a_forged_token_is_nobodys() -> Result<()> {
    let (worker, other) = (worker_with(0).await?, worker_with(0).await?);
    let forge = Forge::of(&worker.token)?;
    let (header, claims) = (forge.header.to_string(), forge.claims.to_string());
    // What we sign ourselves, unchanged, is good: so what follows is refused for what is changed.
    assert_eq!(wallet(&worker, &forge.sign(&header, &claims)?).await?.status, 200);

    let mut forged: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, token: String| forged.push((what.to_owned(), token));
    for alg in ["none", "None", "NONE", "nOnE", "", "HS256", "RS256", "PS256", "ES384", "ES256K", "EdDSA", "es256"] {
        let mut changed = forge.header.clone();
        changed["alg"] = json!(alg);
        let signed = format!("{}.{}", part(changed.to_string()), part(&claims));
        add(&format!("alg {alg:?} without a signature"), format!("{signed}."));
        add(&format!("alg {alg:?} with our signature"), forge.with_header("alg", json!(alg))?);
        for (n, secret) in forge.public_as_secrets()?.iter().enumerate() {
            add(&format!("alg {alg:?}, HMAC with form {n} of the public key"), hs256(secret, &signed)?);
        }
    }
    add("alg twice", forge.sign(&format!("{{\"alg\":\"none\",{}", &header[1..]), &claims)?);
    add("no alg", forge.sign(&json!({ "kid": forge.header["kid"], "typ": "at+jwt" }).to_string(), &claims)?);
    for kid in
        ["", "../../../../dev/null", "/dev/null", "x' UNION SELECT 'k", "http://127.0.0.1:1/jwks.json", "*", "local-00000000", "\u{0}"]
    {
        add(&format!("kid {kid:?}"), forge.with_header("kid", json!(kid))?);
        let mut changed = forge.header.clone();
        changed["kid"] = json!(kid);
        changed["alg"] = json!("HS256");
        add(&format!("kid {kid:?}, HMAC with nothing"), hs256(b"", &format!("{}.{}", part(changed.to_string()), part(&claims)))?);
    }
    for kid in [json!(null), json!(1), json!(["k"]), json!({ "$ne": "" })] {
        add(&format!("kid {kid}"), forge.with_header("kid", kid)?);
    }
    for name in ["jku", "x5u", "jwk", "x5c", "crit", "b64", "zip", "cty"] {
        add(name, forge.with_header(name, json!("https://evil.example/keys.json"))?);
    }
    add("an embedded key", forge.with_header("jwk", forge.jwk.clone())?);
    add("another type", forge.with_header("typ", json!("JWT"))?);

    let signed = format!("{}.{}", part(&header), part(&claims));
    let real = forge.signature(&signed, &ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let der = forge.signature(&signed, &ECDSA_P256_SHA256_ASN1_SIGNING)?;
    let order = hex::decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")?;
    let signatures: [(&str, Vec<u8>); 10] = [
        ("no signature", Vec::new()),
        ("half a signature", real[..32].to_vec()),
        ("a byte less", real[..63].to_vec()),
        ("a byte more", [real.as_slice(), &[0]].concat()),
        ("DER", der),
        ("r = s = 0", vec![0; 64]),
        ("r = s = n", [order.clone(), order].concat()),
        ("r and s exchanged", [&real[32..], &real[..32]].concat()),
        ("r = s = 1", [[vec![0; 31], vec![1]].concat(), [vec![0; 31], vec![1]].concat()].concat()),
        ("all ones", vec![0xff; 64]),
    ];
    for (what, signature) in signatures {
        add(what, format!("{signed}.{}", part(signature)));
    }
    add("the signature of other claims", {
        let mut richer = forge.claims.clone();
        richer["sub"] = json!(other.user_id);
        format!("{}.{}.{}", part(&header), part(richer.to_string()), part(&real))
    });
    add("a padded signature", format!("{signed}.{}=", part(&real)));
    add("a fourth part", format!("{}.{}", worker.token, part("x")));
    add("two tokens", format!("{0},{0}", worker.token));
    add("spaces in it", worker.token.replacen('.', ". ", 1));
    add("a very long one", format!("{signed}.{}", "A".repeat(6_000)));

    for (name, value) in [
        ("exp", json!(now_s() - 3_600)),
        ("exp", json!(i64::MIN)),
        ("exp", json!("9999999999")),
        ("exp", json!(9.9e12)),
        ("exp", json!(null)),
        ("nbf", json!(now_s() + 3_600)),
        ("aud", json!("other")),
        ("aud", json!(["kamai"])),
        ("aud", json!("")),
        ("iss", json!("https://evil.example")),
        ("iss", json!("")),
        ("sub", json!("")),
        ("sub", json!(null)),
        ("sub", json!("usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T")),
        ("sub", json!(other.user_id)),
        ("sub", json!([worker.user_id, other.user_id])),
        ("sid", json!(null)),
        ("sid", json!("")),
        ("sid", json!("ses_01JZ8M3V9C5T7Q2K4N6P8R0S1T")),
        ("role", json!("root")),
        ("role", json!(["admin"])),
    ] {
        add(&format!("{name} {value}"), forge.with_claim(name, value)?);
    }
    for twice in [format!("{{\"sub\":\"{}\",", other.user_id), "{\"role\":\"admin\",".to_owned(), "{\"exp\":9999999999,".to_owned()] {
        add(&format!("claims twice: {twice}"), forge.sign(&header, &format!("{twice}{}", &claims[1..]))?);
    }
    add("claims that are a list", forge.sign(&header, &format!("[{claims}]"))?);
    add("claims that are none", forge.sign(&header, "")?);

    let plain = wallet(&worker, "x").await?.told();
    let answers = super::all(forged.iter().map(|(_, token)| wallet(&worker, token))).await?;
    let mut findings = Vec::new();
    for ((what, _), answer) in forged.iter().zip(answers) {
        let expired = answer.body["code"] == "token_expired" && what.starts_with("exp ");
        if answer.status != 401 || answer.flaw().is_some() || (answer.told() != plain && !expired) {
            findings.push(format!("{what}: {} {}", answer.status, answer.text));
        }
    }
    nothing_found(&findings);
    assert!(forged.len() > 150, "only {}", forged.len());
    Ok(())
}

/// A token says who speaks. What they may do is looked up each time.
#[tokio::test]
async fn s3_the_role_in_a_token_is_not_believed_and_a_changed_one_counts_at_once() -> Result<()> {
    let (worker, admin) = (worker_with(0).await?, staff().await?);
    let forge = Forge::of(&worker.token)?;
    for role in ["org_admin", "support", "ops", "admin"] {
        let promoted = forge.with_claim("role", json!(role))?;
        assert_eq!(wallet(&worker, &promoted).await?.status, 200, "the token is good");
        let answer = send(ask(&worker.stack, Method::GET, "/v1/ops/ledger", Some(&promoted))).await?;
        assert_eq!(answer.status, 403, "{role}: {}", answer.text);
    }
    let role = async |role: &str| admin.post(&format!("/v1/ops/users/{}/role", worker.user_id), None, json!({ "role": role })).await;
    let ledger =
        async || Ok::<_, anyhow::Error>(send(ask(&worker.stack, Method::GET, "/v1/ops/ledger", Some(&worker.token))).await?.status);
    role("support").await?;
    assert_eq!(ledger().await?, 200, "given");
    role("worker").await?;
    assert_eq!(ledger().await?, 403, "taken away, with a token from before that");
    Ok(())
}

#[tokio::test]
async fn s3_a_token_of_an_ended_session_is_dead_at_once_and_others_of_its_user_live() -> Result<()> {
    let phone_a = worker_with(0).await?;
    let phone_b = Worker::log_in(&phone_a.stack, &phone_a.phone).await?;
    assert_eq!(phone_a.user_id, phone_b.user_id);
    // Whoever knows only the session's id, or an older secret, ends nothing.
    let session = phone_a.refresh_token.split('.').next().context("no session")?;
    for odd in [format!("{session}.{}", "0".repeat(64)), format!("{session}."), session.to_owned(), ".".to_owned()] {
        phone_b.call(Method::POST, "/v1/auth/logout", None, Some(json!({ "refresh_token": odd }))).await?;
    }
    assert_eq!(wallet(&phone_a, &phone_a.token).await?.status, 200);
    let (status, _) = phone_a.call(Method::POST, "/v1/auth/logout", None, Some(json!({ "refresh_token": phone_a.refresh_token }))).await?;
    assert_eq!(status, 204);
    assert_eq!(wallet(&phone_a, &phone_a.token).await?.status, 401);
    let again = json!({ "refresh_token": phone_a.refresh_token });
    assert_eq!(phone_a.call(Method::POST, "/v1/auth/refresh", None, Some(again)).await?.0, 401);
    assert_eq!(wallet(&phone_b, &phone_b.token).await?.status, 200);
    // A refresh token is no access token, nor the other way round.
    assert_eq!(wallet(&phone_b, &phone_b.refresh_token).await?.status, 401);
    let crossed = json!({ "refresh_token": phone_b.token });
    assert_eq!(phone_b.call(Method::POST, "/v1/auth/refresh", None, Some(crossed)).await?.0, 401);
    Ok(())
}

/// Of refreshes of one token at the same time one wins; the others are a theft, and end it all.
#[tokio::test]
async fn s3_a_refresh_token_used_ten_times_at_once_is_good_at_most_once() -> Result<()> {
    let worker = worker_with(0).await?;
    let refresh = json!({ "refresh_token": worker.refresh_token });
    let tried = (0..10).map(|_| worker.call(Method::POST, "/v1/auth/refresh", None, Some(refresh.clone())));
    let answers = futures::future::join_all(tried).await.into_iter().collect::<Result<Vec<_>>>()?;
    assert!(answers.iter().filter(|(status, _)| *status == 200).count() <= 1, "{answers:?}");
    assert!(answers.iter().all(|(status, _)| *status == 200 || *status == 401), "{answers:?}");
    for (_, tokens) in answers.iter().filter(|(status, _)| *status == 200) {
        let next = json!({ "refresh_token": tokens["refresh_token"] });
        assert_eq!(worker.call(Method::POST, "/v1/auth/refresh", None, Some(next)).await?.0, 401, "the family is ended");
    }
    assert_eq!(worker.call(Method::POST, "/v1/payouts", Some(&key("late")), None).await?.0, 401);
    Ok(())
}
