/** What a function's role allows: its log group, its event source, and its `needs`, nothing else. */

import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";

import { CHAT_FILES } from "./files.ts";
import { named, type Resources } from "./resources.ts";
import { SOCKET_STAGE } from "./socket-api.ts";
import { type FunctionEntry, has, readsSecrets, sendsTo } from "./table.ts";
import { OPEN_INDEX } from "./tables.ts";

const READ = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"];
const WRITE = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"];
const RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"];

/** Frames are posted to connections, and connections of signed-out users closed. */
export const CONNECTION_VERBS = ["POST", "DELETE"];

export function grants(entry: FunctionEntry, logGroup: ILogGroup, r: Resources): PolicyStatement[] {
  const statements = [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
    ...sourceGrants(entry, r),
    ...tableGrants(entry, r),
  ];

  const sendTo = sendsTo(entry).map((name) => named(r.queues, name).queue.queueArn);
  if (sendTo.length > 0) statements.push(allow(["sqs:SendMessage"], sendTo));

  if (has(entry, "dead_letters")) {
    const pairs = [...r.queues.values()];
    statements.push(
      allow([...RECEIVE, "sqs:GetQueueUrl"], pairs.map((pair) => pair.deadLetters.queueArn)),
      allow(["sqs:SendMessage"], pairs.map((pair) => pair.queue.queueArn)),
    );
  }

  if (has(entry, "publish_facts")) {
    statements.push(
      allow(["sns:Publish"], [r.topics.facts.topicArn]),
      throughService(r.key, "sns", ["kms:Decrypt", "kms:GenerateDataKey"]),
    );
  }

  if (has(entry, "connections")) {
    // The last part is the connection, which is not known before it is opened.
    const connections = (verb: string) =>
      Stack.of(r.socketApi).formatArn({
        service: "execute-api",
        resource: r.socketApi.apiId,
        resourceName: `${SOCKET_STAGE}/${verb}/@connections/*`,
      });
    statements.push(allow(["execute-api:ManageConnections"], CONNECTION_VERBS.map(connections)));
  }

  if (has(entry, "files")) {
    // What a role may do, it may sign for.
    statements.push(
      allow(["s3:GetObject", "s3:PutObject"], [r.files.arnForObjects(`${CHAT_FILES}*`)]),
      throughService(r.key, "s3", ["kms:Decrypt", "kms:GenerateDataKey"]),
    );
  }

  const secrets = readsSecrets(entry).map((name) => named(r.secrets, name).secretArn);
  if (secrets.length > 0) {
    statements.push(
      allow(["secretsmanager:GetSecretValue"], secrets),
      throughService(r.key, "secretsmanager", ["kms:Decrypt"]),
    );
  }
  return statements;
}

function tableGrants(entry: FunctionEntry, r: Resources): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const reads = has(entry, "read") || has(entry, "write");
  if (reads) {
    const { tableArn } = r.tables.main;
    // Only a schedule may look at the whole table: the check of the ledger sums every account.
    const scans = entry.trigger.type === "schedule" && has(entry, "write") ? ["dynamodb:Scan"] : [];
    statements.push(allow([...READ, ...scans], [tableArn, `${tableArn}/index/${OPEN_INDEX}`]));
    if (has(entry, "write")) statements.push(allow(WRITE, [tableArn]));
  }
  if (has(entry, "live")) statements.push(allow([...READ, ...WRITE], [r.tables.live.tableArn]));
  if (reads || has(entry, "live")) {
    const writes = has(entry, "write") || has(entry, "live");
    statements.push(
      throughService(r.key, "dynamodb", [
        "kms:Decrypt",
        "kms:DescribeKey",
        ...(writes ? ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"] : []),
      ]),
    );
  }
  return statements;
}

/** Pollers of queues and streams work with the role of the function they call. */
function sourceGrants(entry: FunctionEntry, r: Resources): PolicyStatement[] {
  switch (entry.trigger.type) {
    case "queue":
      return [allow(RECEIVE, [named(r.queues, entry.trigger.queue).queue.queueArn])];
    case "stream": {
      const stream = r.tables.main.tableStreamArn;
      if (stream === undefined) throw new Error("the main table has no stream");
      return [
        allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [stream]),
        // The one action of these that knows no resource.
        allow(["dynamodb:ListStreams"], ["*"]),
        allow(["sqs:SendMessage"], [r.streamFailures.queueArn]),
        ...(has(entry, "read") || has(entry, "write") ? [] : [throughService(r.key, "dynamodb", ["kms:Decrypt"])]),
      ];
    }
    default:
      return [];
  }
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

/** Use of the key by a service on the role's behalf, never by the role itself. */
function throughService(key: IKey, service: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { "kms:ViaService": `${service}.${Stack.of(key).region}.amazonaws.com` } },
  });
}
