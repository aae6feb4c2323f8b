import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
  StorageClass,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

import { acknowledge } from "./acknowledge.ts";
import type { Settings } from "./settings.ts";

/** Where files lie that people send each other: `chat/{user}/{file}`. */
export const CHAT_FILES = "chat/";

/**
 * For how long they are kept: a day longer than a room keeps its messages (`room_keeps_s` of the
 * rules), since a file may be a day old when it is attached to one.
 */
const CHAT_FILES_KEPT = Duration.days(366);

/**
 * Receipts, statements, exports and what people send each other, under a prefix per user.
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
      // What has gone is gone: where two rules meet, S3 keeps to the shorter.
      { prefix: CHAT_FILES, expiration: CHAT_FILES_KEPT, noncurrentVersionExpiration: Duration.days(1) },
      { transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }] },
    ],
    // Browsers put and fetch with signed addresses. `content-length` is theirs to set.
    ...(settings.corsOrigins.length > 0 && {
      cors: [
        {
          allowedOrigins: [...settings.corsOrigins],
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
          allowedHeaders: ["content-type", "if-none-match", "x-amz-meta-name"],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
    }),
    removalPolicy,
  });
}

/** The address that keys are appended to, for clients and functions alike. */
export function filesUrl(bucket: Bucket, settings: Settings): string {
  return settings.local
    ? `${settings.endpoint}/${bucket.bucketName}`
    : `https://${bucket.bucketRegionalDomainName}`;
}
