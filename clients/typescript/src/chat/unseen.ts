import type { RoomEvent } from "../types.ts";

/** Counts what a user has not read of a room as the server does: everything that happened there, but for what they did themselves. */
export class Unseen {
  readonly #userId: string;
  /** As of a place, and what others did after it. */
  #counted = { unread: 0, seq: 0 };
  #news: number[] = [];

  constructor(userId: string) {
    this.#userId = userId;
  }

  get count(): number {
    return this.#counted.unread + this.#news.length;
  }

  event({ seq, data }: RoomEvent): void {
    if (seq > this.#counted.seq && data.user_id !== this.#userId) this.#news.push(seq);
  }

  /** The server has counted. An answer that was overtaken says more than the one that overtook it: what is read stays read. */
  counted({ unread, seq }: { unread: number; seq: number }): void {
    if (seq < this.#counted.seq || (seq === this.#counted.seq && unread > this.#counted.unread)) return;
    this.#begin(unread, seq);
  }

  /** False where only the server can count what is left. */
  read(seq: number): boolean {
    if (seq < this.#counted.seq) return this.#counted.unread === 0;
    this.#begin(0, seq);
    return true;
  }

  #begin(unread: number, seq: number): void {
    this.#counted = { unread, seq };
    this.#news = this.#news.filter((news) => news > seq);
  }
}
