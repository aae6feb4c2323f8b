import type { Storage } from "../src/shelf.ts";

export const at_once = { baseMs: 0, maxMs: 0, random: () => 0 };

/** What pages of one browser share. */
export class Disk implements Storage {
  readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (name: string) => this.kept.get(name) ?? null;
  setItem = (name: string, value: string) => void this.kept.set(name, value);
  removeItem = (name: string) => void this.kept.delete(name);
}

/** As `navigator.locks` gives them: one holder each, and none to wait for where that is asked. */
export class Locks {
  readonly #held = new Map<string, Promise<unknown>>();

  request = (async (name: string, ...[options, callback]: [unknown, unknown]) => {
    const run = (callback ?? options) as (lock: object | null) => unknown;
    if (this.#held.has(name) && callback && (options as LockOptions).ifAvailable) return run(null);
    const before = this.#held.get(name);
    const mine = (async () => {
      await before;
      return run({ name });
    })();
    this.#held.set(name, mine);
    const answer = await mine;
    if (this.#held.get(name) === mine) this.#held.delete(name);
    return answer;
  }) as LockManager["request"];
}
