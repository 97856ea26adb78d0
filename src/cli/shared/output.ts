import type { Writable } from 'node:stream';
import { formatJsonLine } from '../../base/json-line.js';
import { filterTerminalOutput } from '../../base/terminal-text.js';

/**
 * Writer to standard output, which the reader may close at any time (`| head`). Everything written is escaped here for
 * its medium, or was escaped before (`write`).
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

  /** Writes text for people. `styled` allows Assay's own colours and weights in it. */
  text(text: string, styled = false): Promise<boolean> {
    return this.write(filterTerminalOutput(text, styled));
  }

  /** Writes one value for programs on one line. */
  json(value: unknown): Promise<boolean> {
    return this.write(formatJsonLine(value));
  }

  /**
   * Writes rows of a table, lines of JSON, a page or bytes. Returns `false` once the reader has closed the stream.
   * Rejects if writing failed for another reason, such as a full disk.
   */
  async write(piece: string | Uint8Array): Promise<boolean> {
    if (!this.#closed && piece.length > 0 && !this.#stream.write(piece)) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    // An error of this write is emitted only in the next turn of the event loop.
    await new Promise(setImmediate);
    if (this.#fault !== undefined) throw this.#fault;
    return !this.#closed;
  }
}
