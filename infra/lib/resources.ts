import type { HttpApi, WebSocketApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Queue } from "aws-cdk-lib/aws-sqs";

import type { QueuePair } from "./queues.ts";
import type { Tables } from "./tables.ts";
import type { Topics } from "./topics.ts";

/** What functions may be given. */
export interface Resources {
  readonly key: IKey;
  readonly tables: Tables;
  readonly queues: ReadonlyMap<string, QueuePair>;
  readonly streamFailures: Queue;
  readonly topics: Topics;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly files: Bucket;
  readonly httpApi: HttpApi;
  readonly socketApi: WebSocketApi;
}

/** Looks up what the table of functions names. */
export function named<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`the table of functions names ${name}, which does not exist`);
  return thing;
}
