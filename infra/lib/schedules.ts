import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule, CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";

import { pascal } from "./names.ts";
import { named } from "./resources.ts";
import { triggeredBy } from "./table.ts";

/** EventBridge Scheduler: one schedule per entry. A run takes no input and may happen twice. */
export function schedules(scope: Construct, functions: ReadonlyMap<string, Function>): void {
  const entries = triggeredBy("schedule");
  const role = new Role(scope, "SchedulesRole", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com"),
    inlinePolicies: {
      invoke: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["lambda:InvokeFunction"],
            resources: entries.map((entry) => named(functions, entry.name).functionArn),
          }),
        ],
      }),
    },
  });
  const group = new CfnScheduleGroup(scope, "ScheduleGroup", { name: "kamai" });

  for (const entry of entries) {
    const minutes = entry.trigger.every_minutes;
    const schedule = new CfnSchedule(scope, `${pascal(entry.name)}Schedule`, {
      name: `kamai-${entry.name}`,
      groupName: "kamai",
      scheduleExpression: `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: named(functions, entry.name).functionArn,
        roleArn: role.roleArn,
        input: "{}",
        // The next run does all that a lost one left undone, so there is nothing to catch up on.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
      },
    });
    schedule.addDependency(group);
  }
}
