import { expect, test } from "vitest";
import { Api } from "../src/api.ts";
import { Outbox } from "../src/outbox.ts";
import { Problem } from "../src/problem.ts";

const at_once = { baseMs: 0, maxMs: 0, random: () => 0 };

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

class Disk {
  readonly kept = new Map<string, string>();
  getItem = (name: string) => this.kept.get(name) ?? null;
  setItem = (name: string, value: string) => void this.kept.set(name, value);
}

let keys = 0;
const newKey = () => `key-${(keys += 1)}`;

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

test("what was given before the page went is sent by the next one, under its key and in its order", async () => {
  const disk = new Disk();
  const offline = new Outbox({ api: server(...Array(99).fill(new TypeError("no network"))).api, storage: disk, newKey, backoff: { ...at_once, baseMs: 60_000, maxMs: 60_000, random: () => 1 } });
  void offline.send("/v1/transfers", { amount: 1 });
  void offline.send("/v1/transfers", { amount: 2 });
  const given = offline.pending.map(({ key }) => key);
  await offline.close();

  const { asked, api } = server([201, { id: "a" }], [201, { id: "b" }]);
  const settled: string[] = [];
  const next = new Outbox({ api, storage: disk, onSettled: ({ key }, outcome) => settled.push(`${key} ${"answer" in outcome}`) });
  next.flush();
  await expect.poll(() => settled.length).toBe(2);
  expect(asked.map((text) => text.split(" ")[0])).toEqual(given);
  expect(settled).toEqual(given.map((key) => `${key} true`));
  expect(new Outbox({ api, storage: disk }).pending).toEqual([]);
});
