import { expect, test } from "vitest";
import { Presence } from "../src/presence.ts";
import { at_once, Wire } from "./doubles.ts";

test("presence is what was told last, and unknown where nobody tells it", async () => {
  const socket = new Wire();
  const presence = new Presence({ userId: "usr_ravi", socket, backoff: at_once });
  const leave = presence.open();
  const { sink, cut } = await socket.on("presence:usr_ravi");
  sink.live();
  expect(presence.view.presence).toBe("unknown");
  const tell = (presence: "online" | "away", last_seen_at: string | null) =>
    sink.frame({ type: "presence", channel: "presence:usr_ravi", data: { presence, last_seen_at } });
  tell("online", null);
  expect(presence.view).toEqual({ presence: "online", lastSeenAt: undefined });
  tell("away", "2026-11-21T06:00:00Z");
  expect(presence.view).toEqual({ presence: "away", lastSeenAt: "2026-11-21T06:00:00Z" });
  cut();
  await expect.poll(() => presence.view.presence).toBe("unknown");
  leave();

  const without = new Presence({ userId: "usr_ravi", socket: undefined });
  without.open();
  expect(without.view.presence).toBe("unknown");
});
