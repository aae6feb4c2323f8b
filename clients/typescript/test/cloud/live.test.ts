import { expect, test } from "vitest";
import { Api, Connection, Outbox, PollTransport, SocketTransport, StreamTransport, type Transport } from "../../src/index.ts";
import { Network } from "./network.ts";
import { app, paid, stack, user, type User } from "./stack.ts";

/** `KAMAI_EVENTS=1000` is the whole of it. */
const EVENTS = Number(process.env["KAMAI_EVENTS"] ?? 120);
const CUTS = EVENTS / 20;

/** Reads a user's feed by one way alone, cut again and again; answers the places that were shown. */
function reader(of: User, make: (api: Api, network: Network) => Transport) {
  const network = new Network();
  const api = new Api({ apiUrl: stack.api_url, token: () => of.token, fetch: network.fetch });
  const shown: number[] = [];
  const connection = new Connection({
    channel: `user:${of.userId}`,
    transports: [make(api, network)],
    seq: 0,
    backoff: { baseMs: 20, maxMs: 500, random: Math.random },
    onEvent: ({ seq }) => {
      shown.push(seq);
      if (shown.length % Math.floor(EVENTS / CUTS) === 0) network.cut();
    },
  });
  connection.open();
  return { network, shown, connection };
}

test(`${EVENTS} events, cut ${CUTS} times on each way: none is missed, and none shown twice`, async () => {
  const [asha, ravi] = await Promise.all([user(), user()]);
  const sender = app(ravi);
  await sender.open();
  await paid(sender, 100_000);
  await expect.poll(() => sender.view.balance?.balanceAmount).toBe(100_000);
  const before = (await app(asha).api.get<{ version: number }>("/v1/wallet")).version;

  const readers = [
    reader(asha, (api, network) => new SocketTransport(api, { liveUrl: stack.ws_url, socket: network.socket })),
    reader(asha, (api) => new StreamTransport(api, 2)),
    reader(asha, (api) => new PollTransport(api, 2)),
  ];
  const request = { to: { type: "user" as const, user_id: asha.userId }, amount: 1, currency: "INR" as const };
  const outboxes = Array.from({ length: 4 }, () => new Outbox({ api: sender.api }));
  await Promise.all(Array.from({ length: EVENTS }, (_, index) => outboxes[index % 4]?.send("/v1/transfers", request)));

  const expected = Array.from({ length: before + EVENTS }, (_, index) => index + 1);
  for (const { shown, network, connection } of readers) {
    await expect.poll(() => shown.length, { timeout: 500_000 }).toBeGreaterThanOrEqual(expected.length);
    await connection.close();
    expect(shown).toEqual(expected);
    expect(network.cuts).toBeGreaterThanOrEqual(CUTS);
  }
  await sender.close();
});

test("without a socket the view is the same, and a mark on one device counts on the other", async () => {
  const asha = await user();
  const [phone, kiosk] = [app(asha), app(asha, { liveUrl: "ws://127.0.0.1:9/nobody" })];
  await Promise.all([phone.open(), kiosk.open()]);
  await expect.poll(() => kiosk.view.transport).toBe("stream");
  await paid(phone, 45_000);
  for (const device of [phone, kiosk]) {
    await expect.poll(() => device.view.balance?.availableAmount).toBe(45_000);
    expect(device.view.transactions[0]?.event).toBe("payment.captured");
  }
  await expect.poll(() => phone.view.unread).toBe(kiosk.view.unread);
  expect(kiosk.view.unread).toBeGreaterThan(0);
  await expect.poll(() => phone.view.connection).toBe("live");
  await kiosk.markRead();
  expect(kiosk.view.unread).toBe(0);
  await expect.poll(() => phone.view.unread).toBe(0);
  await Promise.all([phone.close(), kiosk.close()]);
});
