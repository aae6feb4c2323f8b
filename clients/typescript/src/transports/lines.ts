/** The lines of a body, as they come, however it is cut into pieces. What has no line end was cut off and is left. */
export class Lines implements AsyncIterable<string> {
  readonly #body: ReadableStream<Uint8Array>;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#body = body;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const [reader, decoder] = [this.#body.getReader(), new TextDecoder()];
    let left = "";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const parts = (left + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
        left = parts.pop() ?? "";
        yield* parts;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
}
