import type { Writable } from 'node:stream';

/** Standard output, which the reader may close at any time (`| head`): then there is nothing more to say to it. */
export class Output {
  readonly #stream: Writable;
  #closed = false;
  #fault: Error | undefined;
  #onChange: () => void = () => {};

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE') this.#fault = error;
      this.#onChange();
    });
    stream.on('drain', () => this.#onChange());
  }

  /** False once nobody reads any more. Rejects when writing failed for another reason, as a full disk. */
  async write(piece: string | Uint8Array): Promise<boolean> {
    if (!this.#closed && piece.length > 0 && !this.#stream.write(piece)) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    // An error of this very write shows only in the next turn.
    await new Promise(setImmediate);
    if (this.#fault !== undefined) throw this.#fault;
    return !this.#closed;
  }
}
