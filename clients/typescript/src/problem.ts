/** A refusal of the API, as RFC 9457 has it. */
export class Problem extends Error {
  readonly status: number;
  /** Stable; what a program decides on. */
  readonly code: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  /** Where in the body what is wrong. */
  readonly errors: { pointer: string; detail: string }[];

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body["detail"] === "string" ? body["detail"] : `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = typeof body["code"] === "string" ? body["code"] : `http_${status}`;
    this.retryable = typeof body["retryable"] === "boolean" ? body["retryable"] : status >= 500 || status === 429;
    this.requestId = typeof body["request_id"] === "string" ? body["request_id"] : undefined;
    this.errors = Array.isArray(body["errors"]) ? body["errors"] : [];
  }

  static async of(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => ({}));
    return new Problem(response.status, typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {});
  }
}
