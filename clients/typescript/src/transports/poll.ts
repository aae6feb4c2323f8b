import type { Api } from "../api.ts";
import type { EventsPage } from "../types.ts";
import type { Sink, Transport } from "./transport.ts";

/** For networks that let nothing through but a request and its answer. */
export class PollTransport implements Transport {
  readonly name = "poll";
  readonly #api: Api;
  readonly #waitS: number;

  constructor(api: Api, waitS = 20) {
    this.#api = api;
    this.#waitS = waitS;
  }

  async read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    let wait = 0;
    while (!signal.aborted) {
      const query = new URLSearchParams({ channel, after_seq: String(sink.after()), wait: String(wait) });
      const page = await this.#api.get<EventsPage>(`/v1/events?${query}`, signal);
      if (page.items.every((event) => sink.event(event))) sink.reached(page.seq);
      if (page.recovered) sink.live();
      wait = page.recovered ? this.#waitS : 0;
    }
  }
}
