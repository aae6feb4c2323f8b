import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import type { Settings } from "./settings.ts";

export interface Tables {
  /** All that must last. */
  readonly main: Table;
  /** Connections, tickets, challenges, rates: may be lost without losing money. */
  readonly live: Table;
}

/** Work that is not finished, by kind and due time; keys only, so that finishing is one write. */
export const OPEN_INDEX = "open";

export function tables(scope: Construct, settings: Settings, key: IKey): Tables {
  const shared = {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    timeToLiveAttribute: "expires_at_s",
  };

  const main = new Table(scope, "Table", {
    ...shared,
    tableName: "kamai",
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: !settings.local,
    removalPolicy: settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  main.addGlobalSecondaryIndex({
    indexName: OPEN_INDEX,
    partitionKey: { name: "open_pk", type: AttributeType.STRING },
    sortKey: { name: "open_sk", type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });

  const live = new Table(scope, "LiveTable", {
    ...shared,
    tableName: "kamai-live",
    removalPolicy: settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  acknowledge(live, {
    "AwsSolutions-DDB3":
      "Holds connections, tickets and rate counters that expire within hours; restoring them would be wrong.",
  });

  return { main, live };
}
