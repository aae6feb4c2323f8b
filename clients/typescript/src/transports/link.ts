import type { Api } from "../api.ts";
import type { Frame } from "../types.ts";

/** What of a browser's WebSocket is used; `ws` has it too. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

export type SocketClass = new (url: string) => Socket;

export interface SocketOptions {
  /** Such as `wss://live.example/live`. */
  liveUrl: string;
  socket: SocketClass;
  /** How often the other side is asked whether it is there, and how long its answer may take. Who is silent for 25 seconds counts as gone. */
  heartbeatMs?: number;
  /** Whether the user is at the app or does something else, for those who look at their presence. */
  presence?: () => "online" | "away";
  /** How long a subscription may take. */
  answerMs?: number;
}

/** Hears of one socket. After `end`, of nothing more. */
export interface LinkListener {
  open(): void;
  frame(frame: Frame): void;
  end(why?: unknown): void;
}

/** One socket, from its ticket to its end. */
export class Link {
  readonly #options: SocketOptions;
  readonly #listener: LinkListener;
  readonly #closed = new AbortController();
  #socket: Socket | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #isOpen = false;
  #heard = true;

  constructor(api: Api, options: SocketOptions, listener: LinkListener) {
    this.#options = options;
    this.#listener = listener;
    this.#open(api).catch((error: unknown) => this.#end(error));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** False where the socket is not open, and nothing was sent. */
  send(frame: object): boolean {
    if (this.#isOpen) this.#socket?.send(JSON.stringify(frame));
    return this.#isOpen;
  }

  /** Says that the user is there, or away. */
  ping(): void {
    const { presence } = this.#options;
    this.send({ action: "ping", ...(presence && { presence: presence() }) });
  }

  close(): void {
    this.#closed.abort();
    this.#isOpen = false;
    clearInterval(this.#heartbeat);
    const socket = this.#socket;
    if (!socket) return;
    [socket.onopen, socket.onmessage, socket.onclose] = [null, null, null];
    // `ws` tells of a socket that is closed before it was open; nobody needs to know.
    socket.onerror = () => undefined;
    socket.close();
  }

  async #open(api: Api): Promise<void> {
    const { ticket } = await api.post<{ ticket: string }>("/v1/realtime/tickets", {}, { signal: this.#closed.signal });
    if (this.#closed.signal.aborted) return;
    const socket = new this.#options.socket(`${this.#options.liveUrl}?ticket=${encodeURIComponent(ticket)}`);
    this.#socket = socket;
    this.#heartbeat = setInterval(() => this.#beat(), this.#options.heartbeatMs ?? 10_000);
    socket.onopen = () => {
      this.#isOpen = true;
      this.ping();
      this.#listener.open();
    };
    socket.onmessage = (message: { data: unknown }) => {
      this.#heard = true;
      this.#take(String(message.data));
    };
    const over = () => this.#end(this.#isOpen ? undefined : new Error("the socket could not be opened"));
    [socket.onerror, socket.onclose] = [over, over];
  }

  #beat(): void {
    if (!this.#heard) return this.#end(new Error("the other side of the socket is silent"));
    this.#heard = false;
    this.ping();
  }

  #take(text: string): void {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      return this.#end(new Error("the socket brought what is no frame"));
    }
    if (typeof frame === "object" && frame !== null && "type" in frame) this.#listener.frame(frame as Frame);
  }

  #end(why?: unknown): void {
    if (this.#closed.signal.aborted) return;
    this.close();
    this.#listener.end(why);
  }
}
