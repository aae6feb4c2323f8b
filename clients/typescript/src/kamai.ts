import { Api, type ApiOptions } from "./api.ts";
import { Chat } from "./chat/chat.ts";
import { Connection, type ConnectionOptions, type ConnectionState } from "./connection.ts";
import { Observed } from "./observed.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import { Presence } from "./presence.ts";
import { Rooms } from "./rooms.ts";
import type { SocketClass, SocketOptions } from "./transports/link.ts";
import { PollTransport } from "./transports/poll.ts";
import { SocketTransport } from "./transports/socket.ts";
import { StreamTransport } from "./transports/stream.ts";
import type { Transport, TransportName } from "./transports/transport.ts";
import type { ChannelFrame, FeedEvent, Mark, Transfer, TransferRequest, Unread, Wallet } from "./types.ts";

export interface KamaiOptions extends ApiOptions {
  /** Such as `wss://live.example/live`. Without it everything is read by requests alone. */
  liveUrl?: string;
  userId: string;
  /** Where there is no `WebSocket` of the platform, or another is wanted. */
  socket?: SocketClass;
  /** Whether the user is at the app. Unless given, whether its page is visible. */
  presence?: SocketOptions["presence"];
  transports?: Transport[];
  backoff?: ConnectionOptions["backoff"];
  storage?: OutboxOptions["storage"];
  onSettled?: OutboxOptions["onSettled"];
  /** How many transactions are kept in view. */
  transactionsMax?: number;
}

/** What an app shows. */
export interface View {
  connection: ConnectionState;
  transport: TransportName | undefined;
  /** As of the newest event; paise. */
  balance: { balanceAmount: number; heldAmount: number; availableAmount: number } | undefined;
  /** The newest event of each transaction, the newest transaction first. */
  transactions: readonly FeedEvent[];
  unread: number;
}

/** A user's Kamai: one live view of their money, their rooms, and commands that are carried out once. All of it is read over one socket. */
export class Kamai extends Observed<View> {
  readonly api: Api;
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  readonly #options: KamaiOptions;
  readonly #transports: Transport[];
  readonly #socket: SocketTransport | undefined;
  /** Apart from the commands: neither waits for the other. */
  readonly #messages: Outbox;
  readonly #chats = new Map<string, Chat>();
  readonly #presences = new Map<string, Presence>();
  readonly #eventListeners = new Set<(event: FeedEvent) => void>();
  #connection: Connection<`user:${string}`> | undefined;
  /** Of how many events up to which place it is known that they were not read. */
  #unread = { unread: 0, seq: 0 };

  constructor(options: KamaiOptions) {
    super({ connection: "closed", transport: undefined, balance: undefined, transactions: [], unread: 0 });
    this.#options = options;
    const { storage, backoff, onSettled, userId } = options;
    this.api = new Api(options);
    this.rooms = new Rooms(this.api);
    this.#transports = options.transports ?? waysOf(this.api, options);
    this.#socket = this.#transports.find((transport) => transport instanceof SocketTransport);
    this.outbox = new Outbox({ api: this.api, storage, backoff, onSettled, name: userId });
    this.#messages = new Outbox({ api: this.api, storage, backoff, keepsRefused: true, name: `messages/${userId}` });
  }

  get userId(): string {
    return this.#options.userId;
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
    this.change({
      balance: { balanceAmount: wallet.balance_amount, heldAmount: wallet.held_amount, availableAmount: wallet.available_amount },
      unread: unread.unread,
    });
    const { userId, backoff } = this.#options;
    this.#connection = new Connection({
      channel: `user:${userId}`,
      transports: this.#transports,
      // The wallet's version is the place of the newest event: what comes after it is news.
      seq: wallet.version,
      onEvent: (event) => this.#take(event),
      onFrame: (frame) => this.#hear(frame),
      onState: (connection, transport) => {
        if (connection === "live") this.#flush();
        if (connection === "live") this.rooms.stale();
        this.change({ connection, transport });
      },
      backoff,
    });
    this.#connection.open();
    globalThis.document?.addEventListener("visibilitychange", this.#turned);
    this.#flush();
  }

  /** The network is back: nobody waits for the next try. */
  online(): void {
    // Together, so that a socket of which nobody knows yet that it is dead goes with its last reader.
    this.#connection?.retry();
    for (const reader of [...this.#chats.values(), ...this.#presences.values()]) reader.online();
    this.#flush();
  }

  async close(): Promise<void> {
    globalThis.document?.removeEventListener("visibilitychange", this.#turned);
    const readers = [this.#connection, ...this.#chats.values(), ...this.#presences.values()];
    await Promise.all([...readers, this.outbox, this.#messages].map((reader) => reader?.close()));
  }

  /** What is written in a room: the same for all who look at it. */
  chat(roomId: string): Chat {
    const known = this.#chats.get(roomId);
    if (known) return known;
    const { userId, backoff } = this.#options;
    const send = (frame: object) => this.#socket?.send(frame) ?? false;
    const chat = new Chat({ api: this.api, outbox: this.#messages, roomId, userId, transports: this.#transports, send, backoff });
    chat.subscribe(() => {
      const { room, unread } = chat.view;
      const listed = this.rooms.view.rooms?.find(({ id }) => id === roomId);
      if (room && listed && listed.unread !== unread) this.rooms.heard({ ...room, unread });
    });
    this.#chats.set(roomId, chat);
    return chat;
  }

  /** Whether a contact is there: the same for all who look at it. */
  presence(userId: string): Presence {
    const known = this.#presences.get(userId);
    if (known) return known;
    const presence = new Presence({ userId, socket: this.#socket, backoff: this.#options.backoff });
    this.#presences.set(userId, presence);
    return presence;
  }

  /** Sends money, once, also where the network fails in between or the page is loaded anew. */
  transfer(request: TransferRequest): Promise<Transfer> {
    return this.outbox.send<Transfer>("/v1/transfers", request);
  }

  /** Without a mark, everything that there is now. */
  async markRead(mark?: Mark): Promise<void> {
    this.#read(await this.api.post<Unread>("/v1/notifications/read", mark));
  }

  readonly #turned = () => this.#socket?.ping();

  #flush(): void {
    this.outbox.flush();
    this.#messages.flush();
  }

  #take(event: FeedEvent): void {
    const { data } = event;
    const balance = { balanceAmount: data.balance_amount, heldAmount: data.held_amount, availableAmount: data.available_amount };
    const others = this.view.transactions.filter((other) => other.data.transaction_id !== data.transaction_id);
    const transactions = data.transaction_id ? [event, ...others].slice(0, this.#options.transactionsMax ?? 100) : this.view.transactions;
    this.change({ balance, transactions, unread: this.#unreadAt(event.seq) });
    for (const listener of this.#eventListeners) listener(event);
  }

  #hear(frame: ChannelFrame): void {
    if (frame.type === "read") this.#read(frame.data);
    if (frame.type === "room") this.rooms.stale();
  }

  #read(unread: Unread): void {
    // An answer that was overtaken says less than the one that overtook it: what is read stays read.
    const { seq, unread: least } = this.#unread;
    if (unread.seq < seq || (unread.seq === seq && unread.unread > least)) return;
    this.#unread = unread;
    this.change({ unread: this.#unreadAt(this.#connection?.seq ?? unread.seq) });
  }

  #unreadAt(seq: number): number {
    return this.#unread.unread + Math.max(0, seq - this.#unread.seq);
  }
}

const visible = () => (globalThis.document?.visibilityState === "hidden" ? "away" : "online");

function waysOf(api: Api, options: KamaiOptions): Transport[] {
  const { liveUrl, presence = visible } = options;
  const socket = options.socket ?? (globalThis.WebSocket as SocketClass | undefined);
  const byRequests = [new StreamTransport(api), new PollTransport(api)];
  return liveUrl && socket ? [new SocketTransport(api, { liveUrl, socket, presence }), ...byRequests] : byRequests;
}
