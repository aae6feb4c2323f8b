import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * Accepts findings of cdk-nag on one construct, each with the reason why it is right here.
 *
 * Writes what `Validations.acknowledge` would write: this version of the library refuses an id
 * with `::` in it, and cdk-nag's ids of single findings (`IAM5[Resource::…]`) have one or more.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) {
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [`annotation::${id}`]: reason });
  }
}
