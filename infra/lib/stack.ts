import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { Construct } from "constructs";

import { eventSources } from "./event-sources.ts";
import { files } from "./files.ts";
import { functions } from "./functions.ts";
import { httpApi, httpApiUrl } from "./http-api.ts";
import { customerKey } from "./key.ts";
import { queues, queueUrls, streamFailures } from "./queues.ts";
import type { Resources } from "./resources.ts";
import { schedules } from "./schedules.ts";
import { secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { socketApi, socketRoutes, socketUrl } from "./socket-api.ts";
import { tables } from "./tables.ts";
import { topics } from "./topics.ts";

/**
 * Everything Kamai has on AWS but the routes of its HTTP API, and what watches it. Names are fixed, so an account holds
 * one of it per region; a second stage is a second account.
 */
export class KamaiStack extends Stack {
  /** What the routes' stack gives its routes to. */
  readonly httpApi: HttpApi;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      description: "Kamai: a money backend for gig workers",
      env: { region: settings.region, ...(settings.account !== undefined && { account: settings.account }) },
      terminationProtection: !settings.local,
    });
    Tags.of(this).add("project", "kamai");

    const key = customerKey(this, settings);
    const pairs = queues(this, settings);
    const resources: Resources = {
      key,
      tables: tables(this, settings, key),
      queues: pairs,
      streamFailures: streamFailures(this),
      topics: topics(this, settings, key, pairs),
      secrets: secrets(this, settings, key),
      files: files(this, settings, key),
      httpApi: httpApi(this, settings),
      socketApi: socketApi(this, settings),
    };

    const made = functions(this, settings, resources);
    socketRoutes(this, settings, resources.socketApi, made);
    eventSources(this, settings, resources, made);
    schedules(this, made);

    this.httpApi = resources.httpApi;
    new CfnOutput(this, "ApiUrl", { value: httpApiUrl(resources.httpApi, settings) });
    new CfnOutput(this, "SocketUrl", { value: socketUrl(resources.socketApi, settings) });
    new CfnOutput(this, "MainTableName", { value: resources.tables.main.tableName });
    new CfnOutput(this, "LiveTableName", { value: resources.tables.live.tableName });
    new CfnOutput(this, "QueueUrls", { value: queueUrls(this, pairs) });
  }
}
