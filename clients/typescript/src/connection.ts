import { type Backoff, pauseMs, sleep, usual } from "./backoff.ts";
import { Feed } from "./feed.ts";
import { Problem } from "./problem.ts";
import type { Sink, Transport, TransportName } from "./transports/transport.ts";
import type { ChannelFrame, EventOn } from "./types.ts";

/** `live`: everything up to now was shown. `denied`: the token or the channel is not good; nothing more is tried. */
export type ConnectionState = "connecting" | "live" | "waiting" | "denied" | "closed";

export interface ConnectionOptions<Channel extends string = string> {
  channel: Channel;
  /** The best first. */
  transports: Transport[];
  /** The last place that was shown before; what came after it is shown. */
  seq: number;
  onEvent: (event: EventOn<Channel>) => void;
  /** What is told beside the events; over a socket alone. */
  onFrame?: (frame: ChannelFrame) => void;
  onState?: (state: ConnectionState, transport: TransportName, why?: Error) => void;
  backoff?: Backoff | undefined;
  /** For how long a lesser way is taken before the best is tried again. */
  preferBestAfterMs?: number;
}

/** So many times in a row a way may fail before the next is taken. */
const FAILURES_PER_TRANSPORT = 2;

/** Reads a channel for as long as it is open, over whichever way works, without a loss or a repeat. */
export class Connection<const Channel extends string = string> {
  readonly #options: ConnectionOptions<Channel>;
  readonly #feed: Feed;
  readonly #closed = new AbortController();
  /** Ends the pause before the next try, and the connection that is open. */
  #current = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(options: ConnectionOptions<Channel>) {
    this.#options = options;
    this.#feed = new Feed(options.seq);
  }

  get seq(): number {
    return this.#feed.seq;
  }

  open(): void {
    this.#ended ??= this.#run();
  }

  /** Tries at once, as when the network is back. */
  retry(): void {
    this.#current.abort();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#current.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { transports, onState, backoff = usual, preferBestAfterMs = 300_000 } = this.#options;
    let [failures, chosen] = [0, 0];
    for (;;) {
      const transport = transports[chosen];
      if (!transport || this.#closed.signal.aborted) break;
      this.#current = new AbortController();
      onState?.("connecting", transport.name);
      let wasLive = false;
      const sink = this.#sink(() => {
        if (!wasLive) onState?.("live", transport.name);
        wasLive = true;
      });
      const best = chosen > 0 ? setTimeout(() => this.#current.abort(), preferBestAfterMs) : undefined;
      const why = await transport.read(this.#options.channel, sink, this.#current.signal).then(() => undefined, asError);
      clearTimeout(best);
      if (this.#closed.signal.aborted) break;
      if (why instanceof Problem && (why.status === 401 || why.status === 403)) {
        onState?.("denied", transport.name, why);
        return;
      }
      const triedAgain = this.#current.signal.aborted;
      failures = wasLive || triedAgain ? 0 : failures + 1;
      if (triedAgain) chosen = 0;
      else if (failures > 0 && failures % FAILURES_PER_TRANSPORT === 0) chosen = (chosen + 1) % transports.length;
      if (triedAgain) continue;
      onState?.("waiting", transport.name, why);
      this.#current = new AbortController();
      await sleep(pauseMs(Math.max(failures, 1), backoff), this.#current.signal);
    }
    onState?.("closed", transports[chosen]?.name ?? "poll");
  }

  #sink(live: () => void): Sink {
    return {
      after: () => this.#feed.seq,
      live,
      event: (event) => {
        const taken = this.#feed.take(event);
        // What a channel shows follows from its name.
        if (taken === "new") this.#options.onEvent(event as EventOn<Channel>);
        return taken !== "gap";
      },
      reached: (seq) => this.#feed.reached(seq),
      frame: (frame) => this.#options.onFrame?.(frame),
    };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
