import type { Api } from "../api.ts";
import { Problem } from "../problem.ts";
import type { Frame } from "../types.ts";
import { Link, type SocketOptions } from "./link.ts";
import type { Sink, Transport } from "./transport.ts";

interface Reader {
  sink: Sink;
  end(why?: unknown): void;
  /** The first and the last event that came while one before it was missing. */
  refused?: { first: number; last: number };
}

/** What the server says no to a subscription with. It does not say to which, so there is one at a time. */
const REFUSALS: Record<string, number> = { forbidden: 403, too_many_requests: 429, invalid_request: 400 };

/**
 * The way that shows an event some milliseconds after it happened. All channels that are read come over
 * one socket, which is open for as long as there is one of them.
 */
export class SocketTransport implements Transport {
  readonly name = "socket";
  readonly #api: Api;
  readonly #options: SocketOptions;
  readonly #readers = new Map<string, Reader>();
  /** Channels that are to be subscribed to, from where their reader is, or no more. */
  readonly #due = new Set<string>();
  #asked: { channel: string; reader: Reader | undefined; timeout: ReturnType<typeof setTimeout> } | undefined;
  #link: Link | undefined;

  constructor(api: Api, options: SocketOptions) {
    this.#api = api;
    this.#options = options;
  }

  /** Sends a frame that has no answer; false where there is no socket to send it over. */
  send(frame: object): boolean {
    return this.#link?.send(frame) ?? false;
  }

  /** Says at once that the user has come, or turned away. */
  ping(): void {
    this.#link?.ping();
  }

  read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return resolve();
      if (this.#readers.has(channel)) return reject(new Error(`${channel} is read already`));
      const leave = () => this.#leave(channel, reader);
      const end = (why?: unknown) => {
        signal.removeEventListener("abort", leave);
        if (why === undefined) resolve();
        else reject(why);
      };
      const reader: Reader = { sink, end };
      signal.addEventListener("abort", leave);
      this.#readers.set(channel, reader);
      this.#link ??= this.#connect();
      this.#settle(channel);
    });
  }

  #connect(): Link {
    return new Link(this.#api, this.#options, {
      open: () => this.#askNext(),
      frame: (frame) => this.#take(frame),
      end: (why) => this.#end(why),
    });
  }

  #leave(channel: string, reader: Reader): void {
    this.#remove(channel, reader);
    if (this.#readers.size > 0) return this.#settle(channel);
    this.#link?.close();
    this.#end();
  }

  #remove(channel: string, reader: Reader, why?: unknown): void {
    if (this.#readers.get(channel) === reader) this.#readers.delete(channel);
    reader.end(why);
  }

  #end(why?: unknown): void {
    this.#link = undefined;
    this.#answered();
    this.#due.clear();
    for (const [channel, reader] of this.#readers) this.#remove(channel, reader, why);
  }

  #settle(channel: string): void {
    this.#due.add(channel);
    this.#askNext();
  }

  #askNext(): void {
    const [channel] = this.#due;
    if (channel === undefined || this.#asked || !this.#link?.isOpen) return;
    this.#due.delete(channel);
    const reader = this.#readers.get(channel);
    this.#asked = { channel, reader, timeout: this.#patience() };
    if (!reader) return void this.#link.send({ action: "unsubscribe", channel });
    delete reader.refused;
    this.#link.send({ action: "subscribe", channel, after_seq: reader.sink.after() });
  }

  #patience(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#refused(new Error("a subscription was not answered")), this.#options.answerMs ?? 10_000);
  }

  #answered(): void {
    clearTimeout(this.#asked?.timeout);
    this.#asked = undefined;
  }

  #refused(why: Error): void {
    const asked = this.#asked;
    if (!asked) return;
    this.#answered();
    if (asked.reader) this.#remove(asked.channel, asked.reader, why);
    if (this.#readers.size > 0) return this.#askNext();
    this.#link?.close();
    this.#end();
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case "event":
        return this.#event(frame);
      case "subscribed":
        return this.#subscribed(frame);
      case "unsubscribed":
        if (this.#asked?.reader || this.#asked?.channel !== frame.channel) return;
        this.#answered();
        return this.#askNext();
      case "error":
        return this.#error(frame);
      case "pong":
        return;
      default:
        this.#readers.get(frame.channel)?.sink.frame(frame);
    }
  }

  #event(event: Extract<Frame, { type: "event" }>): void {
    const { channel, seq } = event;
    const reader = this.#readers.get(channel);
    const isAsked = this.#asked?.channel === channel;
    if (this.#asked && isAsked) {
      // What is caught up on may be long: it is not silent while it comes.
      clearTimeout(this.#asked.timeout);
      this.#asked.timeout = this.#patience();
    }
    if (!reader || reader.sink.event(event)) return;
    reader.refused = { first: Math.min(seq, reader.refused?.first ?? seq), last: Math.max(seq, reader.refused?.last ?? seq) };
    if (!isAsked) this.#settle(channel);
  }

  #subscribed({ channel, seq, recovered }: Extract<Frame, { type: "subscribed" }>): void {
    const asked = this.#asked;
    if (asked?.channel !== channel || !asked.reader) return;
    this.#answered();
    const reader = this.#readers.get(channel);
    if (reader && reader === asked.reader) this.#caughtUp(channel, reader, seq, recovered);
    this.#askNext();
  }

  #caughtUp(channel: string, { sink, refused }: Reader, seq: number, recovered: boolean): void {
    const isMissing = (place = 0) => place > sink.after();
    // One in the middle was lost on its way: up to here is not all.
    const hasHole = isMissing(refused?.first) && (refused?.first ?? 0) <= seq;
    if (!hasHole) sink.reached(seq);
    if (hasHole || !recovered || isMissing(refused?.last)) this.#due.add(channel);
    else sink.live();
  }

  #error({ code, detail, client_id }: Extract<Frame, { type: "error" }>): void {
    if (client_id !== undefined) return;
    if (code === "unauthorized") {
      this.#link?.close();
      return this.#end(new Problem(401, { code, detail }));
    }
    const status = REFUSALS[code];
    if (status !== undefined) this.#refused(new Problem(status, { code, detail }));
  }
}
