import type { AnyEvent, ChannelFrame } from "../types.ts";

export type TransportName = "socket" | "stream" | "poll";

/** Where what is read goes. */
export interface Sink {
  /** The last place that was taken: reading begins after it. */
  after(): number;
  /** Everything up to now has been read; from here on it comes as it happens. */
  live(): void;
  /** False where one before it is missing: it is to be read again from {@link after}. */
  event(event: AnyEvent): boolean;
  /** Nothing is missing up to this place, shown on the channel or not. */
  reached(seq: number): void;
  /** What is told beside the events, where the way can tell it. */
  frame(frame: ChannelFrame): void;
}

/** One way to read a channel. Several channels are read by one at the same time. */
export interface Transport {
  readonly name: TransportName;
  /** Reads until the connection ends, or the signal does. Throws where it cannot be read so. */
  read(channel: string, sink: Sink, signal: AbortSignal): Promise<void>;
}
