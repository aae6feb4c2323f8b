import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

import { RoutesStack } from "../lib/routes-stack.ts";
import { settingsFrom } from "../lib/settings.ts";
import { KamaiStack } from "../lib/stack.ts";
import { WatchStack } from "../lib/watch-stack.ts";

const app = new App();
try {
  const settings = settingsFrom(app.node);
  const main = new KamaiStack(app, "Kamai", settings);
  new RoutesStack(app, "KamaiRoutes", settings, main);
  new WatchStack(app, "KamaiWatch", settings, main);
  // The local cloud enforces no roles and is deployed many times an hour; the checks run in
  // `npm test` and on every synthesis for AWS.
  if (!settings.local) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  // Most often a wrong setting or a build that is missing: the sentence says more than the stack.
  console.error(process.env["KAMAI_TRACE"] ? error : `kamai: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
