import { Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { httpRoutes } from "./http-api.ts";
import type { Settings } from "./settings.ts";
import type { KamaiStack } from "./stack.ts";

/**
 * The routes of the HTTP API, its stage, and the right of the API to call their functions.
 *
 * CloudFormation takes five hundred resources in a stack, and routes are a third of ours: here they
 * have room of their own.
 */
export class RoutesStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, main: KamaiStack) {
    super(scope, id, {
      description: "Kamai: routes of the HTTP API",
      env: { region: settings.region, ...(settings.account !== undefined && { account: settings.account }) },
      terminationProtection: !settings.local,
    });
    Tags.of(this).add("project", "kamai");
    this.addDependency(main);
    httpRoutes(this, main.httpApi);
  }
}
