/** Where something outlives the page. `localStorage` is one. */
export interface Storage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Where there are no locks, a page whose list was not written for so long is gone. Longer than a try and the pause after it. */
const GONE_MS = 120_000;

export interface ShelfOptions<Item> {
  storage: Storage;
  /** Of whom, and of what. */
  name: string;
  isItem: (item: unknown) => item is Item;
  /** `navigator.locks`, where there is one. */
  locks?: Pick<LockManager, "request"> | undefined;
  now?: () => number;
}

/**
 * A list for each page, so that two pages of one user never overwrite each other's. What a page that is
 * gone has left, another takes over: a page holds a lock while it lives, or, where there are no locks,
 * writes its list again and again.
 */
export class Shelf<Item> {
  readonly #options: ShelfOptions<Item>;
  readonly #own: string;
  readonly #gone = new AbortController();
  /** Until this page gives its lock back. */
  readonly #lock: Promise<unknown> | undefined;

  constructor(options: ShelfOptions<Item>) {
    this.#options = options;
    this.#own = `${this.#prefix}${crypto.randomUUID()}`;
    const held = new Promise<void>((resolve) => this.#gone.signal.addEventListener("abort", () => resolve()));
    // Where a page may hold none, as in a sandboxed frame, its list is taken over too soon, and sent twice as one.
    this.#lock = options.locks?.request(this.#own, () => held).catch(() => undefined);
  }

  /** Writes down what there is now. A storage that is full or forbidden keeps nothing, and stops nobody. */
  keep(items: readonly Item[]): void {
    const { storage } = this.#options;
    try {
      if (items.length === 0) storage.removeItem(this.#own);
      else storage.setItem(this.#own, JSON.stringify({ seen_at: this.#gone.signal.aborted ? 0 : this.#now(), items }));
    } catch {
      return;
    }
  }

  /** Gives what pages that are gone have left. It is removed there once `take` has returned. Answers whether others are to be looked at later. */
  async adopt(take: (items: Item[]) => void): Promise<boolean> {
    const { locks } = this.#options;
    let isLater = false;
    for (const place of this.#others()) {
      if (locks) await locks.request(place, { ifAvailable: true }, (lock) => void (lock && this.#move(place, take))).catch(() => undefined);
      else if (this.#now() - this.#read(place).seenAt > GONE_MS) this.#move(place, take);
      else isLater = true;
    }
    return isLater;
  }

  /** The page goes: whoever comes next takes over at once. */
  async leave(items: readonly Item[]): Promise<void> {
    this.#gone.abort();
    this.keep(items);
    await this.#lock;
  }

  get #prefix(): string {
    return `kamai/${this.#options.name}/`;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #others(): string[] {
    const { storage } = this.#options;
    try {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      return names.filter((name) => name !== null && name.startsWith(this.#prefix) && name !== this.#own) as string[];
    } catch {
      return [];
    }
  }

  #move(place: string, take: (items: Item[]) => void): void {
    const { items } = this.#read(place);
    if (items.length > 0) take(items);
    this.#options.storage.removeItem(place);
  }

  /** What cannot be read is as good as nothing. */
  #read(place: string): { seenAt: number; items: Item[] } {
    try {
      const kept: unknown = JSON.parse(this.#options.storage.getItem(place) ?? "");
      const { seen_at, items } = kept as { seen_at?: unknown; items?: unknown };
      return { seenAt: Number(seen_at) || 0, items: Array.isArray(items) ? items.filter(this.#options.isItem) : [] };
    } catch {
      return { seenAt: 0, items: [] };
    }
  }
}
