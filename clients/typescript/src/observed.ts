/** Something that is shown. Its view is a new object with each change, so that it can be compared. */
export class Observed<View extends object> {
  #view: View;
  readonly #listeners = new Set<() => void>();

  constructor(view: View) {
    this.#view = view;
  }

  get view(): View {
    return this.#view;
  }

  /** Hears of each change of the view. Answers how to hear no more. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected change(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Something that is read for as long as somebody looks at it. */
export abstract class Shared<View extends object> extends Observed<View> {
  #lookers = 0;

  /** Begins to look. Answers how to look no more. */
  open(): () => void {
    this.#lookers += 1;
    if (this.#lookers === 1) this.begin();
    let looks = true;
    return () => {
      if (looks) this.#lookers -= 1;
      if (looks && this.#lookers === 0) void this.end();
      looks = false;
    };
  }

  get isOpen(): boolean {
    return this.#lookers > 0;
  }

  protected abstract begin(): void;
  protected abstract end(): Promise<void>;
}
