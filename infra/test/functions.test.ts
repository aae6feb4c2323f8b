import assert from "node:assert/strict";
import { test } from "node:test";

import { environment } from "../lib/environment.ts";
import type { Resources } from "../lib/resources.ts";
import { settingsFrom } from "../lib/settings.ts";
import { functionTable, has, readsSecrets, sendsTo, triggeredBy } from "../lib/table.ts";
import { statementsOf, Synthesized } from "./synthesized.ts";

const made = new Synthesized();

test("every function of the table is a Lambda, and there are no others", () => {
  const names = made.all("AWS::Lambda::Function").map(([, fn]) => fn.Properties.FunctionName);
  assert.deepEqual(names.sort(), functionTable.map((entry) => `kamai-${entry.name}`).sort());

  for (const entry of functionTable) {
    const [, { Properties: fn }] = made.lambda(entry.name);
    assert.equal(fn.Runtime, "provided.al2023", entry.name);
    assert.equal(fn.Handler, "bootstrap", entry.name);
    assert.equal(fn.Timeout, entry.timeout_s, entry.name);
    assert.equal(fn.MemorySize, entry.memory_mb, entry.name);
    assert.deepEqual(fn.Architectures, ["arm64"], entry.name);
  }
});

test("functions are built for x86_64 when the context says so", () => {
  const x86 = new Synthesized({ arch: "x86_64" });
  for (const [, fn] of x86.all("AWS::Lambda::Function")) {
    assert.deepEqual(fn.Properties.Architectures, ["x86_64"]);
  }
});

test("each function logs to a group of its own, which forgets after a month", () => {
  for (const { name } of functionTable) {
    const [id, group] = made.one("AWS::Logs::LogGroup", "LogGroupName", `/aws/lambda/kamai-${name}`);
    assert.equal(group.Properties.RetentionInDays, 30);
    const [, fn] = made.lambda(name);
    assert.deepEqual(fn.Properties.LoggingConfig.LogGroup, { Ref: id });
  }
});

test("every route of the table leads to its function, and there are no others", () => {
  const integrations = new Map(
    made.all("AWS::ApiGatewayV2::Integration").map(([id, integration]) => [id, integration.Properties]),
  );
  const target = (route: any) => integrations.get(route.Target["Fn::Join"][1].at(-1).Ref).IntegrationUri;
  const routes = new Map(
    made.all("AWS::ApiGatewayV2::Route").map(([, { Properties: route }]) => [route.RouteKey, route]),
  );

  const expected: string[] = [];
  for (const entry of triggeredBy("http")) {
    // By its name: routes lie in a stack of their own.
    const [, { Properties: fn }] = made.lambda(entry.name);
    for (const { method, path } of entry.trigger.routes) {
      const key = `${method} ${path}`;
      expected.push(key);
      assert.equal(target(routes.get(key))["Fn::Join"][1].at(-1), `:function:${fn.FunctionName}`, key);
    }
  }
  for (const entry of triggeredBy("socket")) {
    const [id] = made.lambda(entry.name);
    const also = { subscribe: ["unsubscribe"], message: ["typing", "ack"] }[entry.trigger.route] ?? [];
    const keys = [entry.trigger.route, ...also];
    for (const key of keys) {
      expected.push(key);
      assert.match(JSON.stringify(target(routes.get(key))), new RegExp(`"${id}"`), key);
    }
  }
  assert.deepEqual([...routes.keys()].sort(), expected.sort());
});

test("events of the HTTP API have payload format 2.0", () => {
  const [api] = made.one("AWS::ApiGatewayV2::Api", "ProtocolType", "HTTP");
  for (const [id, { Properties: integration }] of made.all("AWS::ApiGatewayV2::Integration")) {
    if (integration.ApiId.Ref === api) assert.equal(integration.PayloadFormatVersion, "2.0", id);
  }
});

test("log-in is throttled below the rest of the API", () => {
  const [, { Properties: stage }] = made.one("AWS::ApiGatewayV2::Stage", "StageName", "$default");
  const limit = stage.DefaultRouteSettings.ThrottlingRateLimit;
  for (const { path, method } of triggeredBy("http").flatMap((entry) => entry.trigger.routes)) {
    const own = stage.RouteSettings[`${method} ${path}`];
    if (path.startsWith("/v1/auth/")) assert.ok(own.ThrottlingRateLimit < limit, path);
    else assert.equal(own, undefined, path);
  }
});

test("every schedule of the table is scheduled with its function", () => {
  for (const entry of triggeredBy("schedule")) {
    const [id] = made.lambda(entry.name);
    const [, schedule] = made.one("AWS::Scheduler::Schedule", "Name", `kamai-${entry.name}`);
    const minutes = entry.trigger.every_minutes;
    assert.equal(schedule.Properties.ScheduleExpression, `rate(${minutes} minute${minutes === 1 ? "" : "s"})`);
    assert.deepEqual(schedule.Properties.Target.Arn, { "Fn::GetAtt": [id, "Arn"] });
  }
});

test("no role may do everything, nor anything to everything", () => {
  for (const [id, role] of made.all("AWS::IAM::Role")) {
    for (const { actions, resources } of statementsOf(role)) {
      for (const action of actions) assert.doesNotMatch(action, /\*/, id);
      for (const resource of resources.map((each) => JSON.stringify(each))) {
        if (!resource.includes("*")) continue;
        const documented =
          (actions.every((action) => action === "execute-api:ManageConnections") &&
            /\/live\/(POST|DELETE)\/@connections\/\*"\]\]\}$/.test(resource)) ||
          (actions.every((action) => ["s3:GetObject", "s3:PutObject"].includes(action)) &&
            /"\/chat\/\*"\]\]\}$/.test(resource)) ||
          (actions.every((action) => action === "dynamodb:ListStreams") && resource === '"*"');
        assert.ok(documented, `${id} may ${actions.join(", ")} on ${resource}`);
      }
    }
  }
});

test("each function has a role of its own, with what its needs imply and no more", () => {
  const [table] = made.one("AWS::DynamoDB::Table", "TableName", "kamai");
  const [live] = made.one("AWS::DynamoDB::Table", "TableName", "kamai-live");
  const arn = (id: string) => JSON.stringify({ "Fn::GetAtt": [id, "Arn"] });

  for (const entry of functionTable) {
    const [roleId] = made.one("AWS::IAM::Role", "RoleName", `kamai-${entry.name}`);
    const [, fn] = made.lambda(entry.name);
    assert.deepEqual(fn.Properties.Role, { "Fn::GetAtt": [roleId, "Arn"] }, entry.name);

    const statements = made.statements(`kamai-${entry.name}`);
    const may = (action: string, resource: string) =>
      statements.some(
        (each) => each.actions.includes(action) && each.resources.some((one) => JSON.stringify(one) === resource),
      );
    const mayAnywhere = (action: string) => statements.some((each) => each.actions.includes(action));
    const says = (what: string) => `${entry.name}: ${what}`;

    const reads = has(entry, "read") || has(entry, "write");
    assert.equal(may("dynamodb:GetItem", arn(table)), reads, says("read"));
    assert.equal(may("dynamodb:PutItem", arn(table)), has(entry, "write"), says("write"));
    assert.equal(
      may("dynamodb:Scan", arn(table)),
      entry.trigger.type === "schedule" && has(entry, "write"),
      says("scan"),
    );
    assert.equal(may("dynamodb:PutItem", arn(live)), has(entry, "live"), says("live"));
    assert.equal(mayAnywhere("sns:Publish"), has(entry, "publish_facts"), says("publish"));
    assert.equal(mayAnywhere("execute-api:ManageConnections"), has(entry, "connections"), says("connections"));
    for (const action of ["s3:PutObject", "s3:GetObject"]) {
      assert.equal(mayAnywhere(action), has(entry, "files"), says(action));
    }
    assert.equal(mayAnywhere("s3:DeleteObject"), false, says("delete a file"));
    assert.equal(
      mayAnywhere("secretsmanager:GetSecretValue"),
      readsSecrets(entry).length > 0,
      says("secrets"),
    );

    for (const { queue } of triggeredBy("queue").map((consumer) => consumer.trigger)) {
      const [id] = made.queue(queue);
      const sends = sendsTo(entry).includes(queue) || has(entry, "dead_letters");
      assert.equal(may("sqs:SendMessage", arn(id)), sends, says(`send to ${queue}`));
      const consumes = entry.trigger.type === "queue" && entry.trigger.queue === queue;
      assert.equal(may("sqs:ReceiveMessage", arn(id)), consumes, says(`receive from ${queue}`));
      const [deadLetters] = made.queue(`${queue}_dead_letters`);
      assert.equal(may("sqs:ReceiveMessage", arn(deadLetters)), has(entry, "dead_letters"), says(`look at dead letters`));
    }
    for (const [id, secret] of made.all("AWS::SecretsManager::Secret")) {
      const name = secret.Properties.Name.replace("kamai/", "");
      const reads = readsSecrets(entry).includes(name);
      assert.equal(may("secretsmanager:GetSecretValue", JSON.stringify({ Ref: id })), reads, says(`secret ${name}`));
    }
  }
});

test("a function's environment holds what its needs imply and no more", () => {
  for (const entry of functionTable) {
    const [, fn] = made.lambda(entry.name);
    const secrets = readsSecrets(entry);
    const expected = [
      "RUST_LOG",
      "KAMAI_STAGE",
      "KAMAI_SETTINGS",
      ...(has(entry, "read") || has(entry, "write") ? ["KAMAI_TABLE"] : []),
      ...(has(entry, "live") ? ["KAMAI_LIVE_TABLE"] : []),
      ...(has(entry, "publish_facts") ? ["KAMAI_TOPIC_FACTS"] : []),
      ...(has(entry, "connections") ? ["KAMAI_CONNECTIONS_URL"] : []),
      ...(has(entry, "dead_letters") ? ["KAMAI_DEAD_LETTERS"] : []),
      ...(has(entry, "files") ? ["KAMAI_FILES_URL"] : []),
      ...sendsTo(entry).map((name) => `KAMAI_QUEUE_${name.toUpperCase()}`),
      ...secrets.map((name) => `KAMAI_SECRET_${name.toUpperCase()}`),
      ...(secrets.includes("tokens") ? ["KAMAI_ISSUER", "KAMAI_AUDIENCE"] : []),
      ...(secrets.some((name) => name.startsWith("razorpay")) ? ["KAMAI_RAZORPAY_URL"] : []),
      ...(secrets.includes("phonepe") ? ["KAMAI_PHONEPE_URL", "KAMAI_PHONEPE_TOKEN_URL"] : []),
      ...(secrets.includes("messaging") ? ["KAMAI_SMS_URL", "KAMAI_WHATSAPP_URL"] : []),
      ...(secrets.includes("push") ? ["KAMAI_FCM_URL", "KAMAI_FCM_TOKEN_URL"] : []),
      ...(secrets.includes("twilio") ? ["KAMAI_TWILIO_URL", "KAMAI_TWILIO_LOOKUPS_URL"] : []),
      ...(secrets.includes("banks") ? ["KAMAI_MONO_URL", "KAMAI_PLAID_URL", "KAMAI_AGGREGATOR_URL", "KAMAI_AGGREGATOR_REDIRECT", "KAMAI_SETU_URL", "KAMAI_UBER_URL", "KAMAI_UBER_AUTH_URL"] : []),
      ...(["twilio", "banks", "phonepe"].some((name) => secrets.includes(name)) ? ["KAMAI_PUBLIC_URL"] : []),
      ...(secrets.includes("bills") ? ["KAMAI_BILLS_URL"] : []),
      ...(secrets.includes("llm") ? ["KAMAI_LLM_URL"] : []),
    ];
    assert.deepEqual(Object.keys(fn.Properties.Environment.Variables).sort(), expected.sort(), entry.name);
  }
});

test("whoever reads a channel's secret is told where the channel is", () => {
  const needs = [{ secret: "push" }, { secret: "email" }, { secret: "twilio" }, { secret: "llm" }, { secret: "banks" }, { secret: "bills" }, { secret: "phonepe" }];
  const entry = { name: "queues-channels", trigger: { type: "schedule", every_minutes: 1 } as const, timeout_s: 1, memory_mb: 128, needs };
  const resources = { httpApi: { apiId: "api" } } as unknown as Resources;
  const places = (context: Record<string, string>) => {
    const env = environment(entry, settingsFrom(new Synthesized(context).app.node), resources);
    return Object.fromEntries(Object.entries(env).filter(([name]) => /^KAMAI_(FCM|WEBPUSH|SNS|TWILIO|LLM|PUBLIC|BILLS|PHONEPE|MONO|PLAID|AGGREGATOR|SETU|DEMO|UBER)_/.test(name)));
  };
  const arn = "arn:aws:sns:ap-south-1:000000000000:ses-feedback";
  assert.deepEqual(places({ public_url: "https://api.kamai.example", sns_topic_arn: arn }), {
    KAMAI_FCM_URL: "https://fcm.googleapis.com",
    KAMAI_FCM_TOKEN_URL: "https://oauth2.googleapis.com/token",
    KAMAI_SNS_TOPIC_ARN: arn,
    KAMAI_TWILIO_URL: "https://api.twilio.com",
    KAMAI_TWILIO_LOOKUPS_URL: "https://lookups.twilio.com",
    KAMAI_LLM_URL: "https://api.groq.com/openai/v1",
    KAMAI_BILLS_URL: "https://coudc.setu.co/api/v2",
    KAMAI_PHONEPE_URL: "https://api.phonepe.com/apis/pg",
    KAMAI_PHONEPE_TOKEN_URL: "https://api.phonepe.com/apis/identity-manager",
    KAMAI_MONO_URL: "https://api.withmono.com",
    KAMAI_PLAID_URL: "https://production.plaid.com",
    KAMAI_UBER_URL: "https://api.uber.com",
    KAMAI_UBER_AUTH_URL: "https://auth.uber.com",
    KAMAI_AGGREGATOR_URL: "",
    KAMAI_AGGREGATOR_REDIRECT: "",
    KAMAI_SETU_URL: "",
    KAMAI_PUBLIC_URL: "https://api.kamai.example",
  });
  assert.deepEqual(places({ local: "true", sandbox: "http://127.0.0.1:4700", sns_topic_arn: arn }), {
    KAMAI_FCM_URL: "http://127.0.0.1:4700",
    KAMAI_FCM_TOKEN_URL: "http://127.0.0.1:4700/token",
    KAMAI_WEBPUSH_LOCAL: "http://127.0.0.1:4700",
    KAMAI_SNS_TOPIC_ARN: arn,
    KAMAI_SNS_STAND_IN: "http://127.0.0.1:4700/sns/",
    KAMAI_TWILIO_URL: "http://127.0.0.1:4700",
    KAMAI_TWILIO_LOOKUPS_URL: "http://127.0.0.1:4700",
    KAMAI_LLM_URL: "http://127.0.0.1:4700/groq/openai/v1",
    KAMAI_BILLS_URL: "http://127.0.0.1:4700/api/v2",
    KAMAI_PHONEPE_URL: "http://127.0.0.1:4700/phonepe",
    KAMAI_PHONEPE_TOKEN_URL: "http://127.0.0.1:4700/phonepe",
    KAMAI_MONO_URL: "http://127.0.0.1:4700/mono",
    KAMAI_PLAID_URL: "http://127.0.0.1:4700/plaid",
    KAMAI_UBER_URL: "http://127.0.0.1:4700/platforms/uber",
    KAMAI_UBER_AUTH_URL: "http://127.0.0.1:4700/platforms/uber",
    KAMAI_AGGREGATOR_URL: "http://127.0.0.1:4700/aa/v2",
    KAMAI_AGGREGATOR_REDIRECT: "http://127.0.0.1:4700/aa/consent/{handle}?return={return_url}",
    KAMAI_SETU_URL: "http://127.0.0.1:4700/setu/v2",
    KAMAI_DEMO_BANK_URL: "http://127.0.0.1:4700/demo-bank",
    KAMAI_DEMO_BANK_PAGE_URL: "http://127.0.0.1:4700/demo-bank",
    KAMAI_PUBLIC_URL: "http://127.0.0.1:4566/_aws/execute-api/4a3a1001",
  });
  assert.match(places({})["KAMAI_PUBLIC_URL"] ?? "", /^https:\/\/api\.execute-api\./);
});
