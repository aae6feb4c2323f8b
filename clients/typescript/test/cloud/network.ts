import WebSocket from "ws";
import type { SocketClass } from "../../src/index.ts";

/** A network that cuts what is under way, in the middle of a body too. */
export class Network {
  readonly #sockets = new Set<WebSocket>();
  #cutsNext = false;
  cuts = 0;
  isDown = false;

  cut(): void {
    this.cuts += 1;
    this.#cutsNext = true;
    for (const socket of this.#sockets) socket.terminate();
    this.#sockets.clear();
  }

  readonly fetch: typeof fetch = async (url, init) => {
    if (this.isDown) throw new TypeError("no network");
    const response = await fetch(url, init);
    if (!this.#cutsNext || !String(url).includes("/v1/events")) return response;
    this.#cutsNext = false;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return new Response(bytes.slice(0, bytes.length / 2), { status: response.status, headers: response.headers });
  };

  readonly socket: SocketClass = ((network: Network) =>
    class extends WebSocket {
      constructor(url: string) {
        super(url);
        network.add(this);
      }
    } as unknown as SocketClass)(this);

  add(socket: WebSocket): void {
    this.#sockets.add(socket);
  }
}
