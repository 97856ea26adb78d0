import type { Writable } from 'node:stream';
import { jsonLine } from '../core/ground/json-line.js';
import { terminalOutput } from '../core/ground/terminal-text.js';

/**
 * Standard output, which the reader may close at any time (`| head`): then there is nothing more to say to it. Whatever is
 * written goes through the escaper of its medium here, or has gone through it (`piece`).
 */
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

  /** For people. `styled`: with our own colours and weights in it. */
  text(text: string, styled = false): Promise<boolean> {
    return this.piece(terminalOutput(text, styled));
  }

  /** For programs: one value on one line. */
  json(value: unknown): Promise<boolean> {
    return this.piece(jsonLine(value));
  }

  /**
   * Rows of a table, lines of JSON, a page or bytes. False once nobody reads any more. Rejects when writing failed for
   * another reason, as a full disk.
   */
  async piece(piece: string | Uint8Array): Promise<boolean> {
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
