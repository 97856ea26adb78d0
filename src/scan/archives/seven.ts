import { randomBytes } from 'node:crypto';
import type { SandboxChoice } from '../../core/ground/isolation-level.js';
import { unpacked } from '../../isolation/unpack.js';
import { said } from '../../say/said.js';
import type { Scratch } from '../scratch.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError, type Member, type Members } from './member.js';
import { readableCopy } from './readable-copy.js';
import { archiveErrorOf, withinRatio } from './unpacked.js';

const DAMAGED = said('scan.archive.noSeven');
const PROGRAM = '7z';
const INSIDE = '/job/archive.7z';
/** 7z and no other format; with a password that is nobody's, so that it asks for none; one core. */
const arguments_ = (command: readonly string[]): string[] => [
  ...command,
  ...['-t7z', '-sccUTF-8', '-bd', '-mmt1', `-p${randomBytes(12).toString('hex')}`, '--', INSIDE],
];

export interface SevenOptions {
  sandbox: SandboxChoice;
  scratch: Scratch;
}

/**
 * Members of a 7z: the program lists it, and then unpacks all of it in one go, since most of it is packed together. Its
 * bytes come without marks between them, so each member is told by the size that was listed, and held to its checksum.
 */
export async function* sevenMembers(path: string, { sandbox, scratch }: SevenOptions): Members {
  const archive = await readableCopy(path, scratch);
  const shown = [[archive.path, INSIDE]] as const;
  const run = (command: readonly string[]) =>
    unpacked({ program: PROGRAM, args: arguments_(command), shown, sandbox });
  const content = new Content(() => withinRatio(run(['x', '-so']), archive.bytes));
  try {
    const listed: Listed[] = [];
    for await (const one of listing(run(['l', '-slt', '-ba']))) {
      listed.push(one);
      // One more than may be, so that whoever counts them says it.
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
        ...refusedBecause(one),
        read: () => content.of(from, one.bytes),
      } satisfies Member;
    }
  } catch (error) {
    throw archiveErrorOf(error, DAMAGED);
  } finally {
    await content.end();
    await archive.close();
  }
}

interface Listed {
  name: string;
  bytes: number;
  crc32?: number;
  isFolder: boolean;
  isLink: boolean;
  isLocked: boolean;
}

function refusedBecause({ isLocked, bytes, crc32 }: Listed): Pick<Member, 'refused'> {
  if (isLocked) return { refused: said('scan.archive.encrypted') };
  // Where one begins is told by the sizes before it: without a checksum nobody could tell that they lied.
  return bytes > 0 && crc32 === undefined ? { refused: said('scan.archive.noChecksum') } : {};
}

const LINE_CHARACTERS = 64 * 1024;
const LISTING_CHARACTERS = 256 * 1024 ** 2;

/** One block of `Key = value` a member, with an empty line behind it; the program puts no line end of a name there. */
async function* listing(pieces: AsyncIterable<Buffer>): AsyncGenerator<Listed> {
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
      throw new ArchiveError('not-checked', said('scan.archive.listing'));
    }
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (held !== '') yield held;
}

function memberIn(block: ReadonlyMap<string, string>): Listed | undefined {
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

/** All members' bytes, one behind the other, from front to back. */
class Content {
  readonly #begin: () => AsyncGenerator<Buffer, void, undefined>;
  #pieces: AsyncGenerator<Buffer, void, undefined> | undefined;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;

  /** Begun with the first that is wanted. */
  constructor(begin: () => AsyncGenerator<Buffer, void, undefined>) {
    this.#begin = begin;
  }

  async *of(from: number, bytes: number): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const _ of this.#take(from - this.#at));
      yield* this.#take(bytes);
    } catch (error) {
      throw archiveErrorOf(error, DAMAGED);
    }
  }

  /** Fewer where there are no more. */
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
