import { type FormEvent, useState } from "react";
import { useKamai, useRooms } from "../src/react.ts";
import type { Room } from "../src/index.ts";
import { Chat } from "./Chat.tsx";

/** Who the user writes with, and what is written. */
export function Rooms() {
  const [{ rooms }, ways] = useRooms();
  const [chosen, setChosen] = useState<string>();
  const [problem, setProblem] = useState("");
  const name = useNames();
  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    setProblem("");
    try {
      setChosen((await ways.with(String(new FormData(form).get("phone")).trim())).id);
      form.reset();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section aria-label="Messages">
      <h2>Messages</h2>
      <form onSubmit={submit} className="row">
        <input name="phone" type="tel" aria-label="Write to" placeholder="+919812345678" required />
        <button>Open</button>
      </form>
      {problem && <p role="alert">{problem}</p>}
      <nav>
        {rooms?.map((room) => (
          <button key={room.id} aria-pressed={room.id === chosen} onClick={() => setChosen(room.id)}>
            {name(room)} {room.unread > 0 && <b>{room.unread}</b>}
          </button>
        ))}
      </nav>
      {chosen && <Chat key={chosen} roomId={chosen} />}
    </section>
  );
}

/** A group by its name; somebody by the end of their id, for want of an address book. */
function useNames(): (room: Room) => string {
  const own = useKamai().userId;
  return ({ name, members }) => name ?? `…${members.find(({ user_id }) => user_id !== own)?.user_id.slice(-4) ?? ""}`;
}
