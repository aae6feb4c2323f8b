import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import {
  auditBreaks,
  floatShortfall,
  floatUnexplained,
  ledgerDiscrepancy,
  moneyOnItsWay,
  noticeSuccessPercent,
  payoutAgeSecondsMax,
  providerBalance,
  pushLatencyMsP50,
  pushLatencyMsP99,
  reconciliationDifferences,
  refusalsByCode,
  twilioBalanceMicros,
  twilioShortfallMicros,
  usersOwed,
  webhookLagSecondsP50,
  webhookLagSecondsP99,
} from "./metrics.ts";
import type { Watched } from "./watch-stack.ts";

const HALF = 12;

/** What an operator looks at first: is money moving, does the ledger add up, what is refused, what fails. */
export function dashboard(scope: Construct, seen: Watched): Dashboard {
  const each = (metric: (fn: IFunction) => IMetric): IMetric[] => [...seen.functions.values()].map(metric);
  const period = Duration.minutes(5);
  const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: HALF });

  return new Dashboard(scope, "Dashboard", {
    dashboardName: "kamai",
    defaultInterval: Duration.hours(6),
    widgets: [
      [
        graph("Oldest payout without a terminal word (s)", [payoutAgeSecondsMax]),
        graph("Ledger: what does not add up; log of operators' acts: breaks", [ledgerDiscrepancy, auditBreaks]),
      ],
      [
        graph("Owed to users, at the provider, on its way (paise)", [usersOwed, providerBalance, moneyOnItsWay]),
        graph("Not covered, not explained (paise); differences of days", [
          floatShortfall,
          floatUnexplained,
          reconciliationDifferences,
        ]),
      ],
      [
        graph("Webhook lag (s)", [webhookLagSecondsP50, webhookLagSecondsP99]),
        graph("Push latency (ms)", [pushLatencyMsP50, pushLatencyMsP99]),
      ],
      [
        graph("Notices that were taken, of a hundred, by channel and provider", [
          new MathExpression({ expression: noticeSuccessPercent, usingMetrics: {}, label: "", period }),
        ]),
        graph("Left at Twilio, and too little by (millionths of its currency)", [
          twilioBalanceMicros,
          twilioShortfallMicros,
        ]),
      ],
      [
        graph("Refusals by code", [
          new MathExpression({ expression: refusalsByCode, usingMetrics: {}, label: "", period }),
        ]),
        graph("Function errors", each((fn) => fn.metricErrors({ period, label: fn.node.id }))),
      ],
      [
        graph("Invocations", each((fn) => fn.metricInvocations({ period, label: fn.node.id }))),
        graph("Duration p99 (ms)", each((fn) => fn.metricDuration({ period, statistic: "p99", label: fn.node.id }))),
      ],
      [
        graph(
          "Queue depth",
          seen.queues.map(({ name, queue }) => queue.metricApproximateNumberOfMessagesVisible({ label: name })),
        ),
        graph(
          "Dead letters",
          seen.queues.map(({ name, deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible({ label: name })),
        ),
      ],
    ],
  });
}
