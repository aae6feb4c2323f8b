import type { FeedEvent } from "../src/types.ts";

/** An event of Asha's feed. */
export function event(seq: number, prev_seq = seq - 1): FeedEvent {
  return {
    type: "event",
    channel: "user:usr_asha",
    seq,
    prev_seq,
    id: `evt_${seq}`,
    event: "transfer.received",
    priority: "normal",
    at: "2026-11-21T06:00:00Z",
    expires_at: "2026-11-28T06:00:00Z",
    data: { account_id: "acc_asha", currency: "INR", balance_amount: seq, held_amount: 0, available_amount: seq, transaction_id: `trf_${seq}` },
  };
}
