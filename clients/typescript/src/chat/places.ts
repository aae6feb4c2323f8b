import type { Places, Room } from "../types.ts";

/** A room with what a member has reached since. A place never goes back: an answer that was overtaken says less. */
export function withPlaces(room: Room, places: readonly Places[]): Room {
  const members = room.members.map((member) => {
    const known = places.find(({ user_id }) => user_id === member.user_id) ?? member;
    const delivered_through_seq = Math.max(member.delivered_through_seq, known.delivered_through_seq);
    return { ...member, delivered_through_seq, read_through_seq: Math.max(member.read_through_seq, known.read_through_seq) };
  });
  return { ...room, members };
}

export function placeOf(room: Room | undefined, userId: string): Places | undefined {
  return room?.members.find(({ user_id }) => user_id === userId);
}
