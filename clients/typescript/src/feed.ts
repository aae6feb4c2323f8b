/** The place in a channel, and the promise that no event is shown twice or left out. */
export class Feed {
  #seq: number;

  constructor(seq = 0) {
    this.#seq = seq;
  }

  /** The last place that was taken. */
  get seq(): number {
    return this.#seq;
  }

  /** `new` is to be shown, once; at a `gap` one before it is missing, and it is not taken. */
  take(event: { seq: number; prev_seq: number }): "new" | "known" | "gap" {
    if (event.seq <= this.#seq) return "known";
    // Narrow channels have holes by design: only what came before on the same channel must be there.
    if (event.prev_seq > this.#seq) return "gap";
    this.#seq = event.seq;
    return "new";
  }

  /** Nothing is missing up to here. */
  reached(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
  }
}
