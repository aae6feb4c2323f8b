import type { Api } from "./api.ts";
import { Shared } from "./observed.ts";
import type { GroupRequest, Page, Room } from "./types.ts";

export interface RoomsView {
  /** `undefined` until they are known. */
  rooms: readonly Room[] | undefined;
}

/**
 * The rooms that a user is in, with what is unread in each. Read anew when they are brought into one, and
 * when the connection is back; what happens in a room is known of those alone that are looked at.
 */
export class Rooms extends Shared<RoomsView> {
  readonly #api: Api;

  constructor(api: Api) {
    super({ rooms: undefined });
    this.#api = api;
  }

  async refresh(): Promise<void> {
    const rooms: Room[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const query: string = new URLSearchParams({ limit: "100", ...(cursor !== "" && { cursor }) }).toString();
      const page: Page<Room> = await this.#api.get(`/v1/rooms?${query}`);
      rooms.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    }
    this.change({ rooms });
  }

  /** The room of this user and another, by their id or phone. There is one, whoever opens it, however often. */
  with(person: string): Promise<Room> {
    return this.#create({ with: person });
  }

  group(group: GroupRequest): Promise<Room> {
    return this.#create(group);
  }

  /** An open group, by its id. */
  async join(roomId: string): Promise<Room> {
    const room = await this.#api.post<Room>(`/v1/rooms/${roomId}/join`, undefined);
    this.heard(room);
    return room;
  }

  async leave(roomId: string): Promise<void> {
    await this.#api.post(`/v1/rooms/${roomId}/leave`, undefined);
    this.change({ rooms: this.view.rooms?.filter(({ id }) => id !== roomId) });
  }

  /** As it is known from elsewhere. */
  heard(room: Room): void {
    const { rooms } = this.view;
    if (!rooms) return;
    const isNew = rooms.every(({ id }) => id !== room.id);
    this.change({ rooms: isNew ? [room, ...rooms] : rooms.map((known) => (known.id === room.id ? room : known)) });
  }

  /** Something has changed that this cannot know of. */
  stale(): void {
    if (this.isOpen) this.begin();
  }

  protected begin(): void {
    // Whoever is offline is told so by the connection, and this is read when it is back.
    this.refresh().catch(() => undefined);
  }

  protected async end(): Promise<void> {}

  async #create(body: object): Promise<Room> {
    const room = await this.#api.post<Room>("/v1/rooms", body, { idempotencyKey: crypto.randomUUID() });
    this.heard(room);
    return room;
  }
}
