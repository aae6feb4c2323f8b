import { ArnFormat, Aws, Duration, Stack, Tags } from "aws-cdk-lib";
import {
  type CfnApi,
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Function, type IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { accessLogFormat, accessLogGroup } from "./access-logs.ts";
import { acknowledge } from "./acknowledge.ts";
import { pascal } from "./names.ts";
import type { Settings } from "./settings.ts";
import { triggeredBy } from "./table.ts";

/**
 * The API's id in the local cloud, so that its URL is known before it is deployed and stays the
 * same after the stack was taken down. Eight hex digits, as the emulator wants them.
 */
export const LOCAL_HTTP_API_ID = "4a3a1001";

/** Requests a second that the whole API takes, and how far it may burst. */
const THROTTLE = { rateLimit: 500, burstLimit: 1000 };

/** For routes that send one-time passwords or try them: they cost money, and guessing is an attack. */
const AUTH_THROTTLE = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
const AUTH_PATH = "/v1/auth/";

/** The API by itself, without routes: functions need its URL, and its routes need functions. */
export function httpApi(scope: Construct, settings: Settings): HttpApi {
  const api = new HttpApi(scope, "HttpApi", {
    apiName: "kamai",
    createDefaultStage: false,
    ...(settings.corsOrigins.length > 0 && {
      corsPreflight: {
        allowOrigins: [...settings.corsOrigins],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ["authorization", "content-type", "idempotency-key"],
        exposeHeaders: ["idempotency-replayed", "retry-after"],
        maxAge: Duration.hours(1),
      },
    }),
  });
  if (settings.local) {
    Tags.of(api).add("ms-custom-id", LOCAL_HTTP_API_ID);
    spellCorsForEmulator(api);
  }
  return api;
}

/** The emulator reads these properties of a template as its own API spells them, in lower case. */
function spellCorsForEmulator(api: HttpApi): void {
  const resource = api.node.defaultChild as CfnApi;
  const cors = resource.corsConfiguration as CfnApi.CorsProperty | undefined;
  if (cors !== undefined) resource.addPropertyOverride("CorsConfiguration", { ...cors });
}

export function httpApiUrl(api: HttpApi, settings: Settings): string {
  return settings.local
    ? `${settings.endpoint}/_aws/execute-api/${LOCAL_HTTP_API_ID}`
    : `https://${api.apiId}.execute-api.${Aws.REGION}.amazonaws.com`;
}

/** Every route of the table, and the stage that serves them. */
export function httpRoutes(scope: Construct, api: HttpApi): HttpStage {
  const stage = new HttpStage(scope, "HttpStage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: THROTTLE,
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLogGroup(scope, "HttpAccessLogs", "http-access")),
      format: accessLogFormat("http"),
    },
  });
  const throttled: Record<string, typeof AUTH_THROTTLE> = {};

  for (const entry of triggeredBy("http")) {
    const integration = new HttpLambdaIntegration(`${pascal(entry.name)}Integration`, byName(scope, entry.name), {
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      // One permission per function, for this API; one per route would double the resources.
      scopePermissionToRoute: false,
    });
    for (const { method, path } of entry.trigger.routes) {
      const routeKey = HttpRouteKey.with(path, method as HttpMethod);
      const route = new HttpRoute(scope, `${method}${path}`, { httpApi: api, routeKey, integration });
      acknowledge(route, {
        "AwsSolutions-APIG4":
          "The gateway's own JWT authorizer takes RSA only and our tokens are ES256; webhooks are proven by a " +
          "signature over the raw body. Both are verified in the function before its handler runs.",
      });
      if (path.startsWith(AUTH_PATH)) {
        throttled[`${method} ${path}`] = AUTH_THROTTLE;
        stage.node.addDependency(route);
      }
    }
  }
  (stage.node.defaultChild as CfnStage).routeSettings = throttled;
  return stage;
}

/** A function of the other stack: its name is known, and an import would keep it from being removed. */
function byName(scope: Construct, name: string): IFunction {
  const functionArn = Stack.of(scope).formatArn({
    service: "lambda",
    resource: "function",
    resourceName: `kamai-${name}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return Function.fromFunctionAttributes(scope, pascal(name), { functionArn, sameEnvironment: true });
}
