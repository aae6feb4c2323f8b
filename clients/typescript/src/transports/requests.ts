/** How long a request for events is held open where there are none yet. The server allows no more. */
export const WAIT_S = 20;

/** Where a channel's events after a place are asked for. */
export function eventsPath(channel: string, afterSeq: number, waitS: number): string {
  return `/v1/events?${new URLSearchParams({ channel, after_seq: String(afterSeq), wait: String(waitS) })}`;
}
