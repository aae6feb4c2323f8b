import { Problem } from "./problem.ts";

export interface ApiOptions {
  /** Such as `https://api.example`; without a slash at the end. */
  apiUrl: string;
  /** The access token that is good now. Called for each request, so that it may be refreshed. */
  token: () => string | Promise<string>;
  fetch?: typeof fetch;
  /** After which a request without an answer counts as failed. */
  timeoutMs?: number;
}

export interface Sending {
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** The HTTP API: JSON in, JSON out, a {@link Problem} where it says no. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.request(path, { method: "GET" }, signal)).json() as Promise<T>;
  }

  async post<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    if (sending.idempotencyKey !== undefined) headers["idempotency-key"] = sending.idempotencyKey;
    const response = await this.request(path, { method: "POST", headers, ...(body !== undefined && { body: JSON.stringify(body) }) }, sending.signal);
    return (response.status === 204 ? undefined : response.json()) as Promise<T>;
  }

  /** A request that answers well; its body is the caller's to read. */
  async request(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const { apiUrl, token, timeoutMs = 30_000 } = this.#options;
    const asked = this.#options.fetch ?? fetch;
    const headers = { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${await token()}` };
    const over = AbortSignal.timeout(timeoutMs);
    const response = await asked(apiUrl + path, { ...init, headers, signal: signal ? AbortSignal.any([signal, over]) : over });
    if (!response.ok) throw await Problem.of(response);
    return response;
  }
}
