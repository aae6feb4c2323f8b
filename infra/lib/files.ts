import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, StorageClass } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import type { Settings } from "./settings.ts";

/**
 * Receipts, statements and exports, under a prefix per user.
 *
 * Names of buckets are shared by all of AWS, hence the account in them.
 */
export function files(scope: Construct, settings: Settings, key: IKey): Bucket {
  const removalPolicy = settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

  const accessLogs = new Bucket(scope, "FilesAccessLogs", {
    bucketName: `kamai-files-access-logs-${Aws.ACCOUNT_ID}`,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // Log delivery cannot write to a bucket that is encrypted with a customer key.
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(365) }],
    removalPolicy,
  });
  acknowledge(accessLogs, {
    "AwsSolutions-S1": "This is the bucket that the access logs are delivered to.",
  });

  return new Bucket(scope, "Files", {
    bucketName: `kamai-files-${Aws.ACCOUNT_ID}`,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    serverAccessLogsBucket: accessLogs,
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      { noncurrentVersionExpiration: Duration.days(90) },
      { transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }] },
    ],
    removalPolicy,
  });
}
