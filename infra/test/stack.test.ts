import assert from "node:assert/strict";
import { test } from "node:test";

import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";

import { Synthesized } from "./synthesized.ts";

const made = new Synthesized();

test("cdk-nag's AwsSolutions finds nothing that is not acknowledged", () => {
  const { violations } = new AwsSolutionsChecks(made.app).validateScope(made.app);
  const found = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map((resource) => `${ruleName} at ${resource.constructPath}`),
  );
  assert.deepEqual(found, []);
});

test("every acknowledgement gives its reason and is for one construct, not for the stack", () => {
  let count = 0;
  const walk = (construct: IConstruct): void => {
    for (const entry of construct.node.metadata) {
      if (entry.type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      count += 1;
      assert.ok(construct !== made.stack && construct !== made.routes);
      for (const reason of Object.values(entry.data)) assert.ok(String(reason).length > 40, construct.node.path);
    }
    construct.node.children.forEach(walk);
  };
  walk(made.app);
  assert.ok(count > 0);
});

test("data stays in Mumbai unless the context says otherwise", () => {
  assert.equal(made.stack.region, "ap-south-1");
  assert.equal(new Synthesized({ region: "ap-south-2" }).stack.region, "ap-south-2");
});

test("the stacks have room to grow", () => {
  // CloudFormation takes 500 resources and a template of 1 MB.
  for (const template of made.templates.map((template) => template.toJSON())) {
    assert.ok(Object.keys(template["Resources"]).length < 450);
    assert.ok(JSON.stringify(template).length < 800_000);
  }
});

test("only the local stack pins the ids of its APIs", () => {
  for (const [id, api] of made.all("AWS::ApiGatewayV2::Api")) {
    assert.equal(api.Properties.Tags?.["ms-custom-id"], undefined, id);
  }
  for (const [id, api] of new Synthesized({ local: "true" }).all("AWS::ApiGatewayV2::Api")) {
    assert.match(api.Properties.Tags["ms-custom-id"], /^[0-9a-f]{8}$/, id);
  }
});

test("only the local stack speaks to the sandbox", () => {
  const urls = (stack: Synthesized) =>
    stack
      .all("AWS::Lambda::Function")
      .flatMap(([, fn]) => Object.entries(fn.Properties.Environment.Variables))
      .filter(([name]) => /^KAMAI_(RAZORPAY|SMS|WHATSAPP|FCM|TWILIO|TWILIO_LOOKUPS)_URL$/.test(name))
      .map(([, url]) => String(url));
  for (const url of urls(made)) assert.match(url, /^https:/);
  for (const url of urls(new Synthesized({ local: "true", sandbox: "http://127.0.0.1:4700" }))) {
    assert.equal(url, "http://127.0.0.1:4700");
  }
});

test("a mistake in the context is told in one sentence", () => {
  assert.throws(() => new Synthesized({ arch: "riscv" }), /either arm64 or x86_64/);
  assert.throws(() => new Synthesized({ settings: "{" }), /settings is not JSON/);
  assert.throws(() => new Synthesized({ functions_dir: "/nowhere" }), /cargo lambda build/);
});
