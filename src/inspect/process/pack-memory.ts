import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import { openUnlinkedPair } from '../../base/files/anonymous-file.js';

/** Memory for the packs of one process, which reads it through a read-only descriptor. */
export class PackMemory {
  /** Descriptor for the process. */
  readonly fd: number;
  readonly #writer: number;
  #closed = false;

  private constructor(writer: number, reader: number) {
    this.#writer = writer;
    this.fd = reader;
  }

  /** Returns `undefined` if this machine has no folder for such a file. */
  static make(): PackMemory | undefined {
    const made = openUnlinkedPair('pack');
    return made && new PackMemory(made.writer, made.reader);
  }

  /** Throws the system's error if there is no room. */
  write(bytes: Buffer, place: number): void {
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.#writer, bytes, at, bytes.length - at, place + at);
  }

  /** Empties the memory when its content is no longer needed. */
  wipe(): void {
    if (!this.#closed) ftruncateSync(this.#writer, 0);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#writer);
    closeSync(this.fd);
  }
}
