import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import { namelessMemory } from './nameless-file.js';

/** What packs are put into for one process: it reads there, under a descriptor that it can write nothing through. */
export class PackMemory {
  /** The process's. */
  readonly fd: number;
  readonly #writer: number;
  #closed = false;

  private constructor(writer: number, reader: number) {
    this.#writer = writer;
    this.fd = reader;
  }

  /** Undefined where this machine has no place for a file. */
  static make(): PackMemory | undefined {
    const made = namelessMemory('pack');
    return made && new PackMemory(made.writer, made.reader);
  }

  /** Throws the system's error where there is no room. */
  write(bytes: Buffer, place: number): void {
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.#writer, bytes, at, bytes.length - at, place + at);
  }

  /** Nothing of it is needed any more. */
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
