import type { Api } from "../api.ts";
import { type Backoff, pauseMs, sleep, usual } from "../backoff.ts";
import { Problem } from "../problem.ts";
import type { Seat } from "../types.ts";

export interface ReceiptsOptions {
  api: Api;
  roomId: string;
  /** Over the socket; false where there is none. */
  send: (frame: object) => boolean;
  onAnswer: (seat: Seat) => void;
  backoff?: Backoff | undefined;
}

interface Reached {
  delivered: number;
  read: number;
}

/** What comes within so long is said as one. */
const TOGETHER_MS = 200;

/** Says how far this user is in a room: what has reached a device of theirs, and what they have read. */
export class Receipts {
  readonly #options: ReceiptsOptions;
  #wanted: Reached = { delivered: 0, read: 0 };
  /** As the server has it. */
  #known: Reached = { delivered: 0, read: 0 };
  #saying = false;
  #closed = new AbortController();

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  mark(reached: Partial<Reached>): void {
    this.#wanted = furthest(this.#wanted, { delivered: reached.read ?? 0, read: 0, ...reached });
    void this.#say();
  }

  /** What the server says that it knows. */
  known(place: { delivered_through_seq: number; read_through_seq: number }): void {
    this.#known = furthest(this.#known, { delivered: place.delivered_through_seq, read: place.read_through_seq });
  }

  /** Says again what was said over a socket that has gone, if it did not arrive. */
  open(): void {
    this.#closed = new AbortController();
    void this.#say();
  }

  close(): void {
    this.#closed.abort();
  }

  async #say(): Promise<void> {
    const { signal } = this.#closed;
    if (this.#saying || signal.aborted || !this.#isBehind()) return;
    this.#saying = true;
    await sleep(TOGETHER_MS, signal);
    for (let failures = 1; !signal.aborted && this.#isBehind(); failures += 1) {
      // Over a socket the answer is a receipt, as everybody in the room gets it.
      if (this.#bySocket() || (await this.#byRequest(signal))) break;
      await sleep(pauseMs(failures, this.#options.backoff ?? usual), signal);
    }
    this.#saying = false;
  }

  #isBehind(): boolean {
    return this.#wanted.delivered > this.#known.delivered || this.#wanted.read > this.#known.read;
  }

  #bySocket(): boolean {
    return this.#options.send({ action: "ack", channel: `room:${this.#options.roomId}`, ...this.#body() });
  }

  /** False where it is to be tried again. */
  async #byRequest(signal: AbortSignal): Promise<boolean> {
    const { api, roomId, onAnswer } = this.#options;
    try {
      const seat = await api.post<Seat>(`/v1/rooms/${roomId}/read`, this.#body(), { signal });
      this.known(seat);
      onAnswer(seat);
      return !this.#isBehind();
    } catch (error) {
      return error instanceof Problem && !error.retryable;
    }
  }

  #body(): { delivered_through_seq: number; read_through_seq: number } {
    return { delivered_through_seq: this.#wanted.delivered, read_through_seq: this.#wanted.read };
  }
}

function furthest(one: Reached, other: Reached): Reached {
  return { delivered: Math.max(one.delivered, other.delivered), read: Math.max(one.read, other.read) };
}
