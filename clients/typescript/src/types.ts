/** The API's types, under the names that this library uses. Generated from the server's. */
import type { components } from "./generated.ts";

type Schemas = components["schemas"];

/** One type for each name of an event, so that `event` says what `data` is. A name without data does not compile. */
type ByName<Body extends { event: string }, Data extends Record<Body["event"], unknown>> = {
  [Name in Body["event"]]: Omit<Body, "event" | "data"> & { event: Name; data: Data[Name] };
}[Body["event"]];

type Has<T, Keys extends keyof T> = T & { [Key in Keys]-?: NonNullable<T[Key]> };

type FeedData = Schemas["EventData"];
type FeedName = Schemas["EventBody"]["event"];
type FeedDataOf<Name> = Name extends `${"payment" | "refund" | "transfer" | "payout" | "batch"}.${string}`
  ? Has<FeedData, "transaction_id" | "amount" | "status" | "direction" | "progress_percent">
  : Name extends "kyc.status"
    ? Has<FeedData, "status">
    : Name extends "card.activity"
      ? Has<FeedData, "amount" | "status" | "counterparty">
      : Name extends "organisation.invited"
        ? Has<FeedData, "counterparty">
        : Name extends "announcement"
        ? Has<FeedData, "title">
        : FeedData;

/** One event of a user's own feed, on whichever way it came. Amounts are paise. */
export type FeedEvent = ByName<Schemas["EventBody"], { [Name in FeedName]: FeedDataOf<Name> }>;

type Member = { user_id: string };
interface BoardData {
  "weather.alert": Schemas["WeatherAlert"];
  "market.price": Schemas["MarketPrice"];
  "crop_health.report": Schemas["CropReport"];
  "zone.demand": Schemas["ZoneDemand"];
  "system.status": Schemas["SystemStatus"];
  announcement: Schemas["Announcement"];
  "message.posted": Message;
  "message.edited": Message;
  "message.deleted": Message;
  "message.updated": Message;
  "member.joined": Member;
  "member.left": Member;
  "campaign.progress": Schemas["CampaignProgress"];
}

/** One event of a log that many read: a topic's, a room's or a campaign's. */
export type BoardEvent = ByName<Schemas["BulletinBody"], BoardData>;
export type RoomEvent = Extract<BoardEvent, { event: `${"message" | "member"}.${string}` }>;
export type AnyEvent = FeedEvent | BoardEvent;

type Published<Name extends BoardEvent["event"]> = Extract<BoardEvent, { event: Name | "announcement" }>;

/** What channels show, by what stands before the colon in their names. */
interface Shown {
  user: FeedEvent;
  balance: FeedEvent;
  transactions: FeedEvent;
  transfer: FeedEvent;
  room: RoomEvent;
  presence: never;
  weather: Published<"weather.alert">;
  market: Published<"market.price">;
  crop_health: Published<"crop_health.report">;
  zone: Published<"zone.demand">;
  org: Published<never>;
  campaign: Extract<BoardEvent, { event: "campaign.progress" }>;
  system: Published<"system.status">;
}

/** What a channel shows, by its name. */
export type EventOn<Channel extends string> = Channel extends "system"
  ? Shown["system"]
  : Channel extends `${infer Kind extends keyof Shown}:${string}`
    ? Shown[Kind]
    : AnyEvent;

export type Wallet = Schemas["WalletBody"];
export type Unread = Schemas["UnreadBody"];
export type Transfer = Schemas["TransferBody"];
export type TransferRequest = Schemas["OpenTransfer"];
export type EventsPage = Omit<Schemas["EventsBody"], "items"> & { items: AnyEvent[] };
export type Mark = Schemas["MarkRequest"];

/** `text` is plain text: it is shown as text, never as HTML. */
export type Message = Omit<Schemas["MessageBody"], "files"> & { files?: Schemas["FileBody"][] };
export type Room = Schemas["RoomBody"];
export type Places = Pick<Schemas["MemberBody"], "user_id" | "delivered_through_seq" | "read_through_seq">;
export type Seat = Schemas["SeatBody"];
export type GroupRequest = { name: string; members?: string[]; open?: boolean; ephemeral?: boolean };
export type Page<T> = { items: T[]; next_cursor?: string | null };

/** What a socket tells on a channel beside its events. It is in no feed, and not told again. */
export type ChannelFrame =
  | { type: "read"; channel: string; data: Unread }
  | { type: "room"; channel: string; data: { room_id: string; channel: string } }
  | { type: "receipt"; channel: string; data: Places }
  | { type: "typing"; channel: string; data: Member }
  | { type: "presence"; channel: string; data: { presence: "online" | "away" | "offline"; last_seen_at: string | null } };

/** What a socket sends. */
export type Frame =
  | AnyEvent
  | ChannelFrame
  | { type: "subscribed"; channel: string; seq: number; recovered: boolean }
  | { type: "unsubscribed"; channel: string }
  | { type: "pong" }
  | { type: "error"; code: string; detail: string; client_id?: string };
