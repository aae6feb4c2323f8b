import { Api } from "../src/api.ts";
import type { Storage } from "../src/shelf.ts";
import type { Socket } from "../src/transports/link.ts";
import type { Sink, Transport, TransportName } from "../src/transports/transport.ts";

export const at_once = { baseMs: 0, maxMs: 0, random: () => 0 };

type Answer = [number, unknown] | Error;

/** A server that answers by method and path, and what it was asked. An address without an answer is not found. */
export function server(answers: Record<string, (body: unknown) => Answer>) {
  const asked: { to: string; body: unknown; key: string | undefined }[] = [];
  const fetched: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    const body: unknown = init?.body === undefined ? undefined : JSON.parse(String(init.body));
    const to = `${init?.method} ${pathname}`;
    asked.push({ to: to + search, body, key: (init?.headers as Record<string, string>)["idempotency-key"] });
    const answer = answers[to]?.(body) ?? [404, { code: "not_found", retryable: false }];
    if (answer instanceof Error) throw answer;
    return answer[0] === 204 ? new Response(null, { status: 204 }) : Response.json(answer[1], { status: answer[0] });
  };
  return { asked, fetch: fetched, api: new Api({ apiUrl: "http://kamai.test", token: () => "t", fetch: fetched }) };
}

/** A way whose other end is in the test's hands. */
export class Wire implements Transport {
  readonly name: TransportName;
  readonly #reads = new Map<string, { sink: Sink; cut: () => void }>();

  constructor(name: TransportName = "socket") {
    this.name = name;
  }

  read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cut = () => {
        this.#reads.delete(channel);
        resolve();
      };
      this.#reads.set(channel, { sink, cut });
      signal.addEventListener("abort", cut);
    });
  }

  /** Who reads a channel, once somebody does. */
  async on(channel: string): Promise<{ sink: Sink; cut: () => void }> {
    for (;;) {
      const read = this.#reads.get(channel);
      if (read) return read;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  isRead(channel: string): boolean {
    return this.#reads.has(channel);
  }
}

/** What pages of one browser share. */
export class Disk implements Storage {
  readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (name: string) => this.kept.get(name) ?? null;
  setItem = (name: string, value: string) => void this.kept.set(name, value);
  removeItem = (name: string) => void this.kept.delete(name);
}

/** As `navigator.locks` gives them: one holder each, and none to wait for where that is asked. */
export class Locks {
  readonly #held = new Map<string, Promise<unknown>>();

  request = (async (name: string, ...[options, callback]: [unknown, unknown]) => {
    const run = (callback ?? options) as (lock: object | null) => unknown;
    if (this.#held.has(name) && callback && (options as LockOptions).ifAvailable) return run(null);
    const before = this.#held.get(name);
    const mine = (async () => {
      await before;
      return run({ name });
    })();
    this.#held.set(name, mine);
    const answer = await mine;
    if (this.#held.get(name) === mine) this.#held.delete(name);
    return answer;
  }) as LockManager["request"];
}

/** The server's end of each socket that was opened. */
export const sockets: FakeSocket[] = [];

export class FakeSocket implements Socket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  isClosed = false;
  readonly url: string;
  readonly #sent: Record<string, unknown>[] = [];

  constructor(url: string) {
    this.url = url;
    sockets.push(this);
  }

  send(text: string): void {
    this.#sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.isClosed = true;
  }

  /** What was sent since it was last asked, but for pings. */
  sent(): unknown[] {
    return this.#sent.splice(0).filter(({ action }) => action !== "ping");
  }

  pings(): unknown[] {
    return this.#sent.filter(({ action }) => action === "ping");
  }

  says(...frames: object[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) } as never);
  }

  opens(): void {
    this.onopen?.({} as never);
  }
}

/** The newest socket, once it is asked for; it opens. */
export async function opened(): Promise<FakeSocket> {
  for (;;) {
    const socket = sockets.at(-1);
    if (socket?.onopen) {
      socket.opens();
      return socket;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
