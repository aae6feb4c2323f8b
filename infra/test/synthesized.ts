/** Synthesizes the stacks for tests, with stand-ins for the built functions. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";

import { RoutesStack } from "../lib/routes-stack.ts";
import { settingsFrom } from "../lib/settings.ts";
import { KamaiStack } from "../lib/stack.ts";
import { functionTable } from "../lib/table.ts";
import { WatchStack } from "../lib/watch-stack.ts";

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: any;
}

/** Feature flags, as `cdk` would hand them to the app. */
const flags = JSON.parse(readFileSync(new URL("../cdk.json", import.meta.url), "utf8")).context;

const functionsDir = mkdtempSync(join(tmpdir(), "kamai-functions-"));
for (const { name } of functionTable) {
  mkdirSync(join(functionsDir, name));
  writeFileSync(join(functionsDir, name, "bootstrap"), "");
}
process.on("exit", () => rmSync(functionsDir, { recursive: true }));

export class Synthesized {
  readonly app: App;
  readonly stack: KamaiStack;
  readonly routes: RoutesStack;
  readonly watch: WatchStack;
  readonly templates: readonly Template[];

  constructor(context: Record<string, string> = {}) {
    this.app = new App({ context: { ...flags, functions_dir: functionsDir, ...context } });
    this.stack = new KamaiStack(this.app, "Kamai", settingsFrom(this.app.node));
    this.routes = new RoutesStack(this.app, "KamaiRoutes", settingsFrom(this.app.node), this.stack);
    this.watch = new WatchStack(this.app, "KamaiWatch", settingsFrom(this.app.node), this.stack);
    this.templates = [this.stack, this.routes, this.watch].map((stack) => Template.fromStack(stack));
  }

  /** All resources of a type in all stacks, by logical id. */
  all(type: string): [string, Resource][] {
    return this.templates.flatMap((template) => Object.entries(template.findResources(type)) as [string, Resource][]);
  }

  /** The one resource of a type that has this name. */
  one(type: string, nameProperty: string, name: string): [string, Resource] {
    const found = this.all(type).filter(([, resource]) => resource.Properties[nameProperty] === name);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${found.length} resources of ${type} are called ${name}`);
    }
    return only;
  }

  lambda(name: string): [string, Resource] {
    return this.one("AWS::Lambda::Function", "FunctionName", `kamai-${name}`);
  }

  queue(name: string): [string, Resource] {
    const queue = `kamai-${name.replaceAll("_", "-")}`;
    const isOrdered = this.all("AWS::SQS::Queue").some(([, { Properties }]) => Properties.QueueName === `${queue}.fifo`);
    return this.one("AWS::SQS::Queue", "QueueName", isOrdered ? `${queue}.fifo` : queue);
  }

  /** What a role allows: every statement with its actions and resources as lists. */
  statements(roleName: string): { actions: string[]; resources: unknown[] }[] {
    const [, role] = this.one("AWS::IAM::Role", "RoleName", roleName);
    return statementsOf(role);
  }
}

export function statementsOf(role: Resource): { actions: string[]; resources: unknown[] }[] {
  const policies: any[] = role.Properties.Policies ?? [];
  return policies.flatMap((policy) =>
    policy.PolicyDocument.Statement.map((statement: any) => ({
      actions: [statement.Action].flat(),
      resources: [statement.Resource].flat(),
    })),
  );
}
