import { Duration } from "aws-cdk-lib";
import { EventSourceMapping, FilterCriteria, FilterRule, type Function, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";

import { pascal } from "./names.ts";
import { named, type Resources } from "./resources.ts";
import type { Settings } from "./settings.ts";
import { type Rows, triggeredBy } from "./table.ts";

/** How many batches of one queue are worked on at once: providers limit how fast we may call. */
const QUEUE_CONCURRENCY_MAX = 20;

/** The same in the local cloud, where each is a process on the developer's machine. */
const LOCAL_QUEUE_CONCURRENCY_MAX = 5;

/**
 * Joins queues and the stream to their functions.
 *
 * The mappings are made here rather than with `addEventSource`, which would add a policy to each
 * role; `grants.ts` has already said what a poller needs.
 */
export function eventSources(
  scope: Construct,
  settings: Settings,
  resources: Resources,
  functions: ReadonlyMap<string, Function>,
): void {
  for (const entry of triggeredBy("queue")) {
    new EventSourceMapping(scope, `${pascal(entry.name)}Source`, {
      target: named(functions, entry.name),
      eventSourceArn: named(resources.queues, entry.trigger.queue).queue.queueArn,
      batchSize: entry.trigger.batch_size,
      maxConcurrency: settings.local ? LOCAL_QUEUE_CONCURRENCY_MAX : QUEUE_CONCURRENCY_MAX,
      reportBatchItemFailures: true,
    });
  }

  const stream = resources.tables.main.tableStreamArn;
  if (stream === undefined) throw new Error("the main table has no stream");
  for (const entry of triggeredBy("stream")) {
    new EventSourceMapping(scope, `${pascal(entry.name)}Source`, {
      target: named(functions, entry.name),
      eventSourceArn: stream,
      batchSize: entry.trigger.batch_size,
      startingPosition: StartingPosition.TRIM_HORIZON,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      filters: entry.trigger.rows.map(filter),
      // As often as there is time for: a table that is down for an hour must not cost a posting its
      // place in the sums. A record leaves the stream after a day, tried or not; an alarm comes long
      // before.
      maxRecordAge: Duration.hours(23),
      onFailure: new SqsDlqWithoutGrant(resources.streamFailures),
    });
  }
}

/** Records of other rows wake nobody, and are not paid for. */
function filter(rows: Rows): Record<string, unknown> {
  return FilterCriteria.filter({
    ...(rows.inserts_only ? { eventName: FilterRule.isEqual("INSERT") } : {}),
    dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(rows.prefix) } } },
  });
}

/** Names the destination and leaves the role as `grants.ts` wrote it. */
class SqsDlqWithoutGrant extends SqsDlq {
  readonly #arn: string;
  constructor(queue: ConstructorParameters<typeof SqsDlq>[0]) {
    super(queue);
    this.#arn = queue.queueArn;
  }
  override bind(): { destination: string } {
    return { destination: this.#arn };
  }
}
