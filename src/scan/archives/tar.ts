import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import type { SandboxChoice } from '../../core/ground/isolation-level.js';
import { unpacked } from '../../isolation/unpack.js';
import { type Said, said } from '../../say/said.js';
import { archiveLimits } from './archive-limits.js';
import type { Packing } from './kinds.js';
import { ArchiveError, type Member, type Members } from './member.js';
import { archiveErrorOf, withinRatio } from './unpacked.js';

/** Without content of their own: what they lead to is a member, or lies outside. */
const PASSED_OVER = new Set([
  'Directory',
  'GNUDumpDir',
  'SymbolicLink',
  'CharacterDevice',
  'BlockDevice',
  'FIFO',
]);
export interface TarOptions {
  packing: Packing | undefined;
  /** Of the program that unpacks it. */
  sandbox: SandboxChoice;
}

const DAMAGED = said('scan.archive.noTar');
const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);

/** Members of a tar, packed as a whole or not. It is read from front to back, once. */
export async function* tarMembers(path: string, { packing, sandbox }: TarOptions): Members {
  const entries = new Entries();
  const parser = new Parser({
    onReadEntry: (entry) => entries.put(entry),
    onwarn: (code) => {
      // Of links without a target and the like; what stands there is passed over all the same.
      if (code !== 'TAR_ENTRY_INFO') entries.fault ??= new ArchiveError('not-readable', DAMAGED);
    },
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => entries.put(entry));
  const bytes =
    packing === undefined || packing === 'gzip'
      ? bytesOf(path, packing === 'gzip')
      : programBytes(path, packing, sandbox);
  const fed = feed(bytes, parser).then(
    () => entries.end(),
    (error: unknown) => entries.end(error),
  );
  try {
    for (let entry = await entries.next(); entry !== undefined; entry = await entries.next()) {
      const read = entry;
      if (PASSED_OVER.has(read.type)) read.resume();
      else {
        yield {
          name: read.path,
          bytes: read.size,
          ...refusedBecause(read),
          read: () => read,
        } satisfies Member;
        // What nobody took, or not to its end, is passed over.
        read.resume();
      }
    }
    if (entries.fault !== undefined) throw entries.fault;
  } finally {
    entries.close();
    await bytes.return(undefined);
    void fed;
  }
}

function refusedBecause({ type, ignore }: ReadEntry): { refused?: Said } {
  if (type === 'Link') return { refused: said('scan.archive.link') };
  return ignore || !FILES.has(type) ? { refused: said('scan.archive.type', { type }) } : {};
}

/** Bounded as a whole: what is unpacked is unpacked even where nobody asks for its members. */
async function* bytesOf(path: string, gzip: boolean): AsyncGenerator<Buffer, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream = gzip ? file.pipe(createGunzip()) : file;
  // What the file cannot give, its reader must hear of.
  file.on('error', (error) => stream.destroy(error));
  let given = 0;
  try {
    for await (const chunk of stream) {
      given += (chunk as Buffer).length;
      const { ratio, ratioFromBytes, bytes } = archiveLimits;
      if (gzip && given > ratioFromBytes && given > ratio * file.bytesRead) {
        throw new ArchiveError('not-checked', said('scan.archive.grew', { ratio: String(ratio) }));
      }
      if (given > bytes) throw new ArchiveError('not-checked', said('scan.archive.tarBytes'));
      yield chunk as Buffer;
    }
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** What they write goes to their standard output; they ask nobody and use one core. */
const ARGUMENTS = {
  xz: ['--decompress', '--stdout', '--quiet', '--format=xz', '--threads=1', '--no-sparse'],
  bzip2: ['--decompress', '--stdout', '--quiet'],
  zstd: ['--decompress', '--stdout', '--quiet', '--no-progress', '--format=zstd', '--long=30'],
} as const;

/** The same of what a program unpacks: it has the file itself, and is held to the size of all of it. */
async function* programBytes(
  path: string,
  program: keyof typeof ARGUMENTS,
  sandbox: SandboxChoice,
): AsyncGenerator<Buffer, void, undefined> {
  const { size } = await stat(path);
  try {
    yield* withinRatio(unpacked({ program, args: ARGUMENTS[program], from: path, sandbox }), size);
  } catch (error) {
    throw archiveErrorOf(error, said('scan.archive.noPacked'));
  }
}

/** The parser takes no more until its present member has been read. */
async function feed(bytes: AsyncIterable<Buffer>, parser: Parser): Promise<void> {
  for await (const chunk of bytes) {
    if (!parser.write(chunk)) await new Promise<void>((resolve) => parser.once('drain', () => resolve()));
  }
  const ended = new Promise<void>((resolve) => parser.once('end', () => resolve()));
  parser.end();
  await ended;
}

/** From the parser, which pushes, to a loop, which pulls. */
class Entries {
  fault: unknown;
  readonly #waiting: ReadEntry[] = [];
  #last: ReadEntry | undefined;
  #ended = false;
  #wake: () => void = () => {};

  put(entry: ReadEntry): void {
    // Told to whoever reads it; nobody may.
    entry.on('error', () => {});
    this.#last = entry;
    if (this.#ended) entry.resume();
    else this.#waiting.push(entry);
    this.#wake();
  }

  end(error?: unknown): void {
    if (error !== undefined) {
      this.fault =
        error instanceof ArchiveError ? error : new ArchiveError('not-readable', DAMAGED, { cause: error });
      // It would wait for its rest for ever.
      this.#last?.destroy(this.fault);
    }
    this.close();
  }

  close(): void {
    this.#ended = true;
    this.#wake();
  }

  async next(): Promise<ReadEntry | undefined> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift();
  }
}
