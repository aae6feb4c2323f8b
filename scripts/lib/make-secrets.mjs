// Makes up this machine's secrets, once: usage: node make-secrets.mjs FILE
//
// Each key of the file is a secret of the local Secrets Manager, in the shape that the functions
// read. Outside tools sign webhooks with them as a provider would, so they stay the same for as
// long as the clone lives; `scripts/down --purge` forgets them.

import { existsSync, renameSync, writeFileSync } from "node:fs";
import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";

const file = process.argv[2];
if (existsSync(file)) process.exit(0);

const hex = (bytes) => randomBytes(bytes).toString("hex");
const digits = (count) => Array.from({ length: count }, () => randomInt(10)).join("");

function signingKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  return {
    kid: `local-${hex(4)}`,
    private_pkcs8_pem: privateKey.export({ type: "pkcs8", format: "pem" }),
    public_jwk: { kty, crv, x, y },
  };
}

const key = signingKey();
const secrets = {
  "kamai/razorpay": {
    key_id: `rzp_test_${hex(7)}`,
    key_secret: hex(12),
    webhook_secret: hex(16),
    webhook_secret_previous: null,
  },
  "kamai/razorpayx": {
    key_id: `rzp_test_${hex(7)}`,
    key_secret: hex(12),
    account_number: `7878780${digits(9)}`,
    webhook_secret: hex(16),
    webhook_secret_previous: null,
  },
  "kamai/tokens": { signing_kid: key.kid, keys: [key] },
  "kamai/pepper": { phone: hex(32), otp: hex(32), cursor: hex(32) },
  "kamai/messaging": {
    sms_key: hex(16),
    whatsapp_token: `EAA${hex(24)}`,
    whatsapp_phone_number_id: digits(15),
    whatsapp_app_secret: hex(16),
    twilio_auth_token: hex(16),
  },
};

// Whole or not at all, and never readable by others, not even for a moment.
writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
renameSync(`${file}.new`, file);
