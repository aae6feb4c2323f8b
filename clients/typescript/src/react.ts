import { createContext, createElement, type ReactNode, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Kamai, View } from "./kamai.ts";
import { Problem } from "./problem.ts";
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
  const kamai = useKamai();
  const subscribe = useCallback((changed: () => void) => kamai.subscribe(changed), [kamai]);
  return useSyncExternalStore(subscribe, () => select(kamai.view), () => select(kamai.view));
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
