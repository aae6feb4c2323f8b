/**
 * Metrics that the functions write into their logs (embedded metric format).
 *
 * Names and units are agreed with `shared/lambda`; none has a dimension unless it says so.
 */

import { Duration } from "aws-cdk-lib";
import { Metric, type MetricOptions, Stats } from "aws-cdk-lib/aws-cloudwatch";

export const NAMESPACE = "Kamai";

function ours(metricName: string, options: MetricOptions): Metric {
  return new Metric({ namespace: NAMESPACE, metricName, period: Duration.minutes(5), ...options });
}

/** How many accounts or currencies do not add up. Written by each check of the ledger, also when it is 0. */
export const ledgerDiscrepancy = ours("LedgerDiscrepancy", { statistic: Stats.MAXIMUM });
export const ledgerChecks = ours("LedgerDiscrepancy", { statistic: Stats.SAMPLE_COUNT });

/** Places at which the log of operators' acts is not as it was written. Written by the same check, also when it is 0. */
export const auditBreaks = ours("AuditBreaks", { statistic: Stats.MAXIMUM });

/** What users are owed and what covers it, in paise. Written by each look at the float. */
export const usersOwed = ours("UsersOwed", { statistic: Stats.MAXIMUM });
export const providerBalance = ours("ProviderBalance", { statistic: Stats.MINIMUM });
export const moneyOnItsWay = ours("MoneyOnItsWay", { statistic: Stats.MINIMUM });
export const floatShortfall = ours("FloatShortfall", { statistic: Stats.MAXIMUM });
export const floatUnexplained = ours("FloatUnexplained", { statistic: Stats.MAXIMUM });
export const floatChecks = ours("FloatShortfall", { statistic: Stats.SAMPLE_COUNT });

/** Differences between ledger, provider and bank that do not end by themselves. Written each hour. */
export const reconciliationDifferences = ours("ReconciliationDifferences", {
  statistic: Stats.MAXIMUM,
  period: Duration.hours(1),
});

/** Since the end of the newest day that was compared. */
export const reconciliationLagSeconds = ours("ReconciliationLagSeconds", {
  statistic: Stats.MINIMUM,
  period: Duration.hours(1),
});
export const reconciliations = ours("ReconciliationLagSeconds", {
  statistic: Stats.SAMPLE_COUNT,
  period: Duration.hours(1),
});

/** Age of the oldest payout without a terminal word. */
export const payoutAgeSecondsMax = ours("PayoutAgeSecondsMax", { statistic: Stats.MAXIMUM });

/** From the provider's event time to the end of our work on it. */
export const webhookLagSecondsP50 = ours("WebhookLagSeconds", { statistic: Stats.p(50) });
export const webhookLagSecondsP99 = ours("WebhookLagSeconds", { statistic: Stats.p(99) });

/** From the commit of a fact to the post to a socket. */
export const pushLatencyMsP50 = ours("PushLatencyMs", { statistic: Stats.p(50) });
export const pushLatencyMsP99 = ours("PushLatencyMs", { statistic: Stats.p(99) });

/** Providers of notices that take too few of them. Written by each look, also when it is 0. */
export const providersFailing = ours("ProvidersFailing", { statistic: Stats.MAXIMUM });
export const providerChecks = ours("ProvidersFailing", { statistic: Stats.SAMPLE_COUNT });

/** Of a hundred deliveries those that were taken and have not failed, by the dimensions `channel` and `provider`. */
export const noticeSuccessPercent = `SEARCH('{${NAMESPACE},channel,provider} MetricName="NoticeSuccessPercent"', 'Minimum', 300)`;

/** What is left at Twilio, and by how much that is too little, in millionths of the account's currency. */
export const twilioBalanceMicros = ours("TwilioBalanceMicros", { statistic: Stats.MINIMUM });
export const twilioShortfallMicros = ours("TwilioShortfallMicros", { statistic: Stats.MAXIMUM });

/** Commands that a rule said no to, by the dimension `code`. */
export const refusalsByCode = `SEARCH('{${NAMESPACE},code} MetricName="Refusals"', 'Sum', 300)`;
