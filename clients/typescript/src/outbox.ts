import type { Api } from "./api.ts";
import { type Backoff, pauseMs, sleep, usual } from "./backoff.ts";
import { Problem } from "./problem.ts";

/** A command that was given and has no answer yet. Its key makes it one command, however often it is sent. */
export interface Pending {
  key: string;
  path: string;
  body: unknown;
}

/** Where pending commands outlive the page. `localStorage` is one. */
export interface Storage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

export interface OutboxOptions {
  api: Api;
  storage?: Storage;
  /** Of whom: two users of one device have two outboxes. */
  name?: string;
  backoff?: Backoff;
  newKey?: () => string;
  /** What came of a command that another page, or this one before a reload, had given. */
  onSettled?: (pending: Pending, outcome: { answer: unknown } | { problem: Problem }) => void;
}

type Waiter = { resolve: (answer: unknown) => void; reject: (problem: Problem) => void };

/**
 * Sends commands one after the other, in the order in which they were given, and goes on where the
 * network, the server or the page failed, under the same key.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiters = new Map<string, Waiter>();
  readonly #closed = new AbortController();
  #pending: Pending[];
  #flushing: Promise<void> | undefined;
  #pause = new AbortController();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pending = this.#stored();
  }

  get pending(): readonly Pending[] {
    return this.#pending;
  }

  /** Resolves with the answer, rejects with a {@link Problem} that trying again would not mend. */
  send<T>(path: string, body: unknown): Promise<T> {
    const pending = { key: (this.#options.newKey ?? (() => crypto.randomUUID()))(), path, body };
    this.#pending = [...this.#pending, pending];
    // Kept before it is sent: what was sent and is not known any more could not be sent again.
    this.#keep();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiters.set(pending.key, { resolve, reject }));
    this.flush();
    return answer as Promise<T>;
  }

  /** Sends what is pending, now; as when the network is back, or a page was loaded. */
  flush(): void {
    this.#pause.abort();
    this.#flushing ??= this.#sendAll().finally(() => (this.#flushing = undefined));
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#pause.abort();
    await this.#flushing;
  }

  async #sendAll(): Promise<void> {
    let failures = 0;
    for (let next = this.#pending[0]; next && !this.#closed.signal.aborted; next = this.#pending[0]) {
      try {
        const sending = { idempotencyKey: next.key, signal: this.#closed.signal };
        this.#settle(next, { answer: await this.#options.api.post(next.path, next.body, sending) });
        failures = 0;
      } catch (error) {
        // The token is good again once the user has logged in; the command is not the less wanted.
        if (error instanceof Problem && !error.retryable && error.status !== 401) {
          this.#settle(next, { problem: error });
          continue;
        }
        failures += 1;
        this.#pause = new AbortController();
        if (!this.#closed.signal.aborted) await sleep(pauseMs(failures, this.#options.backoff ?? usual), this.#pause.signal);
      }
    }
  }

  #settle(pending: Pending, outcome: { answer: unknown } | { problem: Problem }): void {
    this.#pending = this.#pending.filter(({ key }) => key !== pending.key);
    this.#keep();
    const waiter = this.#waiters.get(pending.key);
    this.#waiters.delete(pending.key);
    if (!waiter) this.#options.onSettled?.(pending, outcome);
    else if ("answer" in outcome) waiter.resolve(outcome.answer);
    else waiter.reject(outcome.problem);
  }

  get #place(): string {
    return `kamai.outbox.${this.#options.name ?? "me"}`;
  }

  #stored(): Pending[] {
    const text = this.#options.storage?.getItem(this.#place);
    return text ? (JSON.parse(text) as Pending[]) : [];
  }

  #keep(): void {
    this.#options.storage?.setItem(this.#place, JSON.stringify(this.#pending));
  }
}
