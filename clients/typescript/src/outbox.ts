import type { Api } from "./api.ts";
import { type Backoff, pauseMs, sleep, usual } from "./backoff.ts";
import { Problem } from "./problem.ts";
import { Shelf, type Storage } from "./shelf.ts";

/** A command that was given and has no answer yet. Its key makes it one command, however often it is sent. */
export interface Pending {
  key: string;
  path: string;
  body: unknown;
  /** Why it is not sent again, unless it is wished. */
  refusal?: { code: string; detail: string };
}

export type Outcome = { answer: unknown } | { problem: Problem };

export interface OutboxOptions {
  api: Api;
  storage?: Storage | undefined;
  /** Of whom: two users of one device have two outboxes. */
  name?: string;
  backoff?: Backoff | undefined;
  newKey?: () => string;
  locks?: Pick<LockManager, "request"> | undefined;
  /** Whether what was refused stays, to be sent again or discarded. */
  keepsRefused?: boolean;
  /** What came of a command that nobody waits for: another page, or this one before a reload, had given it. */
  onSettled?: ((pending: Pending, outcome: Outcome) => void) | undefined;
}

type Waiter = { resolve: (answer: unknown) => void; reject: (problem: Problem) => void };

/** Where there are no locks, how soon it is looked again for what other pages have left. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Sends commands one after the other, in the order in which they were given, and goes on where the
 * network, the server or the page failed, under the same key.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #shelf: Shelf<Pending> | undefined;
  readonly #waiters = new Map<string, Waiter>();
  readonly #listeners = new Set<() => void>();
  readonly #settledListeners = new Set<(pending: Pending, outcome: Outcome) => void>();
  readonly #closed = new AbortController();
  #pending: readonly Pending[] = [];
  #sending: Promise<void> | undefined;
  #pause = new AbortController();
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { storage, name = "me", locks = globalThis.navigator?.locks } = options;
    if (storage) this.#shelf = new Shelf({ storage, name: `outbox/${name}`, isItem: isPending, locks });
  }

  /** A new list with each change. */
  get pending(): readonly Pending[] {
    return this.#pending;
  }

  /** Hears of each change of what is pending. Answers how to hear no more. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears what came of each command, before it is pending no more. Answers how to hear no more. */
  onSettled(listener: (pending: Pending, outcome: Outcome) => void): () => void {
    this.#settledListeners.add(listener);
    return () => this.#settledListeners.delete(listener);
  }

  /** Resolves with the answer, rejects with a {@link Problem} that trying again would not mend. */
  send<T>(path: string, body: unknown): Promise<T> {
    const key = this.#newKey();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiters.set(key, { resolve, reject }));
    this.#add({ key, path, body });
    return answer as Promise<T>;
  }

  /** For what nobody waits for; its outcome is told to those who listen. Answers its key, which is in its body too where that is made of it. */
  give(path: string, body: (key: string) => unknown): string {
    const key = this.#newKey();
    this.#add({ key, path, body: body(key) });
    return key;
  }

  /** Sends what was refused again, as the same command. */
  retry(key: string): void {
    const wished = ({ refusal: _, ...pending }: Pending): Pending => pending;
    this.#set(this.#pending.map((pending) => (pending.key === key ? wished(pending) : pending)));
    this.flush();
  }

  /** Forgets what was refused. */
  discard(key: string): void {
    this.#set(this.#pending.filter((pending) => pending.key !== key || !pending.refusal));
  }

  /** Sends what is pending, now; as when the network is back, or a page was loaded. */
  flush(): void {
    this.#pause.abort();
    this.#send();
    void this.#adopt();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#pause.abort();
    clearTimeout(this.#later);
    await this.#sending;
    await this.#shelf?.leave(this.#pending);
  }

  #newKey(): string {
    return (this.#options.newKey ?? (() => crypto.randomUUID()))();
  }

  #add(pending: Pending): void {
    // Kept before it is sent: what was sent and is not known any more could not be sent again.
    this.#set([...this.#pending, pending]);
    this.#pause.abort();
    this.#send();
  }

  #set(pending: readonly Pending[]): void {
    this.#pending = pending;
    this.#shelf?.keep(pending);
    for (const listener of this.#listeners) listener();
  }

  async #adopt(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const isLater = await this.#shelf?.adopt((left) => {
      const isNew = ({ key }: Pending) => this.#pending.every((known) => known.key !== key);
      this.#set([...this.#pending, ...left.filter(isNew)]);
      this.#send();
    });
    clearTimeout(this.#later);
    if (isLater && !this.#closed.signal.aborted) this.#later = setTimeout(() => void this.#adopt(), LOOK_AGAIN_MS);
  }

  #send(): void {
    this.#sending ??= this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    // What is begun here is known before it ends.
    await undefined;
    try {
      let failures = 0;
      for (let next = this.#next(); next && !this.#closed.signal.aborted; next = this.#next()) {
        const outcome = await this.#try(next);
        if (outcome) this.#settle(next, outcome);
        failures = outcome ? 0 : failures + 1;
        if (failures > 0) await this.#rest(failures);
      }
    } finally {
      // At once after the last look for what is next: what is given from here on begins anew.
      this.#sending = undefined;
    }
  }

  async #rest(failures: number): Promise<void> {
    // Says that this page is there.
    this.#shelf?.keep(this.#pending);
    this.#pause = new AbortController();
    if (!this.#closed.signal.aborted) await sleep(pauseMs(failures, this.#options.backoff ?? usual), this.#pause.signal);
  }

  #next(): Pending | undefined {
    return this.#pending.find(({ refusal }) => !refusal);
  }

  /** Nothing where it is to be tried again. */
  async #try({ key, path, body }: Pending): Promise<Outcome | undefined> {
    try {
      return { answer: await this.#options.api.post(path, body, { idempotencyKey: key, signal: this.#closed.signal }) };
    } catch (error) {
      // The token is good again once the user has logged in; the command is not the less wanted.
      return error instanceof Problem && !error.retryable && error.status !== 401 ? { problem: error } : undefined;
    }
  }

  #settle(pending: Pending, outcome: Outcome): void {
    for (const listener of this.#settledListeners) listener(pending, outcome);
    const others = this.#pending.filter(({ key }) => key !== pending.key);
    const waiter = this.#waiters.get(pending.key);
    this.#waiters.delete(pending.key);
    if ("problem" in outcome && this.#options.keepsRefused && !waiter) {
      const { code, message } = outcome.problem;
      const refused = { ...pending, refusal: { code, detail: message } };
      return this.#set(this.#pending.map((other) => (other.key === pending.key ? refused : other)));
    }
    this.#set(others);
    if (!waiter) this.#options.onSettled?.(pending, outcome);
    else if ("answer" in outcome) waiter.resolve(outcome.answer);
    else waiter.reject(outcome.problem);
  }
}

/** Others write to where it is kept: what is no path could be put behind the API's host to make another, and the token be sent there. */
function isPending(item: unknown): item is Pending {
  if (typeof item !== "object" || item === null || !("key" in item) || !("path" in item)) return false;
  return typeof item.key === "string" && typeof item.path === "string" && item.path.startsWith("/");
}
