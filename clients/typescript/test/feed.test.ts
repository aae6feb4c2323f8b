import { expect, test } from "vitest";
import { pauseMs } from "../src/backoff.ts";
import { Feed } from "../src/feed.ts";
import { Lines } from "../src/transports/lines.ts";
import { event } from "./events.ts";

test("an event is new once, and a gap is told before it is taken", () => {
  const feed = new Feed(2);
  expect([2, 3, 3, 5].map((seq) => feed.take(event(seq)))).toEqual(["known", "new", "known", "gap"]);
  expect(feed.seq).toBe(3);
  expect(feed.take(event(5, 3)), "on a narrow channel a hole is none").toBe("new");
  feed.reached(9);
  feed.reached(4);
  expect(feed.seq).toBe(9);
});

test("pauses grow, are bounded, and differ from one reader to the next", () => {
  const at = (failures: number, random: number) => pauseMs(failures, { baseMs: 500, maxMs: 30_000, random: () => random });
  expect([1, 2, 3, 9, 99].map((failures) => at(failures, 1))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
  expect(at(3, 0.25)).toBe(1_000);
});

test("lines are the same however the body is cut, and the last one without an end is left", async () => {
  const text = "id: 1\r\ndata: {\"a\":\"₹\"}\n\nid: 2\rdata: x\n\ncut o";
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size += 1) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const lines: string[] = [];
    for await (const line of new Lines(body)) lines.push(line);
    expect(lines, `in pieces of ${size}`).toEqual(["id: 1", "data: {\"a\":\"₹\"}", "", "id: 2", "data: x", ""]);
  }
});
