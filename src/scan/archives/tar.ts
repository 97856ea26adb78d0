import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { type Message, message } from '../../i18n/message.js';
import { unpack } from '../../inspect/makers/unpack.js';
import type { Packing } from '../sources/archive-kinds.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError, type ArchiveMember, type Members } from './member.js';
import { archiveErrorOf, withinRatio } from './unpacked.js';

/** Types without content: links lead to another member or out of the archive. */
const SKIPPED_TYPES = new Set([
  'Directory',
  'GNUDumpDir',
  'SymbolicLink',
  'CharacterDevice',
  'BlockDevice',
  'FIFO',
]);
export interface TarOptions {
  packing: Packing | undefined;
  /** Sandbox of the program that unpacks. */
  sandbox: SandboxChoice;
}

const DAMAGED = message('scan.archive.noTar');
const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);

/** Yields the members of a tar, compressed or not. It is read once, from front to back. */
export async function* tarMembers(path: string, { packing, sandbox }: TarOptions): Members {
  const entries = new EntryQueue();
  const parser = new Parser({
    onReadEntry: (entry) => entries.put(entry),
    onwarn: (code) => {
      // Such warnings concern links without a target and the like; the parser skips those entries.
      if (code !== 'TAR_ENTRY_INFO') entries.fault ??= new ArchiveError('not-readable', DAMAGED);
    },
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => entries.put(entry));
  const bytes =
    packing === undefined || packing === 'gzip'
      ? readTarBytes(path, packing === 'gzip')
      : programBytes(path, packing, sandbox);
  const fed = feedParser(bytes, parser).then(
    () => entries.end(),
    (error: unknown) => entries.end(error),
  );
  try {
    for (let entry = await entries.next(); entry !== undefined; entry = await entries.next()) {
      const read = entry;
      if (SKIPPED_TYPES.has(read.type)) read.resume();
      else {
        yield {
          name: read.path,
          bytes: read.size,
          ...refusalOf(read),
          read: () => read,
        } satisfies ArchiveMember;
        // Skips what the consumer did not read to the end.
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

function refusalOf({ type, ignore }: ReadEntry): { refused?: Message } {
  if (type === 'Link') return { refused: message('scan.archive.link') };
  return ignore || !FILES.has(type) ? { refused: message('scan.archive.type', { type }) } : {};
}

/** The limits apply to the whole output, because everything is decompressed even if no member is read. */
async function* readTarBytes(path: string, gzip: boolean): AsyncGenerator<Buffer, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream = gzip ? file.pipe(createGunzip()) : file;
  // Forwards read errors of the file to the decompressor.
  file.on('error', (error) => stream.destroy(error));
  let given = 0;
  try {
    for await (const chunk of stream) {
      given += (chunk as Buffer).length;
      const { ratio, ratioFromBytes, bytes } = archiveLimits;
      if (gzip && given > ratioFromBytes && given > ratio * file.bytesRead) {
        throw new ArchiveError('not-checked', message('scan.archive.grew', { ratio: String(ratio) }));
      }
      if (given > bytes) throw new ArchiveError('not-checked', message('scan.archive.tarBytes'));
      yield chunk as Buffer;
    }
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** Arguments for output on stdout, without prompts and on one core. */
const ARGUMENTS = {
  xz: ['--decompress', '--stdout', '--quiet', '--format=xz', '--threads=1', '--no-sparse'],
  bzip2: ['--decompress', '--stdout', '--quiet'],
  zstd: ['--decompress', '--stdout', '--quiet', '--no-progress', '--format=zstd', '--long=30'],
} as const;

/** Yields the output of a program, which reads the file itself; the limit is relative to the size of the whole archive. */
async function* programBytes(
  path: string,
  program: keyof typeof ARGUMENTS,
  sandbox: SandboxChoice,
): AsyncGenerator<Buffer, void, undefined> {
  const { size } = await stat(path);
  try {
    yield* withinRatio(unpack({ program, args: ARGUMENTS[program], inputPath: path, sandbox }), size);
  } catch (error) {
    throw archiveErrorOf(error, message('scan.archive.noPacked'));
  }
}

/** The parser accepts no more data until the current member has been read. */
async function feedParser(bytes: AsyncIterable<Buffer>, parser: Parser): Promise<void> {
  for await (const chunk of bytes) {
    if (!parser.write(chunk)) await new Promise<void>((resolve) => parser.once('drain', () => resolve()));
  }
  const ended = new Promise<void>((resolve) => parser.once('end', () => resolve()));
  parser.end();
  await ended;
}

/** Queue between the parser, which pushes entries, and the loop, which pulls them. */
class EntryQueue {
  fault: unknown;
  readonly #waiting: ReadEntry[] = [];
  #last: ReadEntry | undefined;
  #ended = false;
  #wake: () => void = () => {};

  put(entry: ReadEntry): void {
    // Errors reach the consumer of the entry. If there is none, this handler prevents an uncaught exception.
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
      // Otherwise the entry's consumer would wait forever.
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
