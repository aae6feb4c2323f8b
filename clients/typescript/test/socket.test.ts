import { afterEach, expect, test, vi } from "vitest";
import { Feed } from "../src/feed.ts";
import { Problem } from "../src/problem.ts";
import type { SocketOptions } from "../src/transports/link.ts";
import { SocketTransport } from "../src/transports/socket.ts";
import type { Sink } from "../src/transports/transport.ts";
import type { ChannelFrame } from "../src/types.ts";
import { FakeSocket, opened, server, sockets } from "./doubles.ts";
import { event, posted } from "./events.ts";

afterEach(() => {
  sockets.length = 0;
  vi.useRealTimers();
});

function transport(options: Partial<SocketOptions> = {}) {
  const { asked, api } = server({ "POST /v1/realtime/tickets": () => [200, { ticket: "a/b" }] });
  return { asked, transport: new SocketTransport(api, { liveUrl: "wss://kamai.test/live", socket: FakeSocket, ...options }) };
}

/** Reads a channel, and says what came of it. */
function reader(by: SocketTransport, channel: string, seq = 0) {
  const [feed, shown, frames, leaving] = [new Feed(seq), [] as number[], [] as ChannelFrame[], new AbortController()];
  const state = { lives: 0 };
  const sink: Sink = {
    after: () => feed.seq,
    live: () => void (state.lives += 1),
    event: (event) => {
      const taken = feed.take(event);
      if (taken === "new") shown.push(event.seq);
      return taken !== "gap";
    },
    reached: (seq) => feed.reached(seq),
    frame: (frame) => void frames.push(frame),
  };
  const ended = by.read(channel, sink, leaving.signal).then(() => "ended", (why: unknown) => why);
  return { shown, frames, feed, state, ended, leave: () => leaving.abort() };
}

const [own, room] = ["user:usr_asha", "room:room_1"];
const subscribe = (channel: string, after_seq: number) => ({ action: "subscribe", channel, after_seq });
const subscribed = (channel: string, seq: number, recovered = true) => ({ type: "subscribed", channel, seq, recovered });

test("several channels come over one socket, with one ticket, each from its place", async () => {
  const { asked, transport: by } = transport();
  const [money, chat] = [reader(by, own, 4), reader(by, room, 9)];
  const socket = await opened();
  expect([asked.length, sockets.length, socket.url]).toEqual([1, 1, "wss://kamai.test/live?ticket=a%2Fb"]);
  expect(socket.sent(), "one after the other: a refusal does not say what it refuses").toEqual([subscribe(own, 4)]);
  socket.says(event(5), subscribed(own, 5));
  expect(socket.sent()).toEqual([subscribe(room, 9)]);
  socket.says(subscribed(room, 9), posted(10), event(6));
  const typing = { type: "typing", channel: room, data: { user_id: "usr_ravi" } };
  socket.says(typing, { type: "typing", channel: "room:room_2", data: { user_id: "usr_ravi" } }, { message: "Internal server error" });
  expect([money.shown, money.state.lives, chat.shown, chat.state.lives]).toEqual([[5, 6], 1, [10], 1]);
  expect([money.frames, chat.frames]).toEqual([[], [typing]]);

  chat.leave();
  expect(await chat.ended).toBe("ended");
  expect([socket.sent(), socket.isClosed]).toEqual([[{ action: "unsubscribe", channel: room }], false]);
  money.leave();
  expect([await money.ended, socket.isClosed]).toEqual(["ended", true]);
});

test("a channel that is left and looked at again is not taken off by an answer that is late", async () => {
  const { transport: by } = transport();
  const [money, before] = [reader(by, own), reader(by, room)];
  const socket = await opened();
  socket.says(subscribed(own, 0), subscribed(room, 0));
  socket.sent();
  before.leave();
  const after = reader(by, room, 3);
  expect(socket.sent(), "not before it is off").toEqual([{ action: "unsubscribe", channel: room }]);
  socket.says({ type: "unsubscribed", channel: room });
  expect(socket.sent()).toEqual([subscribe(room, 3)]);
  socket.says(subscribed(room, 3), posted(4));
  expect([before.shown, after.shown, after.state.lives]).toEqual([[], [4], 1]);
  money.leave();
  after.leave();
});

test("who is refused a channel leaves the others alone, and who is logged out ends them all", async () => {
  const { transport: by } = transport();
  const [money, chat] = [reader(by, own), reader(by, room)];
  const socket = await opened();
  socket.says(subscribed(own, 0));
  socket.says({ type: "error", code: "not_found", detail: "What was typed in is no room." });
  socket.says({ type: "error", code: "forbidden", detail: "No.", client_id: "c1" });
  socket.says({ type: "error", code: "forbidden", detail: "Not yours." });
  expect(await chat.ended).toMatchObject({ status: 403, code: "forbidden" });
  socket.says(event(1));
  expect([money.shown, socket.isClosed]).toEqual([[1], false]);
  socket.says({ type: "error", code: "unauthorized", detail: "Log in." });
  expect(await money.ended).toBeInstanceOf(Problem);
  expect(socket.isClosed).toBe(true);
});

test("what is missing is asked for once, however much comes meanwhile", async () => {
  const { transport: by } = transport();
  const money = reader(by, own);
  const socket = await opened();
  socket.says(subscribed(own, 0));
  socket.sent();
  socket.says(event(2), event(3), event(4));
  expect(socket.sent()).toEqual([subscribe(own, 0)]);
  socket.says(event(1), event(2), event(3), event(5), subscribed(own, 3));
  expect(socket.sent(), "5 came while 4 was not there").toEqual([subscribe(own, 3)]);
  socket.says(event(4), event(5), subscribed(own, 5));
  expect([money.shown, socket.sent(), money.state.lives]).toEqual([[1, 2, 3, 4, 5], [], 2]);
  money.leave();
});

test("one that was lost in the middle of what is caught up on is not passed over", async () => {
  const { transport: by } = transport();
  const money = reader(by, own);
  const socket = await opened();
  socket.sent();
  socket.says(event(1), event(3), subscribed(own, 3));
  expect([money.feed.seq, money.state.lives, socket.sent()]).toEqual([1, 0, [subscribe(own, 1)]]);
  socket.says(event(2), event(3), subscribed(own, 300, false));
  expect(socket.sent(), "a narrow channel shows nothing of the rest").toEqual([subscribe(own, 300)]);
  money.leave();
});

test("a socket that ends, or cannot be opened, ends all that is read over it", async () => {
  const { asked, transport: by } = transport();
  const first = [reader(by, own), reader(by, room)];
  await expect.poll(() => sockets[0]?.onopen).toBeTruthy();
  sockets[0]?.onclose?.({} as never);
  for (const { ended } of first) expect(await ended).toBeInstanceOf(Error);
  const second = [reader(by, own), reader(by, room)];
  const socket = await opened();
  expect([sockets.length, asked.length], "the next has a ticket of its own").toEqual([2, 2]);
  socket.onclose?.({} as never);
  for (const { ended } of second) expect(await ended).toBe("ended");
});

test("a subscription that is not answered ends its reader, and the next is asked", async () => {
  const { transport: by } = transport({ answerMs: 5 });
  const [money, chat] = [reader(by, own), reader(by, room)];
  const socket = await opened();
  expect(await money.ended).toBeInstanceOf(Error);
  await expect.poll(() => socket.sent()).toContainEqual(subscribe(room, 0));
  chat.leave();
});

test("it says that the user is there or away, at once and each ten seconds, and ends where nobody answers", async () => {
  let presence: "online" | "away" = "away";
  const { transport: by } = transport({ presence: () => presence });
  expect(by.send({ action: "typing" }), "there is no socket yet").toBe(false);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const money = reader(by, own);
  const socket = await opened();
  expect(socket.pings()).toEqual([{ action: "ping", presence: "away" }]);
  presence = "online";
  by.ping();
  expect(socket.pings().at(-1)).toEqual({ action: "ping", presence: "online" });
  socket.says(subscribed(own, 0));
  vi.advanceTimersByTime(10_000);
  socket.says({ type: "pong" });
  vi.advanceTimersByTime(10_000);
  expect([socket.pings().length, socket.isClosed]).toEqual([4, false]);
  vi.advanceTimersByTime(10_000);
  expect(await money.ended).toBeInstanceOf(Error);
  expect(socket.isClosed).toBe(true);
});
