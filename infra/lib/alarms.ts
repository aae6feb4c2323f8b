import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Construct } from "constructs";

import {
  auditBreaks,
  floatChecks,
  floatShortfall,
  floatUnexplained,
  ledgerChecks,
  ledgerDiscrepancy,
  payoutAgeSecondsMax,
  providerChecks,
  providersFailing,
  reconciliationDifferences,
  reconciliationLagSeconds,
  reconciliations,
  twilioShortfallMicros,
  webhookLagSecondsP99,
} from "./metrics.ts";
import { kebab, pascal } from "./names.ts";
import { named } from "./resources.ts";
import { functionTable, triggeredBy } from "./table.ts";
import type { Watched } from "./watch-stack.ts";

/** Oldest message, in seconds, at which a queue is taken to be stuck rather than busy. */
const MESSAGE_AGE_SECONDS_MAX = 300;

/** Age of the record that a stream function is at, in milliseconds. */
const STREAM_AGE_MS_MAX = 300_000;

/** A payout by IMPS or UPI ends in minutes; after this long somebody should look. */
const PAYOUT_AGE_SECONDS_MAX = 1800;

/** Providers deliver within seconds; a lag above this is of our making. */
const WEBHOOK_LAG_SECONDS_MAX = 60;

/** A day is compared two hours after its end, and hourly until it could be. */
const RECONCILIATION_LAG_SECONDS_MAX = 30 * 3600;

interface Condition {
  readonly name: string;
  readonly metric: IMetric;
  readonly above: number;
  readonly says: string;
  readonly periods?: number;
}

export function alarms(scope: Construct, seen: Watched): void {
  const action = new SnsAction(seen.alarms);
  const alarm = ({ name, metric, above, says, periods = 1 }: Condition): void => {
    const made = new Alarm(scope, `${pascal(name)}Alarm`, {
      alarmName: `kamai-${name}`,
      alarmDescription: says,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(action);
    made.addOkAction(action);
  };
  const minute = { period: Duration.minutes(1) };

  for (const { name, queue, deadLetters, consumer } of seen.queues) {
    alarm({
      name: `dead-letters-${kebab(name)}`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(minute),
      above: 0,
      says: `Messages of ${name} were given up on. Look at them and re-drive: /v1/ops/dead-letters.`,
    });
    alarm({
      name: `message-age-${kebab(name)}`,
      metric: queue.metricApproximateAgeOfOldestMessage(minute),
      above: MESSAGE_AGE_SECONDS_MAX,
      periods: 3,
      says: `${consumer} does not keep up with the queue ${name}.`,
    });
  }

  alarm({
    name: "stream-failures",
    metric: seen.streamFailures.metricApproximateNumberOfMessagesVisible(minute),
    above: 0,
    says: "Changes of the main table were set aside by a stream function; each message names their range.",
  });

  for (const entry of triggeredBy("stream")) {
    alarm({
      name: `stream-age-${entry.name}`,
      metric: named(seen.functions, entry.name).metric("IteratorAge", { ...minute, statistic: Stats.MAXIMUM }),
      above: STREAM_AGE_MS_MAX,
      periods: 3,
      says: `${entry.name} stands still before a change that it cannot work on. Its log has the chain of causes.`,
    });
  }

  for (const entry of functionTable) {
    alarm({
      name: `errors-${entry.name}`,
      metric: named(seen.functions, entry.name).metricErrors({ period: Duration.minutes(5) }),
      above: 0,
      says: `${entry.name} failed: a bug of ours or a dependency that is down. Its log has the chain of causes.`,
    });
  }

  alarm({
    name: "ledger-discrepancy",
    metric: ledgerDiscrepancy,
    above: 0,
    says: "The ledger does not add up. Stop payouts and look at /v1/ops/ledger.",
  });
  alarm({
    name: "audit-breaks",
    metric: auditBreaks,
    above: 0,
    says: "The log of operators' acts was tampered with. See /v1/ops/audit/proof and docs/operations.md.",
  });
  alarm({
    name: "payout-age",
    metric: payoutAgeSecondsMax,
    above: PAYOUT_AGE_SECONDS_MAX,
    says: "A payout has been without a terminal word for half an hour.",
  });
  alarm({
    name: "webhook-lag",
    metric: webhookLagSecondsP99,
    above: WEBHOOK_LAG_SECONDS_MAX,
    periods: 3,
    says: "Webhooks are worked on more than a minute after the event.",
  });

  alarm({
    name: "float-shortfall",
    metric: floatShortfall,
    above: 0,
    // Three looks: what is in motion while it is counted is not missing.
    periods: 3,
    says: "What users are owed is not covered by what lies at the providers. See /v1/ops/ledger and docs/operations.md.",
  });
  alarm({
    name: "float-unexplained",
    metric: floatUnexplained,
    above: 0,
    periods: 3,
    says: "The payout account's balance is not what our books say of it. See /v1/ops/reconciliation.",
  });
  alarm({
    name: "reconciliation-differences",
    metric: reconciliationDifferences,
    above: 0,
    says: "Ledger, provider and bank differ. /v1/ops/reconciliation has each difference with its reason.",
  });
  alarm({
    name: "reconciliation-lag",
    metric: reconciliationLagSeconds,
    above: RECONCILIATION_LAG_SECONDS_MAX,
    says: "The day before was not compared with provider and bank. The log of schedules-reconcile-day says why.",
  });

  alarm({
    name: "providers-failing",
    metric: providersFailing,
    above: 0,
    says:
      "A provider of notices takes too few of them. The log of schedules-watch-providers says which and why; " +
      "see /v1/notifications/{channel}/stats and docs/notices.md.",
  });
  alarm({
    name: "twilio-balance",
    metric: twilioShortfallMicros,
    above: 0,
    says: "Twilio's account runs out, and SMS end with it: add to it.",
  });

  // The alarms for which silence is the fault.
  const silence = (name: string, metric: IMetric, says: string): void => {
    const silent = new Alarm(scope, `${pascal(name)}Alarm`, {
      alarmName: `kamai-${name}`,
      alarmDescription: says,
      metric,
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
    silent.addAlarmAction(action);
    silent.addOkAction(action);
  };
  silence("ledger-unchecked", ledgerChecks, "The ledger has not been checked for a quarter of an hour.");
  silence("float-unchecked", floatChecks, "The float has not been looked at for a quarter of an hour.");
  silence("providers-unwatched", providerChecks, "The providers of notices have not been looked at for a quarter of an hour.");
  silence("reconciliation-silent", reconciliations, "Ledger, provider and bank have not been compared for three hours.");
}
