import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { parseHead } from '../../core/transparency-log/checkpoint.js';
import type { QueryExecutor } from '../engine/transaction.js';

/** Longer than any head. */
const MAX_LINES = 16;
const MAX_LINE_CHARACTERS = 1_024;
const HEADS_AT_ONCE = 1_000;
const DASH = '\u2014 ';

/** Yields heads separated by empty lines. `text` is `undefined` for lines that are not a head. */
export async function* readHeadsFile(
  path: string,
): AsyncGenerator<{ line: number; text: string | undefined }> {
  let [number, from] = [0, 1];
  let held: string[] = [];
  const whole = () => {
    const text = `${held.join('\n')}\n`;
    return { line: from, text: parseHead(text) === undefined ? undefined : text };
  };
  for await (const line of readLines(path)) {
    number += 1;
    if (held.length === 0) from = number;
    // The empty line within a head follows its body; the one after its signatures ends it.
    const isSigned = held.at(-1)?.startsWith(DASH) === true;
    if (line === '' && (held.length === 0 || isSigned)) {
      if (held.length > 0) yield whole();
      held = [];
      continue;
    }
    // The head was truncated, and the next one begins.
    if (isSigned && !line.startsWith(DASH)) {
      yield whole();
      held = [];
      from = number;
    }
    held.push(line);
    if (held.length > MAX_LINES) {
      yield { line: from, text: undefined };
      held = [];
    }
  }
  if (held.length > 0) yield whole();
}

/** Yields the first part of each line, so that a line without an end cannot fill memory. */
async function* readLines(path: string): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = `${begun}${chunk}`.split('\n').map((line) => line.slice(0, MAX_LINE_CHARACTERS));
    begun = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (begun !== '') yield begun;
}

/**
 * Writes every head to an append-only file: on another disk or machine it proves the state of the log whatever happens
 * to the database. Each server with such a file also writes heads signed by others.
 */
export class HeadsFile {
  readonly #query: QueryExecutor;
  readonly #path: string;
  /** Largest written size, by name of the log. */
  readonly #written = new Map<string, number>();
  #adding: Promise<void> = Promise.resolve();

  private constructor(query: QueryExecutor, path: string) {
    this.#query = query;
    this.#path = path;
  }

  /** Reads existing heads. Rejects with the system's error if the file cannot be written. */
  static async open(query: QueryExecutor, path: string): Promise<HeadsFile> {
    const file = new HeadsFile(query, path);
    await (await open(path, 'a', 0o600)).close();
    for await (const { text } of readHeadsFile(path)) {
      const head = text === undefined ? undefined : parseHead(text);
      if (head !== undefined) file.#note(head);
    }
    return file;
  }

  /** Appends heads signed since. */
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
        await appendHeads(
          handle,
          rows.map(({ checkpoint }) => checkpoint),
        );
      } finally {
        await handle.close();
      }
      for (const { checkpoint } of rows) {
        const head = parseHead(checkpoint);
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

/**
 * Resolves once the data is on disk. The leading empty line separates it from a line left incomplete by a power
 * failure.
 */
async function appendHeads(handle: FileHandle, heads: readonly string[]): Promise<void> {
  await handle.appendFile(heads.map((head) => `\n${head}`).join(''));
  await handle.datasync();
}
