/** So long it holds that somebody types. */
const HOLDS_MS = 5_000;
/** The server tells the others once within so long. */
const SAID_EACH_MS = 3_000;

/** Who types in a room, and that one does so oneself. */
export class Typing {
  readonly #until = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: (users: readonly string[]) => void;
  #saidAt = -Infinity;

  constructor(changed: (users: readonly string[]) => void) {
    this.#changed = changed;
  }

  /** Whether it is to be said now; not again before the others would be told. */
  says(now = Date.now()): boolean {
    const isDue = now - this.#saidAt >= SAID_EACH_MS;
    if (isDue) this.#saidAt = now;
    return isDue;
  }

  /** The message has gone out: the next is typed anew. */
  sent(): void {
    this.#saidAt = -Infinity;
  }

  began(user: string): void {
    clearTimeout(this.#until.get(user));
    this.#until.set(user, setTimeout(() => this.ended(user), HOLDS_MS));
    this.#tell();
  }

  ended(user: string): void {
    clearTimeout(this.#until.get(user));
    if (this.#until.delete(user)) this.#tell();
  }

  /** Nobody is seen any more. */
  clear(): void {
    for (const timer of this.#until.values()) clearTimeout(timer);
    if (this.#until.size > 0) this.#changed([]);
    this.#until.clear();
  }

  #tell(): void {
    this.#changed([...this.#until.keys()]);
  }
}
