import { Aws } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

import type { QueuePair } from "./queues.ts";
import type { Settings } from "./settings.ts";

export interface Topics {
  /** Facts from the stream, on their way to the queues. */
  readonly facts: Topic;
  readonly alarms: Topic;
}

/** Message attribute that says which queue a fact is for, in the table's spelling. */
export const QUEUE_ATTRIBUTE = "queue";

/** Whom alarms tell. */
export const ALARMS = "kamai-alarms";

export function topics(
  scope: Construct,
  settings: Settings,
  key: IKey,
  queues: ReadonlyMap<string, QueuePair>,
): Topics {
  const facts = new Topic(scope, "Facts", { topicName: "kamai-facts", masterKey: key, enforceSSL: true });
  for (const { name, queue, ordered } of queues.values()) {
    // SNS gives an ordered queue what an ordered topic got, and nothing of ours is sent to one this way.
    if (ordered) continue;
    facts.addSubscription(
      new SqsSubscription(queue, {
        // The body arrives as it was published, so a consumer need not know who sent it.
        rawMessageDelivery: true,
        filterPolicy: { [QUEUE_ATTRIBUTE]: SubscriptionFilter.stringFilter({ allowlist: [name] }) },
      }),
    );
  }

  const alarms = new Topic(scope, "Alarms", { topicName: ALARMS, masterKey: key, enforceSSL: true });
  // A topic that has a policy has no other: this stands in for the default one, which let every
  // service of the account publish.
  alarms.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [alarms.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  if (settings.alarmEmail !== undefined) {
    alarms.addSubscription(new EmailSubscription(settings.alarmEmail));
  }
  return { facts, alarms };
}
