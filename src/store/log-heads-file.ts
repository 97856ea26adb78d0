import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { headIn } from '../core/log/checkpoint.js';
import type { Query } from './inside.js';

/** A head is far shorter; what is longer is none. */
const MOST_LINES = 16;
const MOST_LINE_CHARACTERS = 1_024;
const HEADS_AT_ONCE = 1_000;
const DASH = '\u2014 ';

/** Heads one after the other, an empty line between them. `text`: undefined of lines that are no head. */
export async function* headsInFile(path: string): AsyncGenerator<{ line: number; text: string | undefined }> {
  let [number, from] = [0, 1];
  let held: string[] = [];
  const whole = () => {
    const text = `${held.join('\n')}\n`;
    return { line: from, text: headIn(text) === undefined ? undefined : text };
  };
  for await (const line of linesOf(path)) {
    number += 1;
    if (held.length === 0) from = number;
    // The empty line within a head stands behind its body; the one behind its signatures ends it.
    const isSigned = held.at(-1)?.startsWith(DASH) === true;
    if (line === '' && (held.length === 0 || isSigned)) {
      if (held.length > 0) yield whole();
      held = [];
      continue;
    }
    // A head that was cut off, and the next one begins.
    if (isSigned && !line.startsWith(DASH)) {
      yield whole();
      held = [];
      from = number;
    }
    held.push(line);
    if (held.length > MOST_LINES) {
      yield { line: from, text: undefined };
      held = [];
    }
  }
  if (held.length > 0) yield whole();
}

/** Their beginnings: of a line without an end no more is held. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = `${begun}${chunk}`.split('\n').map((line) => line.slice(0, MOST_LINE_CHARACTERS));
    begun = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (begun !== '') yield begun;
}

/**
 * Writes every head to a file that is only added to: on another disk or machine it shows what the log was, whatever becomes of
 * the database. Each server that has such a file writes into it also what others signed.
 */
export class HeadsFile {
  readonly #query: Query;
  readonly #path: string;
  /** The largest size that is written, by the name of the log. */
  readonly #written = new Map<string, number>();
  #adding: Promise<void> = Promise.resolve();

  private constructor(query: Query, path: string) {
    this.#query = query;
    this.#path = path;
  }

  /** Reads what is there already. Rejects with what the system says where it cannot be written. */
  static async open(query: Query, path: string): Promise<HeadsFile> {
    const file = new HeadsFile(query, path);
    await (await open(path, 'a', 0o600)).close();
    for await (const { text } of headsInFile(path)) {
      const head = text === undefined ? undefined : headIn(text);
      if (head !== undefined) file.#note(head);
    }
    return file;
  }

  /** Adds what was signed since. */
  add(): Promise<void> {
    const adding = this.#adding.then(() => this.#add());
    this.#adding = adding.catch(() => undefined);
    return adding;
  }

  async #add(): Promise<void> {
    const tenants = await this.#query
      .selectFrom('log_trees')
      .select(['tenant', 'headed', 'origin'])
      .execute();
    for (const { tenant, headed, origin } of tenants) {
      const after = this.#written.get(origin ?? '') ?? 0;
      if (Number(headed) > after) await this.#addOf(tenant, after);
    }
  }

  async #addOf(tenant: string, after: number): Promise<void> {
    for (let from = after; ; ) {
      const rows = await this.#query
        .selectFrom('log_heads')
        .select(['size', 'checkpoint'])
        .where('tenant', '=', tenant)
        .where('size', '>', from)
        .orderBy('size')
        .limit(HEADS_AT_ONCE)
        .execute();
      if (rows.length === 0) return;
      const handle = await open(this.#path, 'a', 0o600);
      try {
        await write(
          handle,
          rows.map(({ checkpoint }) => checkpoint),
        );
      } finally {
        await handle.close();
      }
      for (const { checkpoint } of rows) {
        const head = headIn(checkpoint);
        if (head !== undefined) this.#note(head);
      }
      from = Number(rows.at(-1)?.size ?? from);
      if (rows.length < HEADS_AT_ONCE) return;
    }
  }

  #note({ origin, size }: { origin: string; size: number }): void {
    this.#written.set(origin, Math.max(size, this.#written.get(origin) ?? 0));
  }
}

/** On the disk when this resolves. The empty line in front parts it from what a power cut left half written. */
async function write(handle: FileHandle, heads: readonly string[]): Promise<void> {
  await handle.appendFile(heads.map((head) => `\n${head}`).join(''));
  await handle.datasync();
}
