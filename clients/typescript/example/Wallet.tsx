import type { FormEvent } from "react";
import { useBalance, useConnection, useKamai, useTransactions, useTransfer, useUnread } from "../src/react.ts";
import type { FeedEvent } from "../src/index.ts";

const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR" });
/** Only to be shown: money is counted in paise. */
const shown = (paise: number) => rupees.format(paise / 100);

const WORDS: Record<string, string> = { live: "Live", connecting: "Connecting …", waiting: "Offline; trying again", denied: "Logged out", closed: "" };

/** The balance as it moves, what moved it, and a way to send money. */
export function Wallet() {
  const [kamai, balance, unread, connection] = [useKamai(), useBalance(), useUnread(), useConnection()];
  return (
    <>
      <header>
        <h1>Kamai</h1>
        <span className="quiet" role="status">
          {WORDS[connection]}
        </span>
      </header>
      <p className="balance" aria-live="polite">
        {balance ? shown(balance.availableAmount) : "…"}
      </p>
      {balance && balance.heldAmount > 0 && <p className="quiet">{shown(balance.heldAmount)} more is on its way out</p>}
      <Send />
      <header>
        <h2>Latest</h2>
        {unread > 0 && <button onClick={() => void kamai.markRead()}>{unread} new</button>}
      </header>
      <Latest />
    </>
  );
}

function Latest() {
  const transactions = useTransactions();
  if (transactions.length === 0) return <p className="quiet">What comes in or goes out from now on shows here.</p>;
  return (
    <ol>
      {transactions.map((event) => (
        <li key={event.data.transaction_id}>
          <span>
            {what(event)}
            <br />
            <small className="quiet">{new Date(event.at).toLocaleTimeString("en-IN")}</small>
          </span>
          <span>{event.data.amount == null ? "" : `${event.data.direction === "out" ? "−" : "+"}${shown(event.data.amount)}`}</span>
        </li>
      ))}
    </ol>
  );
}

function what({ event, data }: FeedEvent): string {
  const words = event.replace(".", " ");
  return [words.charAt(0).toUpperCase() + words.slice(1), data.note].filter(Boolean).join(": ");
}

function Send() {
  const [state, send] = useTransfer();
  const submit = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget);
    const amount = Math.round(Number(form.get("amount")) * 100);
    void send({ to: { type: "phone", phone: String(form.get("phone")).trim() }, amount, currency: "INR" });
  };
  return (
    <form onSubmit={submit}>
      <label>
        Send to
        <input name="phone" type="tel" placeholder="+919812345678" required />
      </label>
      <label>
        Rupees
        <input name="amount" type="number" min="0.01" step="0.01" required />
      </label>
      <button disabled={state.status === "queued"}>{state.status === "queued" ? "Sending …" : "Send"}</button>
      {state.status === "sent" && <p role="status">Sent {shown(state.transfer.amount)}.</p>}
      {state.status === "refused" && <p role="alert">{state.problem.message}</p>}
    </form>
  );
}
