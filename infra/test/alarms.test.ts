import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Synthesized } from "./synthesized.ts";

const made = new Synthesized();

const alarm = (name: string): any => made.one("AWS::CloudWatch::Alarm", "AlarmName", `kamai-${name}`)[1].Properties;

test("money that is missing, not explained or not matched raises an alarm", () => {
  for (const [name, metric, periods] of [
    ["ledger-discrepancy", "LedgerDiscrepancy", 1],
    ["audit-breaks", "AuditBreaks", 1],
    ["float-shortfall", "FloatShortfall", 3],
    ["float-unexplained", "FloatUnexplained", 3],
    ["reconciliation-differences", "ReconciliationDifferences", 1],
  ] as const) {
    const { MetricName, Namespace, Threshold, ComparisonOperator, EvaluationPeriods, Statistic } = alarm(name);
    assert.deepEqual(
      { MetricName, Namespace, Threshold, ComparisonOperator, EvaluationPeriods, Statistic },
      {
        MetricName: metric,
        Namespace: "Kamai",
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: periods,
        Statistic: "Maximum",
      },
    );
  }
  assert.equal(alarm("reconciliation-lag").Threshold, 30 * 3600);
});

test("a provider that fails, or whose account runs out, raises an alarm at once", () => {
  for (const [name, metric] of [
    ["providers-failing", "ProvidersFailing"],
    ["twilio-balance", "TwilioShortfallMicros"],
  ] as const) {
    const { MetricName, Namespace, Threshold, ComparisonOperator, EvaluationPeriods, Statistic } = alarm(name);
    assert.deepEqual(
      { MetricName, Namespace, Threshold, ComparisonOperator, EvaluationPeriods, Statistic },
      {
        MetricName: metric,
        Namespace: "Kamai",
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
        Statistic: "Maximum",
      },
    );
  }
});

test("a check that no longer runs raises an alarm", () => {
  for (const [name, metric, period] of [
    ["ledger-unchecked", "LedgerDiscrepancy", 300],
    ["float-unchecked", "FloatShortfall", 300],
    ["providers-unwatched", "ProvidersFailing", 300],
    ["reconciliation-silent", "ReconciliationLagSeconds", 3600],
  ] as const) {
    const { MetricName, Statistic, Period, TreatMissingData, ComparisonOperator, Threshold } = alarm(name);
    assert.deepEqual(
      { MetricName, Statistic, Period, TreatMissingData, ComparisonOperator, Threshold },
      {
        MetricName: metric,
        Statistic: "SampleCount",
        Period: period,
        TreatMissingData: "breaching",
        ComparisonOperator: "LessThanThreshold",
        Threshold: 1,
      },
    );
  }
});

test("every metric of ours that an alarm looks at is one that the functions write", () => {
  const written = readFileSync(new URL("../../shared/lambda/src/metrics.rs", import.meta.url), "utf8");
  for (const [id, { Properties }] of made.all("AWS::CloudWatch::Alarm")) {
    if (Properties.Namespace === "Kamai") assert.ok(written.includes(`"${Properties.MetricName}"`), id);
  }
});
