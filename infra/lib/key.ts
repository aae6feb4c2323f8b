import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

import type { Settings } from "./settings.ts";

/** The customer key that everything at rest is encrypted with. Losing it loses the data. */
export function customerKey(scope: Construct, settings: Settings): Key {
  const key = new Key(scope, "Key", {
    alias: "kamai",
    description: "Kamai: tables, secrets, files and topics",
    enableKeyRotation: true,
    removalPolicy: settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  // An alarm publishes to an encrypted topic on its own behalf, not on that of a role of ours.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  return key;
}
