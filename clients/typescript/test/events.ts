import type { FeedEvent, Message, Room, RoomEvent } from "../src/types.ts";

/** An event of Asha's feed. */
export function event(seq: number, prev_seq = seq - 1): FeedEvent {
  return {
    ...place(`user:usr_asha`, seq, prev_seq),
    event: "transfer.received",
    data: {
      ...{ account_id: "acc_asha", currency: "INR", balance_amount: seq, held_amount: 0, available_amount: seq },
      ...{ transaction_id: `trf_${seq}`, amount: 1, status: "posted", direction: "in", progress_percent: 100 },
    },
  };
}

/** What Ravi, or whoever is said, has written in the room of Asha and Ravi. */
export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    ...{ id: `msg_${seq}`, room_id: "room_1", user_id: "usr_ravi", client_id: `c${seq}`, seq, text: `line ${seq}` },
    ...{ posted_at: "2026-11-21T06:00:00Z", ...change },
  };
}

export function posted(seq: number, change: Partial<Message> = {}): RoomEvent {
  return told("message.posted", seq, message(seq, change));
}

export function told(event: `message.${"posted" | "edited" | "deleted" | "updated"}`, seq: number, data: Message): RoomEvent {
  return { ...place("room:room_1", seq, seq - 1), event, data };
}

export function room(seq: number, change: Partial<Room> = {}): Room {
  const member = (user_id: string) => ({ user_id, role: "member" as const, delivered_through_seq: 0, read_through_seq: 0 });
  return {
    ...{ id: "room_1", channel: "room:room_1", type: "direct", open: false, keeps_s: 31_536_000, created_at: "2026-11-21T06:00:00Z" },
    ...{ members: [member("usr_asha"), member("usr_ravi")], seq, unread: 0, ...change },
  };
}

function place(channel: string, seq: number, prev_seq: number) {
  const times = { at: "2026-11-21T06:00:00Z", expires_at: "2026-11-28T06:00:00Z" };
  return { type: "event" as const, channel, seq, prev_seq, id: `evt_${channel}_${seq}`, priority: "normal" as const, ...times };
}
