import { afterEach, expect, test } from "vitest";
import { Kamai } from "../src/kamai.ts";
import { at_once, FakeSocket, opened, server, sockets } from "./doubles.ts";
import { posted, room } from "./events.ts";

afterEach(() => void (sockets.length = 0));

/** Asha's app: she is in one room, with Ravi. */
function app() {
  let tickets = 0;
  const rooms = [room(2, { unread: 1 })];
  const { asked, fetch } = server({
    "POST /v1/realtime/tickets": () => [200, { ticket: `t${(tickets += 1)}` }],
    "GET /v1/wallet": () => [200, { version: 7, balance_amount: 9, held_amount: 0, available_amount: 9 }],
    "GET /v1/notifications/unread": () => [200, { unread: 0, seq: 7, read_through_seq: 7 }],
    "GET /v1/rooms": () => [200, { items: rooms }],
    "GET /v1/rooms/room_1": () => [200, room(2, { unread: 1 })],
    "GET /v1/rooms/room_1/messages": () => [200, { items: [] }],
    "POST /v1/rooms": () => [201, room(0, { id: "room_2", channel: "room:room_2" })],
  });
  const options = { apiUrl: "http://kamai.test", token: () => "t", userId: "usr_asha", fetch, backoff: at_once };
  return { kamai: new Kamai({ ...options, liveUrl: "wss://kamai.test/live", socket: FakeSocket }), asked, rooms };
}

/** Answers each subscription. */
function accept(socket: FakeSocket, channels: string[]): unknown[] {
  const frames: unknown[] = [];
  for (const channel of channels) {
    frames.push(...socket.sent());
    socket.says({ type: "subscribed", channel, seq: 7, recovered: true });
  }
  return frames;
}

test("the feed, a room and a presence come over one socket, and over one new one when the network is back", async () => {
  const { kamai } = app();
  await kamai.open();
  const chat = kamai.chat("room_1");
  expect([kamai.chat("room_1"), kamai.presence("usr_ravi")]).toEqual([chat, kamai.presence("usr_ravi")]);
  const leave = [chat.open(), kamai.presence("usr_ravi").open()];
  const socket = await opened();
  await expect.poll(() => chat.view.room?.id).toBe("room_1");
  const channels = ["user:usr_asha", "presence:usr_ravi", "room:room_1"];
  expect(accept(socket, channels).map((frame) => (frame as { channel: string }).channel)).toEqual(channels);
  socket.says({ type: "presence", channel: "presence:usr_ravi", data: { presence: "online", last_seen_at: null } });
  expect([kamai.presence("usr_ravi").view.presence, chat.view.connection, kamai.view.connection]).toEqual(["online", "live", "live"]);

  kamai.online();
  expect(socket.isClosed, "it may be dead without knowing").toBe(true);
  const next = await opened();
  expect([sockets.length, next.url]).toEqual([2, "wss://kamai.test/live?ticket=t2"]);
  for (const end of leave) end();
  await kamai.close();
  expect(next.isClosed).toBe(true);
});

test("rooms are read anew when the user is brought into one, and show what is unread in those that are looked at", async () => {
  const { kamai, rooms, asked } = app();
  await kamai.open();
  kamai.rooms.open();
  await expect.poll(() => kamai.rooms.view.rooms?.map(({ id, unread }) => `${id} ${unread}`)).toEqual(["room_1 1"]);
  const socket = await opened();
  accept(socket, ["user:usr_asha"]);
  rooms.push(room(0, { id: "room_3", channel: "room:room_3" }));
  socket.says({ type: "room", channel: "user:usr_asha", data: { room_id: "room_3", channel: "room:room_3" } });
  await expect.poll(() => kamai.rooms.view.rooms?.map(({ id }) => id)).toEqual(["room_1", "room_3"]);

  kamai.chat("room_1").open();
  await expect.poll(() => socket.sent()).toEqual([{ action: "subscribe", channel: "room:room_1", after_seq: 2 }]);
  socket.says(posted(3), { type: "subscribed", channel: "room:room_1", seq: 3, recovered: true });
  expect(kamai.rooms.view.rooms?.[0]?.unread).toBe(2);

  expect((await kamai.rooms.with("+919812345678")).id).toBe("room_2");
  expect(kamai.rooms.view.rooms?.map(({ id }) => id)).toEqual(["room_2", "room_1", "room_3"]);
  const { body, key } = asked.find(({ to }) => to === "POST /v1/rooms") ?? {};
  expect([body, typeof key]).toEqual([{ with: "+919812345678" }, "string"]);
  await kamai.close();
});
