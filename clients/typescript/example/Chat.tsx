import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Message, Room } from "../src/index.ts";
import { useChat, useKamai, usePresence } from "../src/react.ts";

const WORDS = { online: "Online", away: "Away", offline: "Offline", unknown: "" };

/** One room, as it is written. Each text is a child of its element, and so is shown as text whatever is in it. */
export function Chat({ roomId }: { roomId: string }) {
  const [{ room, messages, pending, hasOlder, typing, unread }, chat] = useChat(roomId);
  const own = useKamai().userId;
  const other = room?.members.find(({ user_id }) => user_id !== own);
  const end = useRef<HTMLLIElement>(null);
  const [problem, setProblem] = useState("");
  const attempt = (work: Promise<void>) => void work.then(() => setProblem(""), (error: Error) => setProblem(error.message));
  useEffect(() => {
    if (unread > 0) chat.read();
    end.current?.scrollIntoView({ block: "nearest" });
  }, [chat, unread, messages, pending]);
  const submit = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    chat.send(String(new FormData(form).get("text")));
    form.reset();
  };
  return (
    <>
      <p className="quiet" role="status">
        {other && <Presence userId={other.user_id} />} {typing.length > 0 && "is writing …"}
      </p>
      {hasOlder && <button onClick={() => attempt(chat.older())}>Older</button>}
      <ol className="messages">
        {messages.map((message) => (
          <li key={message.client_id} className={message.user_id === own ? "own" : ""}>
            <span className="text">{message.deleted_at ? <i className="quiet">Deleted</i> : message.text}</span>
            <small className="quiet">
              {message.edited_at && "edited "}
              {message.user_id === own && mark(message, room, own)}
            </small>
            {message.user_id === own && !message.deleted_at && (
              <button className="link" onClick={() => attempt(chat.delete(message.id))}>
                Delete
              </button>
            )}
          </li>
        ))}
        {pending.map(({ clientId, text, refusal }) => (
          <li key={clientId} className="own">
            <span className="text quiet">{text}</span>
            {refusal ? <small role="alert">{refusal.detail}</small> : <small className="quiet">Sending …</small>}
            {refusal && (
              <button className="link" onClick={() => chat.discard(clientId)}>
                Discard
              </button>
            )}
          </li>
        ))}
        <li ref={end} hidden />
      </ol>
      {problem && <p role="alert">{problem}</p>}
      <form onSubmit={submit} className="row">
        <input name="text" aria-label="Message" maxLength={4_000} autoComplete="off" required onInput={() => chat.typing()} />
        <button>Write</button>
      </form>
    </>
  );
}

function Presence({ userId }: { userId: string }) {
  return WORDS[usePresence(userId).presence];
}

/** How far a message has got with all the others. */
function mark({ seq }: Message, room: Room | undefined, own: string): string {
  const others = room?.members.filter(({ user_id }) => user_id !== own) ?? [];
  if (others.every((member) => member.read_through_seq >= seq)) return "Read";
  return others.every((member) => member.delivered_through_seq >= seq) ? "Delivered" : "Sent";
}
