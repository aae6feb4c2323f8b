import { Duration, type Stack } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import { kebab, pascal } from "./names.ts";
import type { Settings } from "./settings.ts";
import { consumers, functionTable, sendsTo } from "./table.ts";

export interface QueuePair {
  /** As the table of functions writes it. */
  readonly name: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** Messages of one group come one after the other. */
  readonly ordered: boolean;
  /** Name of the function that consumes it. */
  readonly consumer: string;
}

const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** A queue and its dead-letter queue for every queue that has a consumer. */
export function queues(scope: Construct, settings: Settings): Map<string, QueuePair> {
  const byName = new Map<string, QueuePair>();
  for (const [name, consumer] of consumers()) {
    const { ordered } = consumer.trigger;
    const deadLetters = deadLetterQueue(scope, `${pascal(name)}DeadLetters`, deadLettersName(name, ordered), ordered);
    const queue = new Queue(scope, `Queue${pascal(name)}`, {
      ...shared,
      queueName: queueName(name, ordered),
      ...first(ordered),
      retentionPeriod: Duration.days(4),
      visibilityTimeout: visibilityTimeout(consumer.timeout_s, settings),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: consumer.trigger.max_receives },
    });
    byName.set(name, { name, queue, deadLetters, ordered, consumer: consumer.name });
  }
  for (const entry of functionTable) {
    for (const name of sendsTo(entry)) {
      if (!byName.has(name)) throw new Error(`${entry.name} sends to ${name}, which no function consumes`);
    }
  }
  return byName;
}

/** `{name: {url, dlq_url}}` as JSON, in which the URLs are filled in when the stack is deployed. */
export function queueUrls(stack: Stack, pairs: ReadonlyMap<string, QueuePair>): string {
  const urls = [...pairs.values()].map(({ name, queue, deadLetters }) => [
    name,
    { url: queue.queueUrl, dlq_url: deadLetters.queueUrl },
  ]);
  return stack.toJsonString(Object.fromEntries(urls));
}

/** Where the stream's batches go that could not be worked on: their keys, not their content. */
export function streamFailures(scope: Construct): Queue {
  return deadLetterQueue(scope, "StreamFailures", STREAM_FAILURES, false);
}

export const STREAM_FAILURES = "kamai-stream-failures";

/** SQS knows an ordered queue by the end of its name. */
export function queueName(name: string, ordered: boolean): string {
  return `kamai-${kebab(name)}${ordered ? ".fifo" : ""}`;
}

export function deadLettersName(name: string, ordered: boolean): string {
  return queueName(`${name}-dead-letters`, ordered);
}

/** Of a queue that is not ordered, `fifo: false` is refused. */
function first(ordered: boolean): Pick<QueueProps, "fifo"> {
  return ordered ? { fifo: true } : {};
}

function deadLetterQueue(scope: Construct, id: string, queueName: string, ordered: boolean): Queue {
  const queue = new Queue(scope, id, { ...shared, queueName, ...first(ordered), retentionPeriod: Duration.days(14) });
  acknowledge(queue, { "AwsSolutions-SQS3": "This is itself where failures are set aside; an alarm watches its depth." });
  return queue;
}

/**
 * How long a message stays away once a function has taken it.
 *
 * Three times the function's timeout leaves room for the poller's own retries when the function
 * is throttled. The local cloud does not throttle, and there a failed message had better come
 * back while the developer is still looking.
 */
function visibilityTimeout(timeout_s: number, settings: Settings): Duration {
  return Duration.seconds(settings.local ? timeout_s + 1 : 3 * timeout_s);
}

