import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/**
 * One JSON object per request.
 *
 * The path of the route, not of the request, and no query string: both can name people, and a
 * socket's query string holds its ticket.
 */
export function accessLogFormat(kind: "http" | "socket"): AccessLogFormat {
  const both = {
    request_id: "$context.requestId",
    at: "$context.requestTime",
    route: "$context.routeKey",
    status: "$context.status",
    source_ip: "$context.identity.sourceIp",
    integration_error: "$context.integrationErrorMessage",
    integration_latency_ms: "$context.integrationLatency",
  };
  const own =
    kind === "http"
      ? { response_latency_ms: "$context.responseLatency", response_bytes: "$context.responseLength" }
      : { event: "$context.eventType", connection: "$context.connectionId" };
  return AccessLogFormat.custom(JSON.stringify({ ...both, ...own }));
}

export function accessLogGroup(scope: Construct, id: string, name: string): LogGroup {
  return new LogGroup(scope, id, {
    // The prefix spares a resource policy per group, of which a region takes few.
    logGroupName: `/aws/vendedlogs/kamai/${name}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
