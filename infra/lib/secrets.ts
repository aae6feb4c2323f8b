import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import { kebab, pascal } from "./names.ts";
import type { Settings } from "./settings.ts";
import { secretNames } from "./table.ts";

/**
 * One secret per name in the table.
 *
 * A new one holds a random value, so that nothing can be signed or verified with a value that
 * stands in a repository. The operator replaces it with the JSON described in the README
 * (`aws secretsmanager put-secret-value`); a later deployment leaves that alone.
 */
export function secrets(scope: Construct, settings: Settings, key: IKey): Map<string, Secret> {
  const byName = new Map<string, Secret>();
  for (const name of secretNames()) {
    const secret = new Secret(scope, `Secret${pascal(name)}`, {
      secretName: secretName(name),
      encryptionKey: key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      "AwsSolutions-SMG4":
        "Keys of providers are rotated at the provider, our own by an operator: each secret holds the " +
        "previous value or key beside the current one, so either is changed without a gap.",
    });
    byName.set(name, secret);
  }
  return byName;
}

/** The name functions ask for, without the random suffix that the ARN has. */
export function secretName(name: string): string {
  return `kamai/${kebab(name)}`;
}
