import { expect, test } from "vitest";
import { Connection, type ConnectionState } from "../src/connection.ts";
import { Problem } from "../src/problem.ts";
import type { Sink, Transport, TransportName } from "../src/transports/transport.ts";
import { event } from "./events.ts";

const at_once = { baseMs: 0, maxMs: 0, random: () => 0 };

function transport(name: TransportName, read: (sink: Sink, signal: AbortSignal) => Promise<void>): Transport {
  return { name, read: (_channel, sink, signal) => read(sink, signal) };
}

const forever = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

test("a way that fails twice gives way to the next, which goes on where the last one was", async () => {
  const tried: string[] = [];
  const shown: number[] = [];
  const socket = transport("socket", async () => {
    tried.push("socket");
    throw new Error("blocked");
  });
  let streams = 0;
  const stream = transport("stream", async (sink) => {
    tried.push(`stream after ${sink.after()}`);
    streams += 1;
    if (streams > 1) throw new Error("cut off by a proxy");
    sink.event(event(1));
    sink.live();
  });
  const poll = transport("poll", async (sink, signal) => {
    tried.push(`poll after ${sink.after()}`);
    sink.event(event(2));
    sink.live();
    await forever(signal);
  });
  const done = defer();
  const connection = new Connection({
    channel: "user:usr_asha",
    transports: [socket, stream, poll],
    seq: 0,
    backoff: at_once,
    onEvent: ({ seq }) => {
      shown.push(seq);
      if (seq === 2) done.resolve();
    },
  });
  connection.open();
  await done.promise;
  await connection.close();
  expect(shown).toEqual([1, 2]);
  expect(tried).toEqual(["socket", "socket", "stream after 0", "stream after 1", "stream after 1", "poll after 1"]);
});

test("whoever is denied is not asked again", async () => {
  let tries = 0;
  const states: ConnectionState[] = [];
  const denied = transport("poll", async () => {
    tries += 1;
    throw new Problem(401, { code: "unauthorized" });
  });
  const end = defer();
  const connection = new Connection({
    channel: "user:usr_asha",
    transports: [denied],
    seq: 0,
    backoff: at_once,
    onEvent: () => undefined,
    onState: (state) => {
      states.push(state);
      if (state === "denied") end.resolve();
    },
  });
  connection.open();
  await end.promise;
  await connection.close();
  expect([tries, states]).toEqual([1, ["connecting", "denied"]]);
});

test("when the network is back the best way is tried at once", async () => {
  const tried: string[] = [];
  const lives = defer();
  let blocked = true;
  const socket = transport("socket", async (sink, signal) => {
    tried.push("socket");
    if (blocked) throw new Error("blocked");
    sink.live();
    lives.resolve();
    await forever(signal);
  });
  const polls = defer();
  const poll = transport("poll", async (sink, signal) => {
    tried.push("poll");
    sink.live();
    polls.resolve();
    await forever(signal);
  });
  const connection = new Connection({ channel: "c", transports: [socket, poll], seq: 0, backoff: at_once, onEvent: () => undefined });
  connection.open();
  await polls.promise;
  blocked = false;
  connection.retry();
  await lives.promise;
  await connection.close();
  expect(tried).toEqual(["socket", "socket", "poll", "socket"]);
});

function defer(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  return { promise: new Promise<void>((done) => (resolve = done)), resolve: () => resolve() };
}
