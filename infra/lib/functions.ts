import { existsSync } from "node:fs";
import { join } from "node:path";

import { Duration, RemovalPolicy, Stack, Token } from "aws-cdk-lib";
import type { CfnApi } from "aws-cdk-lib/aws-apigatewayv2";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { CfnBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import { environment } from "./environment.ts";
import { CHAT_FILES } from "./files.ts";
import { CONNECTION_VERBS, grants } from "./grants.ts";
import { pascal } from "./names.ts";
import type { Resources } from "./resources.ts";
import type { Settings } from "./settings.ts";
import { SOCKET_STAGE } from "./socket-api.ts";
import { type FunctionEntry, functionTable, has } from "./table.ts";

/** One Lambda, one role and one log group for every entry of the table. */
export function functions(scope: Construct, settings: Settings, resources: Resources): Map<string, Function> {
  return new Map(functionTable.map((entry) => [entry.name, oneFunction(scope, settings, resources, entry)]));
}

function oneFunction(scope: Construct, settings: Settings, resources: Resources, entry: FunctionEntry): Function {
  const id = pascal(entry.name);
  const functionName = `kamai-${entry.name}`;

  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });

  // Written into the role rather than attached to it: AWS's basic execution policy may write to
  // any log group, and a policy of its own is one resource more per function.
  const role = new Role(scope, `${id}Role`, {
    roleName: functionName,
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: { needs: new PolicyDocument({ statements: grants(entry, logGroup, resources) }) },
  });
  acknowledgeWildcards(role, entry, resources);

  return new Function(scope, id, {
    functionName,
    description: describe(entry),
    runtime: Runtime.PROVIDED_AL2023,
    handler: "bootstrap",
    architecture: settings.arch === "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
    code: code(settings, entry.name),
    timeout: Duration.seconds(entry.timeout_s),
    memorySize: entry.memory_mb,
    environment: environment(entry, settings, resources),
    role,
    logGroup,
    // Logs carry the request id through every function; X-Ray would need a right on every
    // resource of the account for what it adds.
    tracing: Tracing.DISABLED,
  });
}

function code(settings: Settings, name: string): Code {
  const folder = join(settings.functionsDir, name);
  if (!existsSync(join(folder, "bootstrap"))) {
    throw new Error(
      `${folder}/bootstrap does not exist; build the functions with: cargo lambda build --release --arm64 -p functions`,
    );
  }
  return Code.fromAsset(folder);
}

function describe(entry: FunctionEntry): string {
  switch (entry.trigger.type) {
    case "http": {
      const routes = entry.trigger.routes.map((route) => `${route.method} ${route.path}`).join(", ");
      return routes.length <= 256 ? routes : `${routes.slice(0, 253)}...`;
    }
    case "queue":
      return `consumes the queue ${entry.trigger.queue}`;
    case "schedule":
      return `runs every ${entry.trigger.every_minutes} minutes`;
    case "stream":
      return "follows the stream of the main table";
    case "socket":
      return `socket route ${entry.trigger.route}`;
  }
}

function acknowledgeWildcards(role: Role, entry: FunctionEntry, resources: Resources): void {
  if (has(entry, "connections")) {
    const stack = Stack.of(role);
    const account = Token.isUnresolved(stack.account) ? "<AWS::AccountId>" : stack.account;
    const api = stack.getLogicalId(resources.socketApi.node.defaultChild as CfnApi);
    for (const verb of CONNECTION_VERBS) {
      const arn = `arn:<AWS::Partition>:execute-api:${stack.region}:${account}:<${api}>/${SOCKET_STAGE}/${verb}/@connections/*`;
      acknowledge(role, {
        [`AwsSolutions-IAM5[Resource::${arn}]`]:
          "A connection's id is not known before it is opened; the API, stage and verb are named.",
      });
    }
  }
  if (has(entry, "files")) {
    const bucket = Stack.of(role).getLogicalId(resources.files.node.defaultChild as CfnBucket);
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${CHAT_FILES}*]`]:
        "A file lies under its sender and its id, which are not known before it is sent; the folder is named.",
    });
  }
  if (entry.trigger.type === "stream") {
    acknowledge(role, {
      "AwsSolutions-IAM5[Resource::*]": "dynamodb:ListStreams, which the stream's poller calls, knows no resource.",
    });
  }
}
