import { Api, type ApiOptions } from "./api.ts";
import { Connection, type ConnectionOptions, type ConnectionState } from "./connection.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import { PollTransport } from "./transports/poll.ts";
import { SocketTransport, type SocketClass } from "./transports/socket.ts";
import { StreamTransport } from "./transports/stream.ts";
import type { Transport, TransportName } from "./transports/transport.ts";
import type { FeedEvent, Mark, Transfer, TransferRequest, Unread, Wallet } from "./types.ts";

export interface KamaiOptions extends ApiOptions {
  /** Such as `wss://live.example/live`. Without it the feed is read by requests alone. */
  liveUrl?: string;
  userId: string;
  /** Where there is no `WebSocket` of the platform, or another is wanted. */
  socket?: SocketClass;
  transports?: Transport[];
  backoff?: ConnectionOptions["backoff"];
  storage?: OutboxOptions["storage"];
  onSettled?: OutboxOptions["onSettled"];
  /** How many transactions are kept in view. */
  transactionsMax?: number;
}

/** What an app shows. A new object with each change, so that it can be compared. */
export interface View {
  connection: ConnectionState;
  transport: TransportName | undefined;
  /** As of the newest event; paise. */
  balance: { balanceAmount: number; heldAmount: number; availableAmount: number } | undefined;
  /** The newest event of each transaction, the newest transaction first. */
  transactions: readonly FeedEvent[];
  unread: number;
}

/** A user's Kamai: one live view of their money, and commands that are carried out once. */
export class Kamai {
  readonly api: Api;
  readonly outbox: Outbox;
  readonly #options: KamaiOptions;
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: FeedEvent) => void>();
  #connection: Connection | undefined;
  /** Of how many events up to which place it is known that they were not read. */
  #unread = { unread: 0, seq: 0 };
  #view: View = { connection: "closed", transport: undefined, balance: undefined, transactions: [], unread: 0 };

  constructor(options: KamaiOptions) {
    this.#options = options;
    this.api = new Api(options);
    const { storage, backoff, onSettled } = options;
    this.outbox = new Outbox({
      api: this.api,
      name: options.userId,
      ...(storage && { storage }),
      ...(backoff && { backoff }),
      ...(onSettled && { onSettled }),
    });
  }

  get view(): View {
    return this.#view;
  }

  /** Hears of each change of the view. Answers how to hear no more. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears of each event, once and in order. Answers how to hear no more. */
  onEvent(listener: (event: FeedEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Reads where the user stands, then follows the feed from there, until {@link close}. */
  async open(): Promise<void> {
    if (this.#connection) return;
    const [wallet, unread] = await Promise.all([this.api.get<Wallet>("/v1/wallet"), this.api.get<Unread>("/v1/notifications/unread")]);
    this.#unread = unread;
    this.#change({
      balance: { balanceAmount: wallet.balance_amount, heldAmount: wallet.held_amount, availableAmount: wallet.available_amount },
      unread: unread.unread,
    });
    const { backoff, userId } = this.#options;
    this.#connection = new Connection({
      channel: `user:${userId}`,
      transports: this.#options.transports ?? this.#transports(),
      // The wallet's version is the place of the newest event: what comes after it is news.
      seq: wallet.version,
      onEvent: (event) => this.#take(event),
      onRead: (unread) => this.#read(unread),
      onState: (connection, transport) => {
        if (connection === "live") this.outbox.flush();
        this.#change({ connection, transport });
      },
      ...(backoff && { backoff }),
    });
    this.#connection.open();
    this.outbox.flush();
  }

  /** The network is back: nobody waits for the next try. */
  online(): void {
    this.#connection?.retry();
    this.outbox.flush();
  }

  async close(): Promise<void> {
    await Promise.all([this.#connection?.close(), this.outbox.close()]);
  }

  /** Sends money, once, also where the network fails in between or the page is loaded anew. */
  transfer(request: TransferRequest): Promise<Transfer> {
    return this.outbox.send<Transfer>("/v1/transfers", request);
  }

  /** Without a mark, everything that there is now. */
  async markRead(mark?: Mark): Promise<void> {
    this.#read(await this.api.post<Unread>("/v1/notifications/read", mark));
  }

  #transports(): Transport[] {
    const { liveUrl } = this.#options;
    const socket = this.#options.socket ?? (globalThis.WebSocket as SocketClass | undefined);
    const byRequests = [new StreamTransport(this.api), new PollTransport(this.api)];
    return liveUrl && socket ? [new SocketTransport(this.api, { liveUrl, socket }), ...byRequests] : byRequests;
  }

  #take(event: FeedEvent): void {
    const { data } = event;
    const balance = { balanceAmount: data.balance_amount, heldAmount: data.held_amount, availableAmount: data.available_amount };
    const others = this.#view.transactions.filter((other) => other.data.transaction_id !== data.transaction_id);
    const transactions = data.transaction_id ? [event, ...others].slice(0, this.#options.transactionsMax ?? 100) : this.#view.transactions;
    this.#change({ balance, transactions, unread: this.#unreadAt(event.seq) });
    for (const listener of this.#eventListeners) listener(event);
  }

  #read(unread: Unread): void {
    // An answer that was overtaken says less than the one that overtook it: what is read stays read.
    const { seq, unread: least } = this.#unread;
    if (unread.seq < seq || (unread.seq === seq && unread.unread > least)) return;
    this.#unread = unread;
    this.#change({ unread: this.#unreadAt(this.#connection?.seq ?? unread.seq) });
  }

  #unreadAt(seq: number): number {
    return this.#unread.unread + Math.max(0, seq - this.#unread.seq);
  }

  #change(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
