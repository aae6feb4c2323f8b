import type { Api } from "../api.ts";
import type { AnyEvent } from "../types.ts";
import { Lines } from "./lines.ts";
import { eventsPath, WAIT_S } from "./requests.ts";
import type { Sink, Transport } from "./transport.ts";

/**
 * Server-sent events, read with `fetch` and not with `EventSource`: the token stays in a header, and
 * each new request says where to go on.
 */
export class StreamTransport implements Transport {
  readonly name = "stream";
  readonly #api: Api;
  readonly #waitS: number;

  constructor(api: Api, waitS = WAIT_S) {
    this.#api = api;
    this.#waitS = waitS;
  }

  async read(channel: string, sink: Sink, signal: AbortSignal): Promise<void> {
    let wait = 0;
    while (!signal.aborted) {
      const before = sink.after();
      const response = await this.#api.request(eventsPath(channel, before, wait), { headers: { accept: "text/event-stream" } }, signal);
      if (!response.body) throw new Error("the answer has no body to read");
      const whole = await this.#events(response.body, sink);
      // A stream that brought nothing new has brought everything.
      if (whole && sink.after() === before) sink.live();
      wait = sink.after() === before ? this.#waitS : 0;
    }
  }

  /** Takes what a stream brings; false where something is missing in it. */
  async #events(body: ReadableStream<Uint8Array>, sink: Sink): Promise<boolean> {
    let [id, data] = ["", ""];
    let whole = true;
    for await (const line of new Lines(body)) {
      if (line.startsWith("id:")) id = line.slice(3).trim();
      else if (line.startsWith("data:")) data += line.slice(5).trim();
      else if (line === "") {
        if (data !== "") whole &&= sink.event(JSON.parse(data) as AnyEvent);
        else if (id !== "" && whole) sink.reached(Number(id));
        [id, data] = ["", ""];
      }
    }
    return whole;
  }
}
