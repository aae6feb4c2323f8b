export interface Backoff {
  baseMs: number;
  maxMs: number;
  random: () => number;
}

export const usual: Backoff = { baseMs: 500, maxMs: 30_000, random: Math.random };

/** How long to wait before try number `failures`, from 1: exponential, with full jitter, so that those who were cut together do not come back together. */
export function pauseMs(failures: number, { baseMs, maxMs, random }: Backoff): number {
  return random() * Math.min(maxMs, baseMs * 2 ** Math.min(failures, 20));
}

/** Ends early, without an error, when the signal does. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
