/**
 * The table of functions, as `functions/table.rs` writes it to `functions.json`.
 *
 * Everything in this folder is derived from it by loops; a function that is added to the table
 * needs no change here.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly caller: string;
  readonly money: boolean;
  readonly summary: string;
}

export interface HttpTrigger {
  readonly type: "http";
  readonly routes: readonly Route[];
}
export interface QueueTrigger {
  readonly type: "queue";
  readonly queue: string;
  readonly batch_size: number;
  readonly max_receives: number;
  /** Messages of one group come one after the other: SQS calls that FIFO. */
  readonly ordered: boolean;
}
export interface ScheduleTrigger {
  readonly type: "schedule";
  readonly every_minutes: number;
}
export interface Rows {
  readonly prefix: string;
  readonly inserts_only: boolean;
}
export interface StreamTrigger {
  readonly type: "stream";
  readonly batch_size: number;
  readonly rows: readonly Rows[];
}
export interface SocketTrigger {
  readonly type: "socket";
  readonly route: string;
}
export type Trigger = HttpTrigger | QueueTrigger | ScheduleTrigger | StreamTrigger | SocketTrigger;

export type Need =
  | "read"
  | "write"
  | "live"
  | "publish_facts"
  | "connections"
  | "dead_letters"
  | "files"
  | { readonly send: string }
  | { readonly secret: string };

export interface FunctionEntry {
  readonly name: string;
  readonly trigger: Trigger;
  readonly timeout_s: number;
  readonly memory_mb: number;
  readonly needs: readonly Need[];
}

/** An entry whose trigger is known to be of one kind. */
export type Triggered<T extends Trigger> = FunctionEntry & { readonly trigger: T };

const path = fileURLToPath(new URL("../functions.json", import.meta.url));

export const functionTable: readonly FunctionEntry[] = JSON.parse(readFileSync(path, "utf8"));

export function triggeredBy<K extends Trigger["type"]>(
  type: K,
): Triggered<Extract<Trigger, { type: K }>>[] {
  return functionTable.filter(
    (entry): entry is Triggered<Extract<Trigger, { type: K }>> => entry.trigger.type === type,
  );
}

/** Names of the queues a function sends to. */
export function sendsTo(entry: FunctionEntry): string[] {
  return entry.needs.flatMap((need) => (typeof need === "object" && "send" in need ? [need.send] : []));
}

/** Names of the secrets a function reads. */
export function readsSecrets(entry: FunctionEntry): string[] {
  return entry.needs.flatMap((need) =>
    typeof need === "object" && "secret" in need ? [need.secret] : [],
  );
}

export function has(entry: FunctionEntry, need: Extract<Need, string>): boolean {
  return entry.needs.includes(need);
}

/** Every queue that a function consumes, with its consumer. The order is the table's. */
export function consumers(): Map<string, Triggered<QueueTrigger>> {
  const byQueue = new Map<string, Triggered<QueueTrigger>>();
  for (const entry of triggeredBy("queue")) {
    if (byQueue.has(entry.trigger.queue)) {
      throw new Error(`two functions consume the queue ${entry.trigger.queue}`);
    }
    byQueue.set(entry.trigger.queue, entry);
  }
  return byQueue;
}

/** Every secret that some function reads, sorted. */
export function secretNames(): string[] {
  return [...new Set(functionTable.flatMap(readsSecrets))].sort();
}
