import { Aws, RemovalPolicy, Tags } from "aws-cdk-lib";
import { CfnAccount } from "aws-cdk-lib/aws-apigateway";
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { accessLogFormat, accessLogGroup } from "./access-logs.ts";
import { acknowledge } from "./acknowledge.ts";
import { pascal } from "./names.ts";
import { named } from "./resources.ts";
import type { Settings } from "./settings.ts";
import { triggeredBy } from "./table.ts";

/** As {@link LOCAL_HTTP_API_ID}, for the socket API. */
export const LOCAL_SOCKET_API_ID = "4a3a1002";

export const SOCKET_STAGE = "live";

/** Frames a second that all clients together may send, and how far they may burst. */
const THROTTLE = { rateLimit: 500, burstLimit: 1000 };

/** Further actions that a function serves beside the one its table entry names. */
const ALSO_SERVES: Readonly<Record<string, readonly string[]>> = { message: ["typing", "ack"], subscribe: ["unsubscribe"] };

/** The API by itself, without routes: functions need its URL, and its routes need functions. */
export function socketApi(scope: Construct, settings: Settings): WebSocketApi {
  const api = new WebSocketApi(scope, "SocketApi", {
    apiName: "kamai-sockets",
    routeSelectionExpression: "$request.body.action",
  });
  if (settings.local) Tags.of(api).add("ms-custom-id", LOCAL_SOCKET_API_ID);
  return api;
}

/** Where functions post frames to open connections. */
export function connectionsUrl(api: WebSocketApi, settings: Settings): string {
  return settings.local
    ? `${settings.endpoint}/_aws/execute-api/${LOCAL_SOCKET_API_ID}/${SOCKET_STAGE}`
    : `https://${api.apiId}.execute-api.${Aws.REGION}.amazonaws.com/${SOCKET_STAGE}`;
}

/** Where clients open sockets. */
export function socketUrl(api: WebSocketApi, settings: Settings): string {
  return connectionsUrl(api, settings).replace(/^http/, "ws");
}

export function socketRoutes(
  scope: Construct,
  settings: Settings,
  api: WebSocketApi,
  functions: ReadonlyMap<string, Function>,
): WebSocketStage {
  const stage = new WebSocketStage(scope, "SocketStage", {
    webSocketApi: api,
    stageName: SOCKET_STAGE,
    autoDeploy: true,
    throttle: THROTTLE,
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLogGroup(scope, "SocketAccessLogs", "socket-access")),
      format: accessLogFormat("socket"),
    },
  });

  for (const entry of triggeredBy("socket")) {
    const target = named(functions, entry.name);
    for (const action of [entry.trigger.route, ...(ALSO_SERVES[entry.trigger.route] ?? [])]) {
      const name = pascal(action.replace("$", ""));
      const route = api.addRoute(action, { integration: new WebSocketLambdaIntegration(`${name}Integration`, target) });
      acknowledge(route, {
        "AwsSolutions-APIG4":
          "A connection is opened with a single-use ticket, which the $connect function takes and spends; " +
          "each subscription is authorised by the function that makes it.",
      });
    }
  }

  if (!settings.local) stage.node.addDependency(accountLogging(scope));
  return stage;
}

/**
 * API Gateway writes a socket API's logs with a role that is set once per account and region.
 * Kept when the stack goes, since other APIs of the account may have come to rely on it.
 */
function accountLogging(scope: Construct): CfnAccount {
  const role = new Role(scope, "ApiGatewayLogsRole", {
    assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
    ],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledge(role, {
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]":
      "API Gateway refuses a logging role that may not do all that this policy of theirs allows.",
  });
  const account = new CfnAccount(scope, "ApiGatewayAccount", { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}
