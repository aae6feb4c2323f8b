import type { Message } from "../types.ts";

/** Puts a message where it belongs in a room: in its place if it is not there yet, and else instead of what it was. */
export function withMessage(messages: readonly Message[], message: Message, from: "event" | "answer"): readonly Message[] {
  const at = messages.findLastIndex((other) => other.seq <= message.seq);
  const known = messages[at];
  if (known?.seq !== message.seq) return [...messages.slice(0, at + 1), message, ...messages.slice(at + 1)];
  return [...messages.slice(0, at), later(known, message, from), ...messages.slice(at + 1)];
}

/**
 * An answer may be overtaken by the events that came after it, and an event by an answer. A deletion is the
 * last, an edit is later than those before it, and what a transfer has become comes with an event.
 */
function later(known: Message, come: Message, from: "event" | "answer"): Message {
  if (known.deleted_at) return known;
  if (come.deleted_at) return come;
  const [before, after] = [known, come].map(({ edited_at, posted_at }) => Date.parse(edited_at ?? posted_at)) as [number, number];
  if (before === after) return from === "event" ? come : known;
  return after > before ? come : known;
}
