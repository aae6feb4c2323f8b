import { Stack, Tags } from "aws-cdk-lib";
import { Function, type IFunction } from "aws-cdk-lib/aws-lambda";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { type IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

import { alarms } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import { pascal } from "./names.ts";
import { deadLettersName, queueName, STREAM_FAILURES } from "./queues.ts";
import type { Settings } from "./settings.ts";
import type { KamaiStack } from "./stack.ts";
import { consumers, functionTable } from "./table.ts";
import { ALARMS } from "./topics.ts";

/** A queue, its dead letters and who works on it. */
export interface WatchedQueue {
  /** As the table of functions writes it. */
  readonly name: string;
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly consumer: string;
}

/** What is looked at, and who is told. */
export interface Watched {
  readonly functions: ReadonlyMap<string, IFunction>;
  readonly queues: readonly WatchedQueue[];
  readonly streamFailures: IQueue;
  readonly alarms: ITopic;
}

/**
 * Alarms and the dashboard: two for each queue and one for each function, so they have a stack of
 * their own. It finds what it looks at by name: an import would keep that from being removed.
 */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, main: KamaiStack) {
    super(scope, id, {
      description: "Kamai: alarms and the dashboard",
      env: { region: settings.region, ...(settings.account !== undefined && { account: settings.account }) },
      terminationProtection: !settings.local,
    });
    Tags.of(this).add("project", "kamai");
    this.addDependency(main);
    const seen = watched(this);
    alarms(this, seen);
    dashboard(this, seen);
  }
}

function watched(stack: Stack): Watched {
  const queue = (queueName: string): IQueue =>
    Queue.fromQueueAttributes(stack, pascal(queueName.replace(".", "-")), {
      queueArn: stack.formatArn({ service: "sqs", resource: queueName }),
      queueName,
    });
  return {
    functions: new Map(
      functionTable.map(({ name }) => [name, Function.fromFunctionName(stack, pascal(name), `kamai-${name}`)]),
    ),
    queues: [...consumers()].map(([name, consumer]) => ({
      name,
      queue: queue(queueName(name, consumer.trigger.ordered)),
      deadLetters: queue(deadLettersName(name, consumer.trigger.ordered)),
      consumer: consumer.name,
    })),
    streamFailures: queue(STREAM_FAILURES),
    alarms: Topic.fromTopicArn(stack, "AlarmsTopic", stack.formatArn({ service: "sns", resource: ALARMS })),
  };
}
