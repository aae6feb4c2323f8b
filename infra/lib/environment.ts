/** A function's environment: only what its `needs` imply. */

import { Stack } from "aws-cdk-lib";

import { filesUrl } from "./files.ts";
import { httpApiUrl } from "./http-api.ts";
import { shout } from "./names.ts";
import { queueUrls } from "./queues.ts";
import { named, type Resources } from "./resources.ts";
import { secretName } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { connectionsUrl } from "./socket-api.ts";
import { type FunctionEntry, has, readsSecrets, sendsTo } from "./table.ts";

export function environment(entry: FunctionEntry, settings: Settings, r: Resources): Record<string, string> {
  const env: Record<string, string> = {
    RUST_LOG: "info",
    KAMAI_STAGE: settings.stage,
    KAMAI_SETTINGS: settings.functionSettings,
  };

  if (has(entry, "read") || has(entry, "write")) env["KAMAI_TABLE"] = r.tables.main.tableName;
  if (has(entry, "live")) env["KAMAI_LIVE_TABLE"] = r.tables.live.tableName;
  for (const name of sendsTo(entry)) {
    env[`KAMAI_QUEUE_${shout(name)}`] = named(r.queues, name).queue.queueUrl;
  }
  if (has(entry, "publish_facts")) env["KAMAI_TOPIC_FACTS"] = r.topics.facts.topicArn;
  if (has(entry, "connections")) env["KAMAI_CONNECTIONS_URL"] = connectionsUrl(r.socketApi, settings);
  if (has(entry, "files")) env["KAMAI_FILES_URL"] = filesUrl(r.files, settings);
  if (has(entry, "dead_letters")) {
    env["KAMAI_DEAD_LETTERS"] = queueUrls(Stack.of(r.tables.main), r.queues);
  }

  const secrets = readsSecrets(entry);
  for (const name of secrets) {
    env[`KAMAI_SECRET_${shout(name)}`] = secretName(name);
  }
  if (secrets.includes("tokens")) {
    env["KAMAI_ISSUER"] = settings.issuer ?? httpApiUrl(r.httpApi, settings);
    env["KAMAI_AUDIENCE"] = settings.audience;
  }
  if (secrets.includes("razorpay") || secrets.includes("razorpayx")) {
    env["KAMAI_RAZORPAY_URL"] = settings.providers.razorpay;
  }
  if (secrets.includes("phonepe")) {
    env["KAMAI_PHONEPE_URL"] = settings.providers.phonepe;
    env["KAMAI_PHONEPE_TOKEN_URL"] = settings.providers.phonepeToken;
    // Where its page sends customers back to.
    env["KAMAI_PUBLIC_URL"] = settings.publicUrl ?? httpApiUrl(r.httpApi, settings);
  }
  if (secrets.includes("messaging")) {
    env["KAMAI_SMS_URL"] = settings.providers.sms;
    env["KAMAI_WHATSAPP_URL"] = settings.providers.whatsapp;
    if (settings.standIns) env["KAMAI_WHATSAPP_MEDIA"] = settings.standIns.whatsappMedia;
  }
  if (secrets.includes("push")) {
    env["KAMAI_FCM_URL"] = settings.providers.fcm;
    env["KAMAI_FCM_TOKEN_URL"] = settings.providers.fcmToken;
    if (settings.standIns) env["KAMAI_WEBPUSH_LOCAL"] = settings.standIns.webpush;
  }
  if (secrets.includes("email")) {
    if (settings.snsTopicArn) env["KAMAI_SNS_TOPIC_ARN"] = settings.snsTopicArn;
    if (settings.standIns) env["KAMAI_SNS_STAND_IN"] = settings.standIns.sns;
  }
  if (secrets.includes("twilio")) {
    env["KAMAI_TWILIO_URL"] = settings.providers.twilio;
    env["KAMAI_TWILIO_LOOKUPS_URL"] = settings.providers.twilioLookups;
    env["KAMAI_PUBLIC_URL"] = settings.publicUrl ?? httpApiUrl(r.httpApi, settings);
  }
  if (secrets.includes("banks")) {
    env["KAMAI_MONO_URL"] = settings.providers.mono;
    env["KAMAI_PLAID_URL"] = settings.providers.plaid;
    env["KAMAI_AGGREGATOR_URL"] = settings.providers.aggregator;
    env["KAMAI_AGGREGATOR_REDIRECT"] = settings.providers.aggregatorRedirect;
    env["KAMAI_SETU_URL"] = settings.providers.setu;
    env["KAMAI_UBER_URL"] = settings.providers.uber;
    env["KAMAI_UBER_AUTH_URL"] = settings.providers.uberAuth;
    if (settings.platforms) env["KAMAI_PLATFORMS"] = settings.platforms;
    // Banks send people back to us.
    env["KAMAI_PUBLIC_URL"] = settings.publicUrl ?? httpApiUrl(r.httpApi, settings);
    if (settings.standIns) {
      env["KAMAI_DEMO_BANK_URL"] = settings.standIns.demoBank;
      env["KAMAI_DEMO_BANK_PAGE_URL"] = settings.standIns.demoBank;
    }
  }
  if (secrets.includes("bills")) {
    env["KAMAI_BILLS_URL"] = settings.providers.bills;
  }
  if (secrets.includes("llm")) {
    env["KAMAI_LLM_URL"] = settings.providers.llm;
  }
  return env;
}
