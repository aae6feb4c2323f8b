import { expect, expectTypeOf, test } from "vitest";
import { type AnyEvent, Connection, type EventOn, type FeedEvent, type Message, type RoomEvent } from "../src/index.ts";

test("an event's name says what its data is, and a channel's name which events it shows", () => {
  type Of<Name> = Extract<AnyEvent, { event: Name }>["data"];
  expectTypeOf<Of<"message.edited">>().toEqualTypeOf<Message>();
  expectTypeOf<Of<"market.price">["price_amount"]>().toEqualTypeOf<number>();
  expectTypeOf<Extract<FeedEvent, { event: "transfer.sent" }>["data"]["transaction_id"]>().toEqualTypeOf<string>();
  expectTypeOf<Extract<FeedEvent, { event: "account.opened" }>["data"]["transaction_id"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<EventOn<`room:${string}`>>().toEqualTypeOf<RoomEvent>();
  expectTypeOf<EventOn<string>>().toEqualTypeOf<AnyEvent>();

  expectTypeOf<EventOn<"system">["event"]>().toEqualTypeOf<"system.status" | "announcement">();
  expectTypeOf<EventOn<"org:usr_asha">["event"]>().toEqualTypeOf<"announcement">();

  const titles: string[] = [];
  const connection = new Connection({ channel: "weather:pune", transports: [], seq: 4, onEvent: ({ data }) => titles.push(data.title) });
  expect([connection.seq, titles]).toEqual([4, []]);
});
