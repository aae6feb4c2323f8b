import { afterEach, expect, test, vi } from "vitest";
import { Chat } from "../src/chat/chat.ts";
import { Outbox } from "../src/outbox.ts";
import type { Message } from "../src/types.ts";
import { at_once, Disk, server, Wire } from "./doubles.ts";
import { message, posted, room, told } from "./events.ts";

const outboxes: Outbox[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(outboxes.splice(0).map((outbox) => outbox.close()));
});

const [ROOM, MESSAGES, READ] = ["/v1/rooms/room_1", "/v1/rooms/room_1/messages", "/v1/rooms/room_1/read"];
type Answers = Parameters<typeof server>[0];

/** Asha looks at the room of Asha and Ravi, in which these stand. */
function look({ seq = 2, unread = 0, history = [message(2), message(1)], ...more }: { seq?: number; unread?: number; history?: Message[]; answers?: Answers; socket?: boolean; disk?: Disk } = {}) {
  const sent: object[] = [];
  const { asked, api } = server({
    [`GET ${ROOM}`]: () => [200, room(seq, { unread })],
    [`GET ${MESSAGES}`]: () => [200, { items: history }],
    ...more.answers,
  });
  const [wire, outbox] = [new Wire(), new Outbox({ api, keepsRefused: true, backoff: at_once, ...(more.disk && { storage: more.disk }) })];
  outboxes.push(outbox);
  const send = (frame: object) => (more.socket ?? true) && sent.push(frame) > 0;
  const chat = new Chat({ api, outbox, roomId: "room_1", userId: "usr_asha", transports: [wire], send, backoff: at_once });
  return { chat, wire, sent, asked, outbox, leave: chat.open() };
}

const texts = (chat: Chat) => chat.view.messages.map(({ text }) => text);
const on = (wire: Wire) => wire.on("room:room_1");

test("a room is read from where it stands, and what happens in it is shown in its place", async () => {
  const { chat, wire } = look();
  const { sink } = await on(wire);
  expect(sink.after()).toBe(2);
  sink.live();
  sink.event(posted(3));
  sink.event(told("message.edited", 4, message(1, { text: "better", edited_at: "2026-11-21T06:01:00Z" })));
  sink.event(told("message.deleted", 5, message(2, { text: "", deleted_at: "2026-11-21T06:02:00Z" })));
  expect(texts(chat)).toEqual(["better", "", "line 3"]);
  sink.event(told("message.updated", 6, message(3, { transfer: { id: "trf_1", amount: 5, status: "posted" } })));
  expect(chat.view.messages[2]?.transfer?.status).toBe("posted");
  expect([chat.view.connection, chat.view.transport, chat.view.hasOlder]).toEqual(["live", "socket", false]);
  await chat.close();
});

test("what was written before is read by pages, and put before the rest", async () => {
  const pages: Message[][] = [[message(4), message(3)], [message(2, { text: "older" })]];
  const { chat, wire, asked } = look({
    seq: 4,
    answers: { [`GET ${MESSAGES}`]: () => [200, { items: pages.shift(), ...(pages.length > 0 && { next_cursor: "c1" }) }] },
  });
  await on(wire);
  expect([texts(chat), chat.view.hasOlder]).toEqual([["line 3", "line 4"], true]);
  await Promise.all([chat.older(), chat.older()]);
  await chat.older();
  expect([texts(chat), chat.view.hasOlder]).toEqual([["older", "line 3", "line 4"], false]);
  expect(asked.filter(({ to }) => to.includes("/messages")).map(({ to }) => to.split("?")[1])).toEqual(["limit=50", "limit=50&cursor=c1"]);
  await chat.close();
});

test("a message is pending at once, sent until it is answered, and there once", async () => {
  const answers = [new TypeError("no network"), [503, {}] as [number, object]];
  let name = "";
  const { chat, wire, asked } = look({
    answers: {
      [`POST ${MESSAGES}`]: (body) => {
        ({ client_id: name } = body as { client_id: string });
        return answers.shift() ?? [201, message(3, { user_id: "usr_asha", client_id: name, text: "On my way" })];
      },
    },
  });
  await on(wire);
  const clientId = chat.send("On my way", { transferId: "trf_1" });
  expect(chat.view.pending).toEqual([{ clientId, text: "On my way", transferId: "trf_1", refusal: undefined }]);
  await expect.poll(() => chat.view.pending).toEqual([]);
  expect(texts(chat)).toEqual(["line 1", "line 2", "On my way"]);
  const posts = asked.filter(({ to }) => to.startsWith("POST"));
  expect(posts.map(({ body }) => body)).toEqual(Array(3).fill({ client_id: clientId, text: "On my way", transfer_id: "trf_1" }));
  (await on(wire)).sink.event(posted(3, { user_id: "usr_asha", client_id: clientId, text: "On my way" }));
  expect(texts(chat)).toHaveLength(3);
  await chat.close();
});

test("a message whose answer was lost is there with its event, and another's of the same name is not it", async () => {
  const { chat, wire } = look({ answers: { [`POST ${MESSAGES}`]: () => new TypeError("no network") } });
  const { sink } = await on(wire);
  const clientId = chat.send("first");
  sink.event(posted(3, { user_id: "usr_ravi", client_id: clientId, text: "another's of the same name" }));
  expect(chat.view.pending).toHaveLength(1);
  const mine = { user_id: "usr_asha", client_id: clientId };
  sink.event(posted(4, { ...mine, text: "first" }));
  expect([chat.view.pending, texts(chat).at(-1)]).toEqual([[], "first"]);
  await chat.close();
});

test("an edit shows when it is answered, and what is older comes too late", async () => {
  const edited = message(2, { text: "better", edited_at: "2026-11-21T06:01:00Z" });
  const { chat, wire, asked } = look({
    answers: {
      [`POST ${MESSAGES}/msg_2/edit`]: () => [200, edited],
      [`POST ${MESSAGES}/msg_1/delete`]: () => [200, message(1, { text: "", deleted_at: "2026-11-21T06:02:00Z" })],
    },
  });
  const { sink } = await on(wire);
  await chat.edit("msg_2", "better");
  await chat.delete("msg_1");
  expect(texts(chat)).toEqual(["", "better"]);
  sink.event(told("message.updated", 3, message(2)));
  sink.event(told("message.edited", 4, message(1, { text: "before", edited_at: "2026-11-21T06:03:00Z" })));
  expect(texts(chat)).toEqual(["", "better"]);
  await expect(chat.edit("msg_9", "x")).rejects.toMatchObject({ code: "not_found" });
  expect(asked.at(-1)?.body).toEqual({ text: "x" });
  await chat.close();
});

test("what is refused stays, says why, and is sent again or given up; also by a page that comes later", async () => {
  const disk = new Disk();
  const refuse: Answers = { [`POST ${MESSAGES}`]: () => [422, { code: "unreachable", detail: "They cannot be written to.", retryable: false }] };
  const before = look({ answers: refuse, disk });
  before.chat.send("hello?");
  await expect.poll(() => before.chat.view.pending[0]?.refusal?.code).toBe("unreachable");
  await before.chat.close();
  await before.outbox.close();

  let isFree = false;
  const after = look({ disk, answers: { [`POST ${MESSAGES}`]: (body) => (isFree ? [201, message(3, { ...(body as object), user_id: "usr_asha" })] : [422, { code: "unreachable" }]) } });
  after.outbox.flush();
  await expect.poll(() => after.chat.view.pending.map(({ text }) => text)).toEqual(["hello?"]);
  isFree = true;
  after.chat.retry(after.chat.view.pending[0]?.clientId ?? "");
  await expect.poll(() => texts(after.chat)).toContain("hello?");
  expect(after.chat.view.pending).toEqual([]);
  isFree = false;
  const clientId = after.chat.send("again");
  await expect.poll(() => after.chat.view.pending[0]?.refusal?.code).toBe("unreachable");
  after.chat.discard(clientId);
  expect(after.chat.view.pending).toEqual([]);
  await after.chat.close();
});

test("over a socket it says how far it has got, as one, and again where that was lost", async () => {
  const { chat, wire, sent } = look();
  const { sink, cut } = await on(wire);
  sink.live();
  for (const seq of [3, 4, 5]) sink.event(posted(seq));
  chat.read(4);
  chat.read(9_999);
  const ack = { action: "ack", channel: "room:room_1", delivered_through_seq: 5, read_through_seq: 5 };
  await expect.poll(() => sent).toEqual([ack]);
  cut();
  const again = await on(wire);
  again.sink.live();
  await expect.poll(() => sent).toEqual([ack, ack]);
  again.sink.frame({ type: "receipt", channel: "room:room_1", data: { user_id: "usr_asha", delivered_through_seq: 5, read_through_seq: 5 } });
  again.cut();
  (await on(wire)).sink.live();
  (await on(wire)).sink.event(posted(6));
  await expect.poll(() => sent.at(-1)).toEqual({ ...ack, delivered_through_seq: 6 });
  expect(sent, "what has arrived is not said again").toHaveLength(3);
  await chat.close();
});

test("without a socket it says so by a request, until it is heard", async () => {
  const answers = [new TypeError("no network"), [503, {}] as [number, object]];
  const { chat, wire, asked } = look({
    socket: false,
    unread: 2,
    answers: { [`POST ${READ}`]: (body) => answers.shift() ?? [200, { user_id: "usr_asha", ...(body as object), unread: 0, seq: 2 }] },
  });
  (await on(wire)).sink.live();
  expect(chat.view.unread).toBe(2);
  chat.read();
  expect(chat.view.unread, "at once").toBe(0);
  await expect.poll(() => chat.view.room?.members[0]).toMatchObject({ user_id: "usr_asha", delivered_through_seq: 2, read_through_seq: 2 });
  expect(asked.filter(({ to }) => to === `POST ${READ}`)).toHaveLength(3);
  await chat.close();
});

test("unread counts what others do, and follows what is read on another device", async () => {
  const { chat, wire } = look({ unread: 1 });
  const { sink } = await on(wire);
  sink.live();
  sink.event(posted(3));
  sink.event(posted(4, { user_id: "usr_asha" }));
  sink.event(posted(5));
  expect(chat.view.unread).toBe(3);
  const receipt = (user_id: string, read_through_seq: number) =>
    sink.frame({ type: "receipt", channel: "room:room_1", data: { user_id, delivered_through_seq: read_through_seq, read_through_seq } });
  receipt("usr_ravi", 5);
  expect(chat.view.unread, "Ravi's reading is Ravi's").toBe(3);
  receipt("usr_asha", 4);
  expect(chat.view.unread).toBe(1);
  receipt("usr_ravi", 2);
  expect(chat.view.room?.members.map(({ read_through_seq }) => read_through_seq), "nobody goes back").toEqual([4, 5]);
  await chat.close();
});

test("typing is said once in three seconds, and shown for five or until the message comes", async () => {
  vi.useFakeTimers();
  const { chat, wire, sent } = look();
  while (!wire.isRead("room:room_1")) await vi.advanceTimersByTimeAsync(1);
  const { sink } = await on(wire);
  const said = () => sent.filter((frame) => "action" in frame && frame.action === "typing").length;
  for (let key = 0; key < 20; key += 1) chat.typing();
  expect(said()).toBe(1);
  vi.advanceTimersByTime(3_000);
  chat.typing();
  expect(said()).toBe(2);

  const types = (user_id: string) => sink.frame({ type: "typing", channel: "room:room_1", data: { user_id } });
  types("usr_ravi");
  types("usr_mina");
  vi.advanceTimersByTime(4_000);
  types("usr_mina");
  expect(chat.view.typing).toEqual(["usr_ravi", "usr_mina"]);
  vi.advanceTimersByTime(1_000);
  expect(chat.view.typing).toEqual(["usr_mina"]);
  sink.event(posted(3, { user_id: "usr_mina" }));
  expect(chat.view.typing).toEqual([]);
  await chat.close();
});

test("a room that is none of theirs is denied, and one that cannot be reached is tried again", async () => {
  const denied = look({ answers: { [`GET ${ROOM}`]: () => [404, { code: "not_found", retryable: false }] } });
  await expect.poll(() => denied.chat.view.connection).toBe("denied");
  const failures = [new TypeError("no network"), new TypeError("no network")];
  const { chat, wire } = look({ answers: { [`GET ${ROOM}`]: () => failures.shift() ?? [200, room(2)] } });
  await on(wire);
  expect(failures).toEqual([]);
  await chat.close();
});

test("who looks again goes on where they were, and the last who looks away ends it", async () => {
  const { chat, wire, leave, asked } = look();
  const { sink } = await on(wire);
  sink.event(posted(3));
  const other = chat.open();
  leave();
  leave();
  expect([chat.view.connection, wire.isRead("room:room_1")]).toEqual(["connecting", true]);
  other();
  expect([chat.view.connection, wire.isRead("room:room_1")]).toEqual(["closed", false]);
  chat.open();
  expect((await on(wire)).sink.after()).toBe(3);
  expect(asked.filter(({ to }) => to.includes("/messages"))).toHaveLength(1);
  await chat.close();
});
