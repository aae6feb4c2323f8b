import type { Api } from "../api.ts";
import type { EventsPage } from "../types.ts";
import { eventsPath, WAIT_S } from "./requests.ts";
import type { Sink, Transport } from "./transport.ts";

/** For networks that let nothing through but a request and its answer. */
export class PollTransport implements Transport {
  readonly name = "poll";
  readonly #api: Api;
  readonly #waitS: number;

  constructor(api: Api, waitS = WAIT_S) {
    this.#api = api;
    this.#waitS = waitS;
  }

  async read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    let wait = 0;
    while (!signal.aborted) {
      const page = await this.#api.get<EventsPage>(eventsPath(channel, sink.after(), wait), signal);
      const whole = page.items.every((event) => sink.event(event));
      if (whole) sink.reached(page.seq);
      const isLive = whole && page.recovered;
      if (isLive) sink.live();
      wait = isLive ? this.#waitS : 0;
    }
  }
}
