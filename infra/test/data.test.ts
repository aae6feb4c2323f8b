import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { consumers, secretNames, triggeredBy } from "../lib/table.ts";
import { Synthesized } from "./synthesized.ts";

const made = new Synthesized();
const local = new Synthesized({ local: "true" });

test("what must last is encrypted with our key, restorable, protected and streamed", () => {
  const [key] = made.all("AWS::KMS::Key")[0]!;
  const [, table] = made.one("AWS::DynamoDB::Table", "TableName", "kamai");
  const properties = table.Properties;
  assert.equal(properties.BillingMode, "PAY_PER_REQUEST");
  assert.deepEqual(properties.SSESpecification, {
    KMSMasterKeyId: { "Fn::GetAtt": [key, "Arn"] },
    SSEEnabled: true,
    SSEType: "KMS",
  });
  assert.equal(properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, true);
  assert.equal(properties.DeletionProtectionEnabled, true);
  assert.equal(properties.StreamSpecification.StreamViewType, "NEW_AND_OLD_IMAGES");
  assert.equal(properties.TimeToLiveSpecification.AttributeName, "expires_at_s");
  assert.equal(table.DeletionPolicy, "Retain");

  assert.equal(properties.GlobalSecondaryIndexes.length, 1);
  const [index] = properties.GlobalSecondaryIndexes;
  assert.equal(index.IndexName, "open");
  assert.deepEqual(
    index.KeySchema.map((part: { AttributeName: string }) => part.AttributeName),
    ["open_pk", "open_sk"],
  );
  assert.equal(index.Projection.ProjectionType, "KEYS_ONLY");
});

test("what may be lost expires and is not streamed", () => {
  const [, { Properties: live }] = made.one("AWS::DynamoDB::Table", "TableName", "kamai-live");
  assert.equal(live.TimeToLiveSpecification.AttributeName, "expires_at_s");
  assert.equal(live.SSESpecification.SSEType, "KMS");
  assert.equal(live.StreamSpecification, undefined);
  assert.equal(live.GlobalSecondaryIndexes, undefined);
});

test("our key is rotated", () => {
  const keys = made.all("AWS::KMS::Key");
  assert.equal(keys.length, 1);
  assert.equal(keys[0]![1].Properties.EnableKeyRotation, true);
});

test("the local cloud's data goes with it", () => {
  const kept = ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"];
  for (const type of kept) {
    for (const [id, resource] of local.all(type)) assert.equal(resource.DeletionPolicy, "Delete", id);
    for (const [id, resource] of made.all(type)) assert.equal(resource.DeletionPolicy, "Retain", id);
  }
});

test("each queue has dead letters, an alarm on them and one on its oldest message", () => {
  const alarms = made.all("AWS::CloudWatch::Alarm").map(([, alarm]) => alarm.Properties);
  const alarmOn = (metric: string, queue: string) =>
    alarms.find(
      (alarm) => alarm.MetricName === metric && alarm.Dimensions?.[0]?.Value === queue,
    );

  for (const [name, consumer] of consumers()) {
    const [, { Properties: queue }] = made.queue(name);
    const [deadId, { Properties: dead }] = made.queue(`${name}_dead_letters`);
    assert.deepEqual(queue.RedrivePolicy, {
      deadLetterTargetArn: { "Fn::GetAtt": [deadId, "Arn"] },
      maxReceiveCount: consumer.trigger.max_receives,
    });
    assert.deepEqual([queue.FifoQueue ?? false, dead.FifoQueue ?? false], [consumer.trigger.ordered, consumer.trigger.ordered], name);
    assert.equal(queue.VisibilityTimeout, 3 * consumer.timeout_s);
    assert.equal(queue.MessageRetentionPeriod, 4 * 86_400);
    assert.equal(dead.MessageRetentionPeriod, 14 * 86_400);
    assert.equal(alarmOn("ApproximateNumberOfMessagesVisible", dead.QueueName)?.Threshold, 0, name);
    assert.ok(alarmOn("ApproximateAgeOfOldestMessage", queue.QueueName), name);
  }
  const [, { Properties: failures }] = made.queue("stream_failures");
  assert.equal(alarmOn("ApproximateNumberOfMessagesVisible", failures.QueueName)?.Threshold, 0);
});

test("every alarm tells somebody", () => {
  made.one("AWS::SNS::Topic", "TopicName", "kamai-alarms");
  for (const [id, alarm] of made.all("AWS::CloudWatch::Alarm")) {
    const [topic] = alarm.Properties.AlarmActions;
    assert.ok(JSON.stringify(topic).endsWith(':kamai-alarms"]]}'), `${id}: ${JSON.stringify(topic)}`);
  }
});

test("each queue takes the facts that are addressed to it, as they were published", () => {
  const [topic] = made.one("AWS::SNS::Topic", "TopicName", "kamai-facts");
  const subscriptions = made
    .all("AWS::SNS::Subscription")
    .map(([, subscription]) => subscription.Properties)
    .filter((subscription) => subscription.TopicArn.Ref === topic);
  const unordered = [...consumers()].filter(([, consumer]) => !consumer.trigger.ordered);
  assert.equal(subscriptions.length, unordered.length);
  for (const [name] of unordered) {
    const [id] = made.queue(name);
    const subscription = subscriptions.find((each) => each.Endpoint["Fn::GetAtt"][0] === id);
    assert.equal(subscription?.RawMessageDelivery, true, name);
    assert.deepEqual(subscription?.FilterPolicy, { queue: [name] }, name);
  }
});

test("queues and the stream report failures item by item", () => {
  const mappings = made.all("AWS::Lambda::EventSourceMapping").map(([, mapping]) => mapping.Properties);
  assert.equal(mappings.length, triggeredBy("queue").length + triggeredBy("stream").length);
  for (const mapping of mappings) {
    assert.deepEqual(mapping.FunctionResponseTypes, ["ReportBatchItemFailures"]);
  }

  const [failures] = made.queue("stream_failures");
  for (const entry of triggeredBy("stream")) {
    const [id] = made.lambda(entry.name);
    const mapping = mappings.find((each) => each.FunctionName.Ref === id);
    assert.equal(mapping.BatchSize, entry.trigger.batch_size);
    assert.equal(mapping.BisectBatchOnFunctionError, true);
    const patterns = mapping.FilterCriteria.Filters.map((each: { Pattern: string }) => JSON.parse(each.Pattern));
    assert.deepEqual(
      patterns.map((pattern: any) => [pattern.dynamodb.Keys.pk.S[0].prefix, pattern.eventName?.[0] === "INSERT"]),
      entry.trigger.rows.map((rows) => [rows.prefix, rows.inserts_only]),
    );
    assert.equal(mapping.MaximumRetryAttempts, undefined, "tried until the record is too old");
    assert.equal(mapping.MaximumRecordAgeInSeconds, 23 * 3600);
    assert.deepEqual(mapping.DestinationConfig.OnFailure.Destination, { "Fn::GetAtt": [failures, "Arn"] });
  }
});

test("each secret starts with a value that nobody knows", () => {
  const secrets = made.all("AWS::SecretsManager::Secret").map(([, secret]) => secret.Properties);
  assert.deepEqual(secrets.map((secret) => secret.Name).sort(), secretNames().map((name) => `kamai/${name}`));
  for (const secret of secrets) {
    assert.ok(secret.GenerateSecretString, secret.Name);
    assert.equal(secret.SecretString, undefined, secret.Name);
    assert.ok(secret.KmsKeyId, secret.Name);
  }
});

test("files are private, versioned and encrypted with our key", () => {
  for (const [id, { Properties: bucket }] of made.all("AWS::S3::Bucket")) {
    assert.deepEqual(
      bucket.PublicAccessBlockConfiguration,
      { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      id,
    );
  }
  const versioned = made.all("AWS::S3::Bucket").filter(([, bucket]) => bucket.Properties.VersioningConfiguration);
  assert.equal(versioned.length, 1);
  const [encryption] = versioned[0]![1].Properties.BucketEncryption.ServerSideEncryptionConfiguration;
  assert.equal(encryption.ServerSideEncryptionByDefault.SSEAlgorithm, "aws:kms");
});

test("files that people send each other go a day after the last message that may show them", () => {
  const versioned = made.all("AWS::S3::Bucket").find(([, bucket]) => bucket.Properties.VersioningConfiguration);
  const rules: any[] = versioned![1].Properties.LifecycleConfiguration.Rules;
  const [chat, ...others] = rules.filter((rule) => rule.ExpirationInDays !== undefined);
  assert.deepEqual(others, [], "nothing else expires");
  assert.deepEqual(
    { prefix: chat.Prefix, days: chat.ExpirationInDays, old: chat.NoncurrentVersionExpiration.NoncurrentDays, is: chat.Status },
    { prefix: "chat/", days: 366, old: 1, is: "Enabled" },
  );
  const domain = readFileSync(new URL("../../shared/domain/src/rules.rs", import.meta.url), "utf8");
  assert.match(domain, /\broom_keeps_s: 365 \* 24 \* 3600,/);
});

test("browsers of our origins, and of no others, put and fetch files", () => {
  const cors = (stack: Synthesized) =>
    stack.all("AWS::S3::Bucket").flatMap(([, bucket]) => bucket.Properties.CorsConfiguration?.CorsRules ?? []);
  assert.deepEqual(cors(made), []);
  assert.deepEqual(cors(new Synthesized({ cors_origins: "https://app.kamai.example" })), [
    {
      AllowedHeaders: ["content-type", "if-none-match", "x-amz-meta-name"],
      AllowedMethods: ["PUT", "GET"],
      AllowedOrigins: ["https://app.kamai.example"],
      MaxAge: 3600,
    },
  ]);
});

test("files are reached at the bucket's own address, and locally at the emulator's", () => {
  const url = (stack: Synthesized) => stack.lambda("api-files")[1].Properties.Environment.Variables.KAMAI_FILES_URL;
  const [bucket] = made.all("AWS::S3::Bucket").find(([, each]) => each.Properties.VersioningConfiguration)!;
  assert.deepEqual(url(made), { "Fn::Join": ["", ["https://", { "Fn::GetAtt": [bucket, "RegionalDomainName"] }]] });
  assert.deepEqual(url(local), { "Fn::Join": ["", ["http://127.0.0.1:4566/", { Ref: bucket }]] });
});

test("alarms may publish to their topic, which is encrypted", () => {
  const [id] = made.one("AWS::SNS::Topic", "TopicName", "kamai-alarms");
  const policies = made.all("AWS::SNS::TopicPolicy").map(([, policy]) => policy.Properties);
  const statements = policies.find((policy) => policy.Topics[0].Ref === id)?.PolicyDocument.Statement;
  const publishes = statements.filter(
    (each: { Effect: string; Action: string; Principal: { Service?: string } }) =>
      each.Effect === "Allow" && each.Action === "sns:Publish" && each.Principal.Service === "cloudwatch.amazonaws.com",
  );
  assert.equal(publishes.length, 1);
  assert.match(JSON.stringify(made.all("AWS::KMS::Key")[0]![1].Properties.KeyPolicy), /cloudwatch\.amazonaws\.com/);
});
