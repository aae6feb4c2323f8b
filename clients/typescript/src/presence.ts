import type { Backoff } from "./backoff.ts";
import { Connection } from "./connection.ts";
import { Shared } from "./observed.ts";
import type { Transport } from "./transports/transport.ts";

/** `unknown`: there is no socket to hear it over, or the user does not show it to this one. */
export interface PresenceView {
  presence: "online" | "away" | "offline" | "unknown";
  /** RFC 3339. */
  lastSeenAt: string | undefined;
}

export interface PresenceOptions {
  userId: string;
  /** Only a socket tells it. */
  socket: Transport | undefined;
  backoff?: Backoff | undefined;
}

/** Whether a contact is there. Followed while somebody looks at it. */
export class Presence extends Shared<PresenceView> {
  readonly #options: PresenceOptions;
  #connection: Connection<`presence:${string}`> | undefined;

  constructor(options: PresenceOptions) {
    super({ presence: "unknown", lastSeenAt: undefined });
    this.#options = options;
  }

  /** The network is back: nobody waits for the next try. */
  online(): void {
    this.#connection?.retry();
  }

  /** For all who look. */
  async close(): Promise<void> {
    await this.end();
  }

  protected begin(): void {
    const { userId, socket, backoff } = this.#options;
    if (!socket) return;
    const connection = new Connection({
      channel: `presence:${userId}`,
      transports: [socket],
      seq: 0,
      onEvent: () => undefined,
      onFrame: ({ type, data }) => {
        if (type === "presence") this.change({ presence: data.presence, lastSeenAt: data.last_seen_at ?? undefined });
      },
      onState: (state) => {
        if (state !== "live" && connection === this.#connection) this.change({ presence: "unknown" });
      },
      backoff,
    });
    this.#connection = connection;
    connection.open();
  }

  protected async end(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.change({ presence: "unknown" });
    await connection?.close();
  }
}
