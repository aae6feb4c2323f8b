import type { ConnectionState } from "../connection.ts";
import type { Outbox, Pending } from "../outbox.ts";
import type { TransportName } from "../transports/transport.ts";
import type { Message, Room } from "../types.ts";

export interface ChatView {
  connection: ConnectionState;
  transport: TransportName | undefined;
  /** With its members and how far each has got; `undefined` until it is known. */
  room: Room | undefined;
  /** In the order of the room, the oldest first, each as it stands. Their `text` is text, never HTML. */
  messages: readonly Message[];
  /** What this user has given and is not among them yet. */
  pending: readonly PendingMessage[];
  /** Whether there are messages before these; `older` reads them. */
  hasOlder: boolean;
  /** Who types just now; over a socket. */
  typing: readonly string[];
  unread: number;
}

/** A message that was given and is not in the room yet. */
export interface PendingMessage {
  clientId: string;
  text: string;
  transferId: string | undefined;
  /** Why it will not be, unless it is sent again or given up. */
  refusal: Pending["refusal"];
}

export const closed: ChatView = {
  connection: "closed",
  transport: undefined,
  room: undefined,
  messages: [],
  pending: [],
  hasOlder: false,
  typing: [],
  unread: 0,
};

/** What a user has given for a room, but for what is there already although its answer has not come. */
export function pendingIn(outbox: Outbox, path: string, userId: string, messages: readonly Message[]): PendingMessage[] {
  const isThere = (key: string) => messages.some(({ client_id, user_id }) => client_id === key && user_id === userId);
  const given = outbox.pending.filter((pending) => pending.path === path && !isThere(pending.key));
  return given.map(({ key, body, refusal }) => {
    // From where it was kept, it may be anything.
    const { text, transfer_id } = (body ?? {}) as { text?: unknown; transfer_id?: string };
    return { clientId: key, text: typeof text === "string" ? text : "", transferId: transfer_id, refusal };
  });
}
