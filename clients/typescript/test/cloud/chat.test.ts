import { expect, test } from "vitest";
import { Api, type Chat, type Kamai, PollTransport, SocketTransport, StreamTransport, type Transport } from "../../src/index.ts";
import { Network } from "./network.ts";
import { app, paid, stack, user, type User } from "./stack.ts";

/** Of each of two; the API takes sixty of a user within a minute. */
const MESSAGES = 30;
const CUTS = 6;

/** Two people who have a room, and the app of each. */
async function pair(): Promise<{ asha: User; ravi: User; phone: Kamai; other: Kamai; roomId: string }> {
  const [asha, ravi] = await Promise.all([user(), user()]);
  const [phone, other] = [app(asha), app(ravi)];
  return { asha, ravi, phone, other, roomId: (await phone.rooms.with(ravi.phone)).id };
}

/** Looks at a room by one way alone, and is cut again and again. */
function watcher(of: User, roomId: string, make: (api: Api, network: Network) => Transport) {
  const network = new Network();
  const api = new Api({ apiUrl: stack.api_url, token: () => of.token, fetch: network.fetch });
  const kamai = app(of, { transports: [make(api, network)], fetch: network.fetch });
  const chat = kamai.chat(roomId);
  let shown = 0;
  chat.subscribe(() => {
    if (chat.view.messages.length === shown) return;
    shown = chat.view.messages.length;
    if (shown % ((2 * MESSAGES) / CUTS) === 0) network.cut();
  });
  chat.open();
  return { chat, kamai, network };
}

const texts = (chat: Chat) => chat.view.messages.map(({ text }) => text);

test(`${2 * MESSAGES} messages of two, cut ${CUTS} times on each way: all see the same, each once and in order`, async () => {
  const { asha, ravi, phone, other, roomId } = await pair();
  const watchers = [
    watcher(asha, roomId, (api, network) => new SocketTransport(api, { liveUrl: stack.ws_url, socket: network.socket })),
    watcher(asha, roomId, (api) => new StreamTransport(api, 2)),
    watcher(ravi, roomId, (api) => new PollTransport(api, 2)),
  ];
  for (const { chat } of watchers) await expect.poll(() => chat.view.connection).toBe("live");
  const writers = [phone, other].map((kamai) => kamai.chat(roomId));
  for (const [index, writer] of writers.entries()) {
    for (let line = 0; line < MESSAGES; line += 1) writer.send(`${index}: ${line}`);
  }
  expect(writers.map(({ view }) => view.pending.length)).toEqual([MESSAGES, MESSAGES]);
  for (const writer of writers) await expect.poll(() => writer.view.pending.length).toBe(0);

  const { items } = await phone.api.get<{ items: { text: string }[] }>(`/v1/rooms/${roomId}/messages`);
  const written = items.map(({ text }) => text).reverse();
  expect(written).toHaveLength(2 * MESSAGES);
  for (const index of [0, 1]) {
    expect(written.filter((text) => text.startsWith(`${index}:`))).toEqual(Array.from({ length: MESSAGES }, (_, line) => `${index}: ${line}`));
  }
  for (const { chat, kamai, network } of watchers) {
    await expect.poll(() => texts(chat)).toEqual(written);
    expect(network.cuts).toBeGreaterThanOrEqual(CUTS);
    await kamai.close();
  }
  await Promise.all([phone.close(), other.close()]);
});

test("what is written without a network is posted once when it is back, though an answer was lost", async () => {
  const { asha, other, roomId } = await pair();
  const network = new Network();
  let losesAnswers = true;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const response = await network.fetch(url, init);
    if (losesAnswers && init?.method === "POST" && String(url).endsWith("/messages")) throw new TypeError("the answer was lost");
    return response;
  };
  const train = app(asha, { fetch, socket: network.socket });
  const [mine, theirs] = [train.chat(roomId), other.chat(roomId)];
  mine.open();
  theirs.open();
  for (const chat of [mine, theirs]) await expect.poll(() => chat.view.connection).toBe("live");
  network.isDown = true;
  network.cut();
  mine.send("in the tunnel");
  mine.send("still there");
  expect(mine.view.pending.map(({ text }) => text)).toEqual(["in the tunnel", "still there"]);
  await expect.poll(() => mine.view.connection).toBe("waiting");
  network.isDown = false;
  train.online();
  // The answer is lost, and the event comes.
  await expect.poll(() => texts(mine)).toEqual(["in the tunnel"]);
  losesAnswers = false;
  for (const chat of [mine, theirs]) await expect.poll(() => texts(chat)).toEqual(["in the tunnel", "still there"]);
  expect(mine.view.pending).toEqual([]);
  await Promise.all([train.close(), other.close()]);
});

test("an edit, a deletion and what becomes of a transfer show in place, and the past is read by pages", async () => {
  const { phone, other, ravi, roomId } = await pair();
  const [mine, theirs] = [phone.chat(roomId), other.chat(roomId)];
  mine.open();
  theirs.open();
  for (let line = 1; line <= 55; line += 1) mine.send(`line ${line}`);
  await expect.poll(() => theirs.view.messages.length).toBe(55);
  const [first, second] = mine.view.messages;
  await mine.edit(first?.id ?? "", "<b>line one</b>");
  await mine.delete(second?.id ?? "");
  await expect.poll(() => texts(theirs).slice(0, 3)).toEqual(["<b>line one</b>", "", "line 3"]);
  expect(theirs.view.messages[1]?.deleted_at).toBeTruthy();
  await expect(theirs.edit(first?.id ?? "", "mine")).rejects.toMatchObject({ status: 403 });

  await phone.open();
  await paid(phone, 50_000);
  await expect.poll(() => phone.view.balance?.availableAmount).toBe(50_000);
  const held = await phone.transfer({ to: { type: "user", user_id: ravi.userId }, amount: 20_000, currency: "INR", hold_s: 600 });
  mine.send("Rent", { transferId: held.id });
  await expect.poll(() => theirs.view.messages.at(-1)?.transfer?.status).toBe("held");
  await phone.outbox.send(`/v1/transfers/${held.id}/post`, {});
  await expect.poll(() => theirs.view.messages.at(-1)?.transfer?.status).toBe("posted");

  const late = app(ravi);
  const page = late.chat(roomId);
  page.open();
  await expect.poll(() => page.view.messages.length).toBe(50);
  expect(page.view.hasOlder).toBe(true);
  while (page.view.hasOlder) await page.older();
  expect(texts(page)).toEqual(texts(theirs));
  await Promise.all([phone.close(), other.close(), late.close()]);
});

test("receipts, typing and unread go from one to the other, and by requests where there is no socket", async () => {
  const { phone, other, ravi, roomId } = await pair();
  const kiosk = app(ravi, { liveUrl: "ws://127.0.0.1:9/nobody" });
  const [mine, theirs, without] = [phone, other, kiosk].map((kamai) => kamai.chat(roomId)) as [Chat, Chat, Chat];
  for (const chat of [mine, theirs, without]) chat.open();
  for (const chat of [mine, theirs, without]) await expect.poll(() => chat.view.connection).toBe("live");
  expect([theirs.view.transport, without.view.transport]).toEqual(["socket", "stream"]);
  theirs.typing();
  await expect.poll(() => mine.view.typing).toEqual([ravi.userId]);
  mine.send("one");
  mine.send("two");
  for (const chat of [theirs, without]) await expect.poll(() => [chat.view.messages.length, chat.view.unread]).toEqual([2, 2]);
  const place = () => mine.view.room?.members.find(({ user_id }) => user_id === ravi.userId);
  await expect.poll(() => place()?.delivered_through_seq).toBe(2);
  expect(place()?.read_through_seq).toBe(0);
  without.read(1);
  await expect.poll(() => place()?.read_through_seq).toBe(1);
  theirs.read();
  expect(theirs.view.unread).toBe(0);
  await expect.poll(() => place()?.read_through_seq).toBe(2);
  await kiosk.rooms.refresh();
  expect(kiosk.rooms.view.rooms?.map(({ id, unread }) => [id, unread])).toEqual([[roomId, 0]]);

  const stranger = app(await user());
  stranger.chat(roomId).open();
  await expect.poll(() => stranger.chat(roomId).view.connection).toBe("denied");
  await phone.api.post(`/v1/social/block/${ravi.userId}`, undefined);
  const refused = theirs.send("hello?");
  await expect.poll(() => theirs.view.pending[0]?.refusal?.code).toBeTruthy();
  theirs.discard(refused);
  expect(theirs.view.pending).toEqual([]);
  await Promise.all([phone, other, kiosk, stranger].map((kamai) => kamai.close()));
});

test("whether somebody is there is told to who has a room with them, and not known without a socket", async () => {
  const { asha, ravi, phone, other, roomId } = await pair();
  let atIt: "online" | "away" = "online";
  const app_ = app(ravi, { presence: () => atIt });
  const [seen, unseen] = [phone.presence(ravi.userId), app(asha, { liveUrl: "ws://127.0.0.1:9/nobody" }).presence(ravi.userId)];
  seen.open();
  unseen.open();
  await expect.poll(() => seen.view.presence).toBe("offline");
  await app_.open();
  app_.chat(roomId).open();
  await expect.poll(() => seen.view.presence).toBe("online");
  atIt = "away";
  await expect.poll(() => seen.view.presence).toBe("away");
  await app_.close();
  await expect.poll(() => seen.view.presence).toBe("offline");
  expect([typeof seen.view.lastSeenAt, unseen.view.presence]).toEqual(["string", "unknown"]);
  await other.api.post("/v1/social", { presence: "nobody" });
  const hidden = app(asha);
  hidden.presence(ravi.userId).open();
  await hidden.open();
  await expect.poll(() => hidden.view.connection).toBe("live");
  expect(hidden.presence(ravi.userId).view.presence).toBe("unknown");
  await Promise.all([phone.close(), other.close(), hidden.close(), unseen.close()]);
});

test("who is brought into a group finds it among their rooms", async () => {
  const { ravi, phone, other } = await pair();
  await other.open();
  other.rooms.open();
  await expect.poll(() => other.view.connection).toBe("live");
  await expect.poll(() => other.rooms.view.rooms?.length).toBe(1);
  const group = await phone.rooms.group({ name: "Riders of Baner", members: [ravi.userId] });
  await expect.poll(() => other.rooms.view.rooms?.map(({ name }) => name ?? "")).toContain("Riders of Baner");
  await other.rooms.leave(group.id);
  expect(other.rooms.view.rooms).toHaveLength(1);
  await other.rooms.refresh();
  expect(other.rooms.view.rooms).toHaveLength(1);
  await Promise.all([phone.close(), other.close()]);
});
