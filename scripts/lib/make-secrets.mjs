// Makes up this machine's secrets, once: usage: node make-secrets.mjs FILE SMTP_PORT
//
// Each key of the file is a secret of the local Secrets Manager, in the shape that the functions
// read. Outside tools sign webhooks with them as a provider would, so they stay the same for as
// long as the clone lives; `scripts/down --purge` forgets them. What a newer version wants besides
// is added. Only the mail server's address follows the port.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";

const [file, smtpPort] = process.argv.slice(2);
const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};

const hex = (bytes) => randomBytes(bytes).toString("hex");
const digits = (count) => Array.from({ length: count }, () => randomInt(10)).join("");
const none = () => null;

function signingKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  return {
    kid: `local-${hex(4)}`,
    private_pkcs8_pem: privateKey.export({ type: "pkcs8", format: "pem" }),
    public_jwk: { kty, crv, x, y },
  };
}

/** As Google's console has one downloaded. */
function serviceAccount() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    type: "service_account",
    project_id: "kamai-local",
    private_key_id: hex(20),
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    client_email: "push@kamai-local.iam.gserviceaccount.com",
    client_id: digits(21),
    token_uri: "https://oauth2.googleapis.com/token",
  };
}

/** An RSA pair: the private half as PEM, the public one as a registry has it. */
function rsaPair(kid) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { kty, n, e } = publicKey.export({ format: "jwk" });
  return { pem: privateKey.export({ type: "pkcs8", format: "pem" }), jwk: { kid, kty, n, e, alg: "RS256", use: "sig" } };
}

/** A P-256 pair as browsers and Web Push write it: the point uncompressed, the scalar alone. */
function vapid() {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return { public_key: point.toString("base64url"), private_key: d, subject: "mailto:ops@kamai.example" };
}

const key = signingKey();

// Each part by what makes it, so that only what is missing is made.
const parts = {
  "kamai/razorpay": {
    key_id: () => `rzp_test_${hex(7)}`,
    key_secret: () => hex(12),
    webhook_secret: () => hex(16),
    webhook_secret_previous: none,
  },
  "kamai/razorpayx": {
    key_id: () => `rzp_test_${hex(7)}`,
    key_secret: () => hex(12),
    account_number: () => `7878780${digits(9)}`,
    webhook_secret: () => hex(16),
    webhook_secret_previous: none,
  },
  "kamai/tokens": { signing_kid: () => key.kid, keys: () => [key] },
  "kamai/pepper": { phone: () => hex(32), otp: () => hex(32), cursor: () => hex(32) },
  "kamai/messaging": {
    sms_key: () => hex(16),
    whatsapp_token: () => `EAA${hex(24)}`,
    whatsapp_phone_number_id: () => digits(15),
    whatsapp_app_secret: () => hex(16),
    whatsapp_app_secret_previous: none,
    whatsapp_verify_token: () => hex(16),
  },
  "kamai/push": { fcm_service_account: serviceAccount, vapid },
  "kamai/email": {
    username: () => `AKIA${hex(8).toUpperCase()}`,
    password: () => randomBytes(33).toString("base64"),
    from: () => "no-reply@kamai.example",
    from_name: () => "Kamai",
    configuration_set: () => "kamai",
    extra_root_pem: none,
  },
  "kamai/twilio": {
    account_sid: () => `AC${hex(16)}`,
    // Where it lay before Twilio had a secret of its own.
    auth_token: () => kept["kamai/messaging"]?.twilio_auth_token ?? hex(16),
    auth_token_previous: none,
    from: () => `+9180${digits(8)}`,
    messaging_service_sid: none,
  },
  "kamai/llm": {
    key: () => `gsk_${hex(24)}`,
    chat_models: () => ["openai/gpt-oss-120b", "openai/gpt-oss-20b"],
    speech_model: () => "whisper-large-v3",
  },
  // Users' own keys are wrapped in these: one that goes missing takes what they seal with it.
  "kamai/vault": { current: () => "v1", keys: () => ({ v1: randomBytes(32).toString("base64") }) },
  "kamai/banks": {
    demo: () => ({ client_id: "kamai", client_secret: hex(16) }),
    uber: () => ({ client_id: "kamai", client_secret: hex(16), day_rollover_hour: 4 }),
    platform_keys: () => ({ swiggy: hex(16) }),
  },
  "kamai/phonepe": {
    client_id: () => `KAMAI_LOCAL_${digits(6)}`,
    client_secret: () => hex(16),
    client_version: () => "1",
    webhook_keys: () => [{ id: `wh_${digits(8)}`, secret: hex(16) }],
    webhook_logins: () => [{ username: "kamai_webhooks", password: hex(8) }],
  },
  "kamai/bills": {
    client_id: () => hex(12),
    client_secret: () => hex(16),
    partner_id: () => digits(19),
    agent: () => ({ id: `AX01AI06INTU${digits(8)}`, channel: "INT", ip: "203.0.113.10", mac: "02-00-5E-10-00-01" }),
    webhook_secret: () => hex(16),
    webhook_secret_previous: none,
  },
};

const secrets = { ...kept };
for (const [name, makers] of Object.entries(parts)) {
  secrets[name] = { ...kept[name] };
  for (const [part, make] of Object.entries(makers)) {
    if (!(part in secrets[name])) secrets[name][part] = make();
  }
}
// The sandbox's Account Aggregator signs with a key of its own; we know the public half of it.
secrets["sandbox/aggregator"] ??= rsaPair("aa-sandbox-key-1");
if (!("aggregator" in secrets["kamai/banks"])) {
  const ours = rsaPair("kamai-local-fiu");
  secrets["kamai/banks"].aggregator = {
    id: "AA-SANDBOX",
    handle: "sandbox-aa",
    api_key: hex(24),
    keys: [secrets["sandbox/aggregator"].jwk],
    fiu_id: "FIU-KAMAI",
    licence_holder: "Sandbox Finance Ltd",
    acting_as: "TSP",
    signing_kid: ours.jwk.kid,
    signing_key_pem: ours.pem,
    jwk: ours.jwk,
  };
}
// The same aggregator, reached by a gateway.
secrets["kamai/banks"].setu ??= {
  client_id: "kamai",
  client_secret: hex(16),
  product_instance_id: hex(8),
  fiu_id: "FIU-KAMAI",
  licence_holder: "Sandbox Finance Ltd",
  acting_as: "TSP",
};
// Who speaks is known by it, in the address that is posted to.
secrets["kamai/banks"].setu.webhook_token ??= hex(24);
// By which it names itself where it tells something unasked.
secrets["kamai/banks"].aggregator.notifier_key ??= hex(24);
secrets["kamai/email"].url = `smtp://127.0.0.1:${smtpPort}`;

// Whole or not at all, and never readable by others, not even for a moment.
writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
renameSync(`${file}.new`, file);
