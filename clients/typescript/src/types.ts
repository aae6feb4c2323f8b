/** The API's types, under the names that this library uses. Generated from the server's. */
import type { components } from "./generated.ts";

type Schemas = components["schemas"];

/** One event of a feed, on whichever way it came. Amounts are paise. */
export type FeedEvent = Schemas["EventBody"];
export type Wallet = Schemas["WalletBody"];
export type Unread = Schemas["UnreadBody"];
export type Transfer = Schemas["TransferBody"];
export type TransferRequest = Schemas["OpenTransfer"];
export type EventsPage = Schemas["EventsBody"];
export type Mark = Schemas["MarkRequest"];

/** What a socket sends. */
export type Frame =
  | FeedEvent
  | { type: "subscribed"; channel: string; seq: number; recovered: boolean }
  | { type: "unsubscribed"; channel: string }
  | { type: "read"; channel: string; data: Unread }
  | { type: "pong" }
  | { type: "error"; code: string; detail: string };
