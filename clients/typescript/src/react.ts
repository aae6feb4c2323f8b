import { createContext, createElement, type ReactNode, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Chat } from "./chat/chat.ts";
import type { ChatView } from "./chat/view.ts";
import type { Kamai, View } from "./kamai.ts";
import type { Observed, Shared } from "./observed.ts";
import type { PresenceView } from "./presence.ts";
import { Problem } from "./problem.ts";
import type { Rooms, RoomsView } from "./rooms.ts";
import type { FeedEvent, Transfer, TransferRequest } from "./types.ts";

const Context = createContext<Kamai | undefined>(undefined);

/** Gives everything within it this Kamai, and tells it when the network is back. Opening and closing it is its owner's. */
export function KamaiProvider({ kamai, children }: { kamai: Kamai; children?: ReactNode }) {
  useEffect(() => {
    const online = () => kamai.online();
    globalThis.addEventListener?.("online", online);
    return () => globalThis.removeEventListener?.("online", online);
  }, [kamai]);
  return createElement(Context.Provider, { value: kamai }, children);
}

export function useKamai(): Kamai {
  const kamai = useContext(Context);
  if (!kamai) throw new Error("useKamai is used outside of a KamaiProvider");
  return kamai;
}

function useView<T>(select: (view: View) => T): T {
  return useObserved(useKamai(), select);
}

function useObserved<V extends object, T>(observed: Observed<V>, select: (view: V) => T): T {
  const subscribe = useCallback((changed: () => void) => observed.subscribe(changed), [observed]);
  return useSyncExternalStore(subscribe, () => select(observed.view), () => select(observed.view));
}

/** Looks at it while the component is there. */
function useShared<V extends object>(shared: Shared<V>): V {
  useEffect(() => shared.open(), [shared]);
  return useObserved(shared, (view) => view);
}

/** The balance as of the newest event; `undefined` until it is known. Paise. */
export function useBalance(): View["balance"] {
  return useView((view) => view.balance);
}

/** The newest transactions, as their newest event has them. */
export function useTransactions(): readonly FeedEvent[] {
  return useView((view) => view.transactions);
}

export function useUnread(): number {
  return useView((view) => view.unread);
}

export function useConnection(): View["connection"] {
  return useView((view) => view.connection);
}

/** `queued`: given, and not answered yet; it is sent until it is. */
export type TransferState =
  | { status: "idle" | "queued" }
  | { status: "sent"; transfer: Transfer; latest: FeedEvent | undefined }
  | { status: "refused"; problem: Problem };

/** Sends a transfer, and follows it. */
export function useTransfer(): [TransferState, (request: TransferRequest) => Promise<void>] {
  const kamai = useKamai();
  const [state, setState] = useState<TransferState>({ status: "idle" });
  const id = state.status === "sent" ? state.transfer.id : undefined;
  const latest = useView((view) => view.transactions.find((event) => id !== undefined && event.data.transaction_id === id));
  const send = useCallback(
    async (request: TransferRequest) => {
      setState({ status: "queued" });
      try {
        setState({ status: "sent", transfer: await kamai.transfer(request), latest: undefined });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        setState({ status: "refused", problem: error });
      }
    },
    [kamai],
  );
  return [state.status === "sent" ? { ...state, latest } : state, send];
}

/** What is written in a room, and the chat to write with: `chat.send(text)`, `chat.typing()`, `chat.read()`, `chat.older()`, … */
export function useChat(roomId: string): [ChatView, Chat] {
  const chat = useKamai().chat(roomId);
  return [useShared(chat), chat];
}

/** Whether a contact is there; `unknown` where that cannot be told. */
export function usePresence(userId: string): PresenceView {
  return useShared(useKamai().presence(userId));
}

/** The user's rooms, and a way into others: `rooms.with(phone)`, `rooms.group({ name })`, … */
export function useRooms(): [RoomsView, Rooms] {
  const { rooms } = useKamai();
  return [useShared(rooms), rooms];
}
