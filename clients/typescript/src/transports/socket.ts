import type { Api } from "../api.ts";
import { Problem } from "../problem.ts";
import type { Frame } from "../types.ts";
import type { Sink, Transport } from "./transport.ts";

/** What of a browser's WebSocket is used; `ws` has it too. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

export type SocketClass = new (url: string) => Socket;

export interface SocketOptions {
  /** Such as `wss://live.example/live`. */
  liveUrl: string;
  socket: SocketClass;
  /** How often it is asked whether the other side is there, and how long an answer may take. */
  heartbeatMs?: number;
}

/** The way that shows an event some milliseconds after it happened. */
export class SocketTransport implements Transport {
  readonly name = "socket";
  readonly #api: Api;
  readonly #options: SocketOptions;

  constructor(api: Api, options: SocketOptions) {
    this.#api = api;
    this.#options = options;
  }

  async read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    const { ticket } = await this.#api.post<{ ticket: string }>("/v1/realtime/tickets", {}, { signal });
    const socket = new this.#options.socket(`${this.#options.liveUrl}?ticket=${encodeURIComponent(ticket)}`);
    const { heartbeatMs = 25_000 } = this.#options;
    await new Promise<void>((resolve, reject) => {
      let [isOpen, heard] = [false, true];
      const heartbeat = setInterval(() => {
        if (!heard) return end();
        heard = false;
        if (isOpen) send({ action: "ping" });
      }, heartbeatMs);
      const send = (frame: object) => socket.send(JSON.stringify(frame));
      const subscribe = () => send({ action: "subscribe", channel, after_seq: sink.after() });
      const end = (error?: Error) => {
        clearInterval(heartbeat);
        signal.removeEventListener("abort", aborted);
        [socket.onopen, socket.onmessage, socket.onclose] = [null, null, null];
        // `ws` tells of a socket that is closed before it was open; nobody needs to know.
        socket.onerror = () => undefined;
        socket.close();
        error ? reject(error) : resolve();
      };
      const aborted = () => end();
      signal.addEventListener("abort", aborted);
      if (signal.aborted) return end();
      socket.onopen = () => {
        isOpen = true;
        subscribe();
      };
      socket.onmessage = (message: { data: unknown }) => {
        heard = true;
        const frame = JSON.parse(String(message.data)) as Frame;
        if (frame.type === "event" && frame.channel === channel) {
          if (!sink.event(frame)) subscribe();
        } else if (frame.type === "subscribed" && frame.channel === channel) {
          if (!frame.recovered) return subscribe();
          sink.reached(frame.seq);
          sink.live();
        } else if (frame.type === "read") {
          sink.read(frame.data);
        } else if (frame.type === "error") {
          end(new Problem(frame.code === "too_many_requests" ? 429 : 403, { ...frame }));
        }
      };
      socket.onerror = () => end(isOpen ? undefined : new Error("the socket could not be opened"));
      socket.onclose = () => end(isOpen ? undefined : new Error("the socket could not be opened"));
    });
  }
}
