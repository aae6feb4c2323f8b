//! The public halves of our keys, as others fetch them (RFC 7517, section 5).

use schemars::JsonSchema;
use serde::Serialize;

use super::jws::ALGORITHM;
use super::keys::KeySet;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Jwks {
    pub keys: Vec<Jwk>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Jwk {
    pub kid: String,
    pub kty: &'static str,
    pub crv: &'static str,
    pub alg: &'static str,
    pub r#use: &'static str,
    pub x: String,
    pub y: String,
}

impl KeySet {
    pub fn jwks(&self) -> Jwks {
        let public = |key: &super::keys::Key| Jwk {
            kid: key.kid.clone(),
            kty: key.public.kty,
            crv: key.public.crv,
            alg: ALGORITHM,
            r#use: "sig",
            x: key.public.x.clone(),
            y: key.public.y.clone(),
        };
        Jwks { keys: self.keys().iter().map(public).collect() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::KeySet;
    use super::super::generate::key_set;

    #[test]
    fn only_public_halves_are_shown() {
        let secret: Value = serde_json::from_str(&key_set("k1").unwrap()).unwrap();
        let keys: KeySet = serde_json::from_value(secret.clone()).unwrap();
        let shown = serde_json::to_value(keys.jwks()).unwrap();
        let names: Vec<&String> = shown["keys"][0].as_object().unwrap().keys().collect();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert_eq!(shown["keys"][0]["x"], secret["keys"][0]["public_jwk"]["x"]);
    }
}
