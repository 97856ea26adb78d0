import { randomBytes } from 'node:crypto';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { message } from '../../i18n/message.js';
import { unpack } from '../../inspect/makers/unpack.js';
import type { TempSpace } from '../sources/scratch.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError, type ArchiveMember, type Members } from './member.js';
import { readableCopy } from './readable-copy.js';
import { archiveErrorOf, withinRatio } from './unpacked.js';

const DAMAGED = message('scan.archive.noSeven');
const PROGRAM = '7z';
const INSIDE = '/job/archive.7z';
/** Allows only the 7z format and one core. The random password prevents the program from asking for one. */
const arguments_ = (command: readonly string[]): string[] => [
  ...command,
  ...['-t7z', '-sccUTF-8', '-bd', '-mmt1', `-p${randomBytes(12).toString('hex')}`, '--', INSIDE],
];

export interface SevenOptions {
  sandbox: SandboxChoice;
  scratch: TempSpace;
}

/**
 * Yields the members of a 7z archive. The program lists it and then unpacks everything in one go, since most members
 * are compressed together. The output has no separators, so members are told apart by their listed sizes and verified
 * by their checksums.
 */
export async function* sevenMembers(path: string, { sandbox, scratch }: SevenOptions): Members {
  const archive = await readableCopy(path, scratch);
  const shown = [[archive.path, INSIDE]] as const;
  const run = (command: readonly string[]) =>
    unpack({ program: PROGRAM, args: arguments_(command), readOnly: shown, sandbox });
  const content = new UnpackedContent(() => withinRatio(run(['x', '-so']), archive.bytes));
  try {
    const listed: ListedMember[] = [];
    for await (const one of parseListing(run(['l', '-slt', '-ba']))) {
      listed.push(one);
      // One member more than the limit is listed, so that the caller detects the excess.
      if (listed.length > archiveLimits.members) break;
    }
    let at = 0;
    for (const one of listed) {
      const from = at;
      at += one.bytes;
      if (one.isLink || one.isFolder) continue;
      yield {
        name: one.name,
        bytes: one.bytes,
        ...(one.crc32 === undefined ? {} : { crc32: one.crc32 }),
        ...refusalOf(one),
        read: () => content.slice(from, one.bytes),
      } satisfies ArchiveMember;
    }
  } catch (error) {
    throw archiveErrorOf(error, DAMAGED);
  } finally {
    await content.end();
    await archive.close();
  }
}

interface ListedMember {
  name: string;
  bytes: number;
  crc32?: number;
  isFolder: boolean;
  isLink: boolean;
  isLocked: boolean;
}

function refusalOf({ isLocked, bytes, crc32 }: ListedMember): Pick<ArchiveMember, 'refused'> {
  if (isLocked) return { refused: message('scan.archive.encrypted') };
  // The start of a member depends on the sizes before it; without a checksum wrong sizes would go unnoticed.
  return bytes > 0 && crc32 === undefined ? { refused: message('scan.archive.noChecksum') } : {};
}

const LINE_CHARACTERS = 64 * 1024;
const LISTING_CHARACTERS = 256 * 1024 ** 2;

/**
 * Parses one block of `Key = value` lines per member, each followed by an empty line. The program prints no line breaks
 * of names.
 */
async function* parseListing(pieces: AsyncIterable<Buffer>): AsyncGenerator<ListedMember> {
  let block = new Map<string, string>();
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      const one = memberIn(block);
      if (one !== undefined) yield one;
      block = new Map();
      continue;
    }
    const [, key = '', value = ''] = /^([A-Z][A-Za-z0-9 ]{1,40}) = ?(.*)$/s.exec(line) ?? [];
    if (key !== '' && !block.has(key)) block.set(key, value);
  }
  const last = memberIn(block);
  if (last !== undefined) yield last;
}

async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  let characters = 0;
  for await (const piece of pieces) {
    characters += piece.length;
    const lines = (held + decoder.decode(piece, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    if (held.length > LINE_CHARACTERS || characters > LISTING_CHARACTERS) {
      throw new ArchiveError('not-checked', message('scan.archive.listing'));
    }
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (held !== '') yield held;
}

function memberIn(block: ReadonlyMap<string, string>): ListedMember | undefined {
  const name = block.get('Path');
  if (name === undefined) return undefined;
  const bytes = Number(block.get('Size') || 0);
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new ArchiveError('not-readable', DAMAGED);
  const crc = block.get('CRC') ?? '';
  const attributes = block.get('Attributes') ?? '';
  return {
    name,
    bytes,
    ...(/^[0-9A-F]{8}$/i.test(crc) ? { crc32: Number.parseInt(crc, 16) } : {}),
    isFolder: block.get('Folder') === '+' || /^\S*D/.test(attributes),
    isLink: /\sl[r-]/.test(attributes),
    isLocked: block.get('Encrypted') === '+',
  };
}

/** Bytes of all members one after another, read from front to back. */
class UnpackedContent {
  readonly #begin: () => AsyncGenerator<Buffer, void, undefined>;
  #pieces: AsyncGenerator<Buffer, void, undefined> | undefined;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;

  /** Unpacking begins when the first member is read. */
  constructor(begin: () => AsyncGenerator<Buffer, void, undefined>) {
    this.#begin = begin;
  }

  async *slice(from: number, bytes: number): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const _ of this.#take(from - this.#at));
      yield* this.#take(bytes);
    } catch (error) {
      throw archiveErrorOf(error, DAMAGED);
    }
  }

  /** Yields fewer bytes at the end of the output. */
  async *#take(bytes: number): AsyncGenerator<Buffer, void, undefined> {
    this.#pieces ??= this.#begin();
    for (let left = bytes; left > 0; ) {
      if (this.#held.length === 0) {
        const next = await this.#pieces.next();
        if (next.done) return;
        this.#held = next.value;
      }
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      this.#at += piece.length;
      left -= piece.length;
      yield piece;
    }
  }

  async end(): Promise<void> {
    await this.#pieces?.return(undefined);
  }
}
