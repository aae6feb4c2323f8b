import type { Api } from "../api.ts";
import { type Backoff, pauseMs, sleep, usual } from "../backoff.ts";
import { Connection } from "../connection.ts";
import { Shared } from "../observed.ts";
import type { Outbox } from "../outbox.ts";
import { Problem } from "../problem.ts";
import type { Transport } from "../transports/transport.ts";
import type { ChannelFrame, Message, Page, Places, Room, RoomEvent, Seat } from "../types.ts";
import { withMessage } from "./messages.ts";
import { placeOf, withPlaces } from "./places.ts";
import { Receipts } from "./receipts.ts";
import { Typing } from "./typing.ts";
import { Unseen } from "./unseen.ts";
import { type ChatView, closed, pendingIn } from "./view.ts";

export interface ChatOptions {
  api: Api;
  /** Of messages alone: what is refused stays in it. */
  outbox: Outbox;
  roomId: string;
  userId: string;
  transports: Transport[];
  /** Over the socket, where there is one. */
  send: (frame: object) => boolean;
  backoff?: Backoff | undefined;
}

/** How many messages are read at once. */
const PAGE = 50;

/** What is written in a room, as it happens, and a way to write there. Read while somebody looks at it. */
export class Chat extends Shared<ChatView> {
  readonly #options: ChatOptions;
  readonly #path: string;
  readonly #receipts: Receipts;
  readonly #typing: Typing;
  readonly #unseen: Unseen;
  #connection: Connection<`room:${string}`> | undefined;
  /** Until where it was read when it was last looked at; from there on it is read again. */
  #seq: number | undefined;
  #cursor: string | undefined;
  #older: Promise<void> | undefined;
  #closed = new AbortController();

  constructor(options: ChatOptions) {
    const { api, outbox, roomId, userId, send, backoff } = options;
    super(closed);
    this.#options = options;
    this.#path = `/v1/rooms/${roomId}`;
    this.#unseen = new Unseen(userId);
    this.#typing = new Typing((typing) => this.change({ typing }));
    this.#receipts = new Receipts({ api, roomId, send, backoff, onAnswer: (seat) => this.#answered(seat) });
    this.#show(this.view.messages);
    outbox.subscribe(() => this.#show(this.view.messages));
    outbox.onSettled(({ path }, outcome) => {
      if (path === this.#messagesPath && "answer" in outcome) this.#put(outcome.answer as Message, "answer");
    });
  }

  /** Writes. It is pending at once, sent when there is a network, and posted once; answers the writer's own name for it. */
  send(text: string, { transferId }: { transferId?: string } = {}): string {
    this.#typing.sent();
    const transfer = transferId === undefined ? {} : { transfer_id: transferId };
    return this.#options.outbox.give(this.#messagesPath, (client_id) => ({ client_id, text, ...transfer }));
  }

  /** Sends what was refused again. */
  retry(clientId: string): void {
    this.#options.outbox.retry(clientId);
  }

  /** Gives up what was refused. */
  discard(clientId: string): void {
    this.#options.outbox.discard(clientId);
  }

  /** Rejects with a {@link Problem} where it may not be. */
  async edit(messageId: string, text: string): Promise<void> {
    this.#put(await this.#options.api.post<Message>(`${this.#messagesPath}/${messageId}/edit`, { text }), "answer");
  }

  async delete(messageId: string): Promise<void> {
    this.#put(await this.#options.api.post<Message>(`${this.#messagesPath}/${messageId}/delete`, undefined), "answer");
  }

  /** To those who run this. */
  async report(messageId: string, reason: string): Promise<void> {
    await this.#options.api.post(`${this.#messagesPath}/${messageId}/report`, { reason });
  }

  /** Reads a page of what was written before. */
  older(): Promise<void> {
    this.#older ??= this.#readOlder().finally(() => (this.#older = undefined));
    return this.#older;
  }

  /** To be called with each key stroke: the others are told as often as it is of use. */
  typing(): void {
    if (this.#typing.says()) this.#options.send({ action: "typing", channel: `room:${this.#options.roomId}` });
  }

  /** The user has seen what there is, or what there is up to a place. */
  read(throughSeq = Infinity): void {
    const seq = Math.min(throughSeq, this.#connection?.seq ?? this.#seq ?? 0);
    this.#receipts.mark({ read: seq });
    this.#unseen.read(seq);
    this.change({ unread: this.#unseen.count });
  }

  /** The network is back: nobody waits for the next try. */
  online(): void {
    if (this.#connection) this.#connection.retry();
    else if (this.isOpen) this.begin();
  }

  /** For all who look. */
  async close(): Promise<void> {
    await this.end();
  }

  protected begin(): void {
    this.#closed.abort();
    this.#closed = new AbortController();
    void this.#run(this.#closed.signal);
  }

  protected async end(): Promise<void> {
    this.#closed.abort();
    this.#receipts.close();
    this.#typing.clear();
    const connection = this.#connection;
    this.#seq = connection?.seq ?? this.#seq;
    this.#connection = undefined;
    this.change({ connection: "closed" });
    await connection?.close();
  }

  get #messagesPath(): string {
    return `${this.#path}/messages`;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      this.change({ connection: "connecting" });
      try {
        await this.#load(signal);
        return this.#follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Problem && !error.retryable) return this.change({ connection: "denied" });
        this.change({ connection: "waiting" });
        await sleep(pauseMs(failures, this.#options.backoff ?? usual), signal);
      }
    }
  }

  /** Where the room stands, then what was written in it: whatever comes in between is read from the place of the first. */
  async #load(signal: AbortSignal): Promise<void> {
    const room = await this.#options.api.get<Room>(this.#path, signal);
    if (this.#seq === undefined) {
      await this.#page(undefined, signal);
      if (signal.aborted) return;
      this.#seq = room.seq;
    }
    this.#took(room);
  }

  #follow(signal: AbortSignal): void {
    const { roomId, transports, backoff } = this.#options;
    if (signal.aborted || this.#seq === undefined) return;
    let isFresh = true;
    const connection = new Connection({
      channel: `room:${roomId}`,
      transports,
      seq: this.#seq,
      onEvent: (event) => this.#event(event),
      onFrame: (frame) => this.#frame(frame),
      onState: (state, transport) => {
        if (signal.aborted) return;
        this.change({ connection: state, transport });
        if (state !== "live") return;
        this.#receipts.mark({ delivered: connection.seq });
        this.#receipts.open();
        // What a socket tells beside the events was not told to who was away.
        if (!isFresh) void this.#refresh(signal);
        isFresh = false;
      },
      backoff,
    });
    this.#connection = connection;
    connection.open();
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    try {
      this.#took(await this.#options.api.get<Room>(this.#path, signal));
    } catch {
      // The connection says what is wrong, and it is asked again when that is over.
      return;
    }
  }

  async #readOlder(): Promise<void> {
    const { signal } = this.#closed;
    if (this.#cursor === undefined || signal.aborted) return;
    await this.#page(this.#cursor, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  async #page(cursor: string | undefined, signal: AbortSignal): Promise<void> {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor !== undefined && { cursor }) });
    const page = await this.#options.api.get<Page<Message>>(`${this.#messagesPath}?${query}`, signal);
    if (signal.aborted) return;
    this.#cursor = page.next_cursor ?? undefined;
    const messages = page.items.reduce((all, message) => withMessage(all, message, "answer"), this.view.messages);
    this.#show(messages);
    this.change({ hasOlder: this.#cursor !== undefined });
  }

  #event(event: RoomEvent): void {
    this.#unseen.event(event);
    this.change({ unread: this.#unseen.count });
    if (event.event === "member.joined" || event.event === "member.left") {
      void this.#refresh(this.#closed.signal);
    } else {
      if (event.event === "message.posted") this.#typing.ended(event.data.user_id);
      this.#put(event.data, "event");
    }
    if (this.view.connection === "live") this.#receipts.mark({ delivered: event.seq });
  }

  #frame(frame: ChannelFrame): void {
    if (frame.type === "typing") this.#typing.began(frame.data.user_id);
    if (frame.type !== "receipt") return;
    const { user_id, read_through_seq } = frame.data;
    const before = placeOf(this.view.room, user_id)?.read_through_seq ?? 0;
    this.#reached(frame.data);
    if (user_id !== this.#options.userId) return;
    this.#receipts.known(frame.data);
    if (read_through_seq <= before) return;
    // Read here, or on another device.
    if (this.#unseen.read(read_through_seq)) this.change({ unread: this.#unseen.count });
    else void this.#refresh(this.#closed.signal);
  }

  #put(message: Message, from: "event" | "answer"): void {
    this.#show(withMessage(this.view.messages, message, from));
  }

  #show(messages: readonly Message[]): void {
    const { outbox, userId } = this.#options;
    this.change({ messages, pending: pendingIn(outbox, this.#messagesPath, userId, messages) });
  }

  #took(room: Room): void {
    const merged = withPlaces(room, this.view.room?.members ?? []);
    const own = placeOf(merged, this.#options.userId);
    if (own) this.#receipts.known(own);
    this.change({ room: merged });
    this.#counted(room);
  }

  #counted(count: { unread: number; seq: number }): void {
    this.#unseen.counted(count);
    this.change({ unread: this.#unseen.count });
  }

  #answered(seat: Seat): void {
    this.#reached(seat);
    this.#counted(seat);
  }

  /** A member has got further. */
  #reached(places: Places): void {
    const { room } = this.view;
    if (room) this.change({ room: withPlaces(room, [places]) });
  }
}
