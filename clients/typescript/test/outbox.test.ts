import { expect, test } from "vitest";
import { Api } from "../src/api.ts";
import { Outbox, type OutboxOptions } from "../src/outbox.ts";
import { Problem } from "../src/problem.ts";
import { at_once, Disk, Locks } from "./doubles.ts";

/** A server that answers each request with the next of these, and what it was asked. */
function server(...answers: (Error | [number, object])[]) {
  const asked: string[] = [];
  const fetched: typeof fetch = async (_url, init) => {
    const key = (init?.headers as Record<string, string>)["idempotency-key"];
    asked.push(`${key} ${String(init?.body)}`);
    const answer = answers.shift() ?? [500, {}];
    if (answer instanceof Error) throw answer;
    return Response.json(answer[1], { status: answer[0] });
  };
  return { asked, api: new Api({ apiUrl: "http://kamai.test", token: () => "t", fetch: fetched }) };
}

let keys = 0;
const newKey = () => `key-${(keys += 1)}`;

/** A page without a network, that has given these. */
function offline(bodies: object[], options: Partial<OutboxOptions>): Outbox {
  const never = { baseMs: 60_000, maxMs: 60_000, random: () => 1 };
  const outbox = new Outbox({ api: server(...Array(99).fill(new TypeError("no network"))).api, newKey, backoff: never, ...options });
  for (const body of bodies) void outbox.send("/v1/transfers", body);
  return outbox;
}

test("a command is sent under one key until there is an answer", async () => {
  const { asked, api } = server(new TypeError("no network"), [503, { retryable: true }], [201, { id: "trf_1" }]);
  const outbox = new Outbox({ api, backoff: at_once, newKey: () => "k" });
  expect(await outbox.send("/v1/transfers", { amount: 1 })).toEqual({ id: "trf_1" });
  expect(asked).toEqual(Array(3).fill('k {"amount":1}'));
  expect(outbox.pending).toEqual([]);
});

test("a refusal that trying again would not mend is told, and the next command goes on", async () => {
  const { asked, api } = server([422, { code: "insufficient_funds", retryable: false }], [201, { id: "trf_2" }]);
  const outbox = new Outbox({ api, backoff: at_once, newKey });
  const [first, second] = await Promise.allSettled([outbox.send("/v1/transfers", { amount: 9 }), outbox.send("/v1/transfers", { amount: 2 })]);
  expect(first.status === "rejected" && first.reason).toBeInstanceOf(Problem);
  expect(first.status === "rejected" && first.reason.code).toBe("insufficient_funds");
  expect(second).toEqual({ status: "fulfilled", value: { id: "trf_2" } });
  expect(asked.map((text) => text.split(" ")[1])).toEqual(['{"amount":9}', '{"amount":2}']);
});

test("a command that is given in the moment in which the last one is answered is sent too", async () => {
  const { api } = server(...Array.from({ length: 5 }, (_, id): [number, object] => [201, { id }]));
  const outbox = new Outbox({ api, backoff: at_once, newKey });
  for (let id = 0; id < 5; id += 1) expect(await outbox.send("/v1/transfers", {})).toEqual({ id });
});

test("what was given before the page went is sent by the next one, under its key and in its order", async () => {
  const disk = new Disk();
  const before = offline([{ amount: 1 }, { amount: 2 }], { storage: disk });
  const given = before.pending.map(({ key }) => key);
  await before.close();

  const { asked, api } = server([201, { id: "a" }], [201, { id: "b" }]);
  const settled: string[] = [];
  const next = new Outbox({ api, storage: disk, onSettled: ({ key }, outcome) => settled.push(`${key} ${"answer" in outcome}`) });
  next.flush();
  await expect.poll(() => settled.length).toBe(2);
  expect(asked.map((text) => text.split(" ")[0])).toEqual(given);
  expect(settled).toEqual(given.map((key) => `${key} true`));
  expect(disk.length, "nothing is left").toBe(0);
});

test.each(["with locks", "without"])("two pages of one user keep a list each, %s", async (how) => {
  const [disk, locks] = [new Disk(), how === "with locks" ? new Locks() : undefined];
  const pages = [1, 2].map((amount) => offline([{ amount }], { storage: disk, locks }));
  for (const page of pages) page.flush();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pages.map(({ pending }) => pending.map(({ body }) => body)), "nobody takes over from who is there").toEqual([[{ amount: 1 }], [{ amount: 2 }]]);
  expect(disk.length).toBe(2);

  await pages[0]?.close();
  pages[1]?.flush();
  await expect.poll(() => pages[1]?.pending.map(({ body }) => body)).toEqual([{ amount: 2 }, { amount: 1 }]);
  expect(disk.length).toBe(1);
  await pages[1]?.close();
});

test("a page that was killed where there are no locks is gone when it has written nothing for long", async () => {
  const disk = new Disk();
  const item = { key: "k", path: "/v1/transfers", body: {} };
  disk.setItem("kamai/outbox/me/fresh", JSON.stringify({ seen_at: Date.now(), items: [item] }));
  disk.setItem("kamai/outbox/me/old", JSON.stringify({ seen_at: Date.now() - 121_000, items: [{ ...item, key: "old" }] }));
  disk.setItem("kamai/outbox/another/old", JSON.stringify({ seen_at: 0, items: [item] }));
  const outbox = offline([], { storage: disk, locks: undefined });
  outbox.flush();
  await expect.poll(() => outbox.pending.map(({ key }) => key)).toEqual(["old"]);
  await outbox.close();
});

test("a broken text where it is kept is as good as nothing", async () => {
  const disk = new Disk();
  const broken = ["", "{", "null", "[]", '{"seen_at":0,"items":7}', '{"items":[null,7,{"key":1},{"key":"k","path":".evil.test/"}]}'];
  for (const [index, text] of broken.entries()) disk.setItem(`kamai/outbox/me/${index}`, text);
  const outbox = offline([], { storage: disk });
  outbox.flush();
  await expect.poll(() => disk.length).toBe(0);
  expect(outbox.pending).toEqual([]);
  await outbox.close();
});

test("a storage that keeps nothing stops nobody", async () => {
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const storage = { length: 0, key: full, getItem: full, setItem: full, removeItem: full };
  const outbox = new Outbox({ api: server([201, { id: "a" }]).api, storage, newKey });
  outbox.flush();
  expect(await outbox.send("/v1/transfers", {})).toEqual({ id: "a" });
});

test("where it is wished, what was refused stays until it is sent again or discarded", async () => {
  const { asked, api } = server([422, { code: "unreachable", detail: "No.", retryable: false }], [201, {}], [422, { code: "no" }]);
  const disk = new Disk();
  const outbox = new Outbox({ api, storage: disk, newKey, keepsRefused: true });
  const key = outbox.give("/v1/rooms/room_1/messages", (client_id) => ({ client_id }));
  await expect.poll(() => outbox.pending).toEqual([{ key, path: "/v1/rooms/room_1/messages", body: { client_id: key }, refusal: { code: "unreachable", detail: "No." } }]);
  outbox.retry(key);
  await expect.poll(() => outbox.pending).toEqual([]);
  expect(asked, "it is the same command").toEqual(Array(2).fill(`${key} {"client_id":"${key}"}`));
  const other = outbox.give("/v1/rooms/room_1/messages", () => ({}));
  await expect.poll(() => outbox.pending[0]?.refusal?.code).toBe("no");
  outbox.discard(other);
  expect([outbox.pending, disk.length]).toEqual([[], 0]);
});
