/**
 * What differs between two deployments, read from the CDK context (`cdk deploy -c name=value`).
 *
 * | name            | default                    | meaning |
 * |-----------------|----------------------------|---------|
 * | `local`         | false                      | deploy to the local cloud |
 * | `endpoint`      | http://127.0.0.1:4566      | of the local cloud |
 * | `sandbox`       | http://127.0.0.1:4700      | of the sandbox that plays the providers, local only |
 * | `region`        | ap-south-1                 | data of Indian users stays in India |
 * | `arch`          | arm64                      | or `x86_64` |
 * | `functions_dir` | ../target/lambda           | holds `<name>/bootstrap` for each function |
 * | `settings`      | {}                         | JSON for `KAMAI_SETTINGS` |
 * | `issuer`        | the HTTP API's own URL     | `iss` of access tokens |
 * | `audience`      | kamai                      | `aud` of access tokens |
 * | `cors_origins`  | none (local: any)          | comma-separated web origins |
 * | `alarm_email`   | none                       | where alarms are sent |
 * | `public_url`    | the HTTP API's own URL     | where providers reach the API; what they sign begins with it |
 * | `sns_topic_arn` | none                       | of the topic that SES reports to; without it no report is believed |
 * | `razorpay_url`, `phonepe_url`, `phonepe_token_url`, `sms_url`, `whatsapp_url`, `fcm_url`, `twilio_url`, `twilio_lookups_url`, `llm_url`, `bills_url`, `mono_url`, `plaid_url`, `uber_url`, `uber_auth_url` | the real providers | base URLs |
 * | `aggregator_url`, `aggregator_redirect` | none | an Account Aggregator, with its version, and where its customers consent (`{handle}`, `{return_url}`) |
 * | `setu_url`      | none                       | Setu's gateway to aggregators, with its version |
 * | `platforms`     | none                       | descriptions of gig platforms as JSON, as `docs/platforms.md` shows |
 * | `fcm_token_url` | Google's                   | where access tokens for `fcm_url` are had |
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Node } from "constructs";

export interface Settings {
  readonly local: boolean;
  /** `KAMAI_STAGE`: what the functions call this deployment in their logs. */
  readonly stage: string;
  readonly endpoint: string;
  readonly account: string | undefined;
  readonly region: string;
  readonly arch: "arm64" | "x86_64";
  readonly functionsDir: string;
  readonly functionSettings: string;
  readonly issuer: string | undefined;
  readonly audience: string;
  readonly publicUrl: string | undefined;
  readonly snsTopicArn: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly alarmEmail: string | undefined;
  readonly providers: Providers;
  readonly standIns: StandIns | undefined;
  /** `KAMAI_PLATFORMS`: gig platforms that have given us an interface. */
  readonly platforms: string | undefined;
}

/** URLs of the outside world: bases, but for `fcmToken`. */
export interface Providers {
  readonly razorpay: string;
  /** PhonePe's gateway, and where it gives access tokens. */
  readonly phonepe: string;
  readonly phonepeToken: string;
  readonly sms: string;
  readonly whatsapp: string;
  readonly fcm: string;
  readonly fcmToken: string;
  readonly twilio: string;
  readonly twilioLookups: string;
  /** With the version: the sandbox's stands under a name of its own. */
  readonly llm: string;
  /** With the version. */
  readonly bills: string;
  readonly mono: string;
  readonly plaid: string;
  readonly uber: string;
  /** Where Uber's drivers agree. */
  readonly uberAuth: string;
  /** With the version; empty where there is none. */
  readonly aggregator: string;
  /** Where its customers consent, with `{handle}` and `{return_url}`. */
  readonly aggregatorRedirect: string;
  /** Setu's gateway to aggregators; empty for none. */
  readonly setu: string;
}

/** What the local cloud believes besides the real ones, as they name their places themselves. */
export interface StandIns {
  /** The origin of a Web Push service. */
  readonly webpush: string;
  /** The origin of the files that WhatsApp keeps. */
  readonly whatsappMedia: string;
  /** What SNS' addresses begin with, to its last slash. */
  readonly sns: string;
  /** A bank that is there to be tried. */
  readonly demoBank: string;
}

/** The account number that the local cloud answers to. */
const LOCAL_ACCOUNT = "000000000000";

const here = fileURLToPath(new URL(".", import.meta.url));

export function settingsFrom(node: Node): Settings {
  const text = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    return value === undefined || value === "" ? undefined : String(value);
  };

  const local = text("local") === "true";
  const sandbox = text("sandbox") ?? "http://127.0.0.1:4700";
  const real = (name: string, url: string, path = ""): string => text(name) ?? (local ? sandbox + path : url);

  const arch = text("arch") ?? "arm64";
  if (arch !== "arm64" && arch !== "x86_64") {
    throw new Error(`arch is "${arch}"; it is either arm64 or x86_64`);
  }

  const functionSettings = text("settings") ?? "{}";
  try {
    JSON.parse(functionSettings);
  } catch {
    throw new Error(`settings is not JSON: ${functionSettings}`);
  }

  const functionsDir = resolve(here, "..", text("functions_dir") ?? "../target/lambda");
  if (!existsSync(functionsDir)) {
    throw new Error(
      `${functionsDir} does not exist; build the functions with: cargo lambda build --release --arm64 -p functions`,
    );
  }

  const platforms = text("platforms") ?? (local ? JSON.stringify(sandboxPlatforms(sandbox)) : undefined);
  if (platforms !== undefined) JSON.parse(platforms);

  return {
    local,
    stage: text("stage") ?? (local ? "local" : "prod"),
    endpoint: text("endpoint") ?? "http://127.0.0.1:4566",
    account: local ? LOCAL_ACCOUNT : process.env["CDK_DEFAULT_ACCOUNT"],
    region: text("region") ?? "ap-south-1",
    arch,
    functionsDir,
    functionSettings,
    issuer: text("issuer"),
    audience: text("audience") ?? "kamai",
    publicUrl: text("public_url"),
    snsTopicArn: text("sns_topic_arn"),
    corsOrigins: (text("cors_origins") ?? (local ? "*" : "")).split(",").filter((origin) => origin !== ""),
    alarmEmail: text("alarm_email"),
    providers: {
      razorpay: real("razorpay_url", "https://api.razorpay.com"),
      phonepe: real("phonepe_url", "https://api.phonepe.com/apis/pg", "/phonepe"),
      phonepeToken: real("phonepe_token_url", "https://api.phonepe.com/apis/identity-manager", "/phonepe"),
      sms: real("sms_url", "https://control.msg91.com"),
      whatsapp: real("whatsapp_url", "https://graph.facebook.com"),
      fcm: real("fcm_url", "https://fcm.googleapis.com"),
      fcmToken: real("fcm_token_url", "https://oauth2.googleapis.com/token", "/token"),
      twilio: real("twilio_url", "https://api.twilio.com"),
      twilioLookups: real("twilio_lookups_url", "https://lookups.twilio.com"),
      llm: real("llm_url", "https://api.groq.com/openai/v1", "/groq/openai/v1"),
      bills: real("bills_url", "https://coudc.setu.co/api/v2", "/api/v2"),
      mono: real("mono_url", "https://api.withmono.com", "/mono"),
      plaid: real("plaid_url", "https://production.plaid.com", "/plaid"),
      uber: real("uber_url", "https://api.uber.com", "/platforms/uber"),
      uberAuth: real("uber_auth_url", "https://auth.uber.com", "/platforms/uber"),
      aggregator: real("aggregator_url", "", "/aa/v2"),
      aggregatorRedirect: real("aggregator_redirect", "", "/aa/consent/{handle}?return={return_url}"),
      setu: real("setu_url", "", "/setu/v2"),
    },
    platforms,
    standIns: local
      ? { webpush: sandbox, whatsappMedia: sandbox, sns: `${sandbox}/sns/`, demoBank: `${sandbox}/demo-bank` }
      : undefined,
  };
}

/** What the sandbox plays of a platform that has no public interface. */
function sandboxPlatforms(sandbox: string): unknown {
  const feeds = `${sandbox}/platforms/feed`;
  const auth = {
    kind: "oauth_consent",
    authorize_url: `${feeds}/swiggy/authorize`,
    token_url: `${feeds}/swiggy/token`,
    revoke_url: `${feeds}/swiggy/revoke`,
    client_id: "kamai",
    secret: "swiggy",
    scope: "earnings.read",
    client_auth: "basic",
    pkce: true,
  };
  const query = { from: "{from}", to: "{to}", cursor: "{cursor}" };
  return { platforms: [{ platform: "swiggy", base_url: feeds, path: "/swiggy", query, auth, day_rollover_hour: 4 }] };
}
