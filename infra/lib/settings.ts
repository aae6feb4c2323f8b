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
 * | `razorpay_url`, `sms_url`, `whatsapp_url` | the real providers | base URLs |
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
  readonly corsOrigins: readonly string[];
  readonly alarmEmail: string | undefined;
  readonly providers: Providers;
}

/** Base URLs of the outside world. */
export interface Providers {
  readonly razorpay: string;
  readonly sms: string;
  readonly whatsapp: string;
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
  const real = (name: string, url: string): string => text(name) ?? (local ? sandbox : url);

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
    corsOrigins: (text("cors_origins") ?? (local ? "*" : "")).split(",").filter((origin) => origin !== ""),
    alarmEmail: text("alarm_email"),
    providers: {
      razorpay: real("razorpay_url", "https://api.razorpay.com"),
      sms: real("sms_url", "https://control.msg91.com"),
      whatsapp: real("whatsapp_url", "https://graph.facebook.com"),
    },
  };
}
