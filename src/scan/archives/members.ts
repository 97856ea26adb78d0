import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { SandboxChoice } from '../../core/ground/isolation-level.js';
import { type Said, said } from '../../say/said.js';
import { type Entry, type Found, type Lost, type Opened, SourceError } from '../entry.js';
import type { Filter } from '../filter.js';
import type { LeftOut, LeftOutBy } from '../left-out.js';
import type { Scratch } from '../scratch.js';
import { archiveLimits } from './archive-limits.js';
import { type ArchiveKind, archiveKindOf, isArchive, packingOf } from './kinds.js';
import { ArchiveError, type Member, type Members } from './member.js';

export interface ArchiveOptions {
  kinds: readonly ArchiveKind[];
  filter: Filter;
  hidden: boolean;
  leftOut?: LeftOut | undefined;
  scratch(): Scratch;
  /** Of programs that unpack. */
  sandbox: SandboxChoice;
}

/** What one outermost archive has used up of its bounds. */
interface Budget {
  members: number;
  bytes: number;
}

/**
 * Archives are looked into as folders are: each file inside is found under `a.zip!/b.jpg`. An archive has no record of
 * its own, unless it is not what its name says or could not be listed to its end.
 */
export async function* withMembers(
  found: AsyncIterable<Found>,
  options: ArchiveOptions,
): AsyncGenerator<Found> {
  for await (const one of found) {
    const kind = 'entry' in one ? archiveKindOf(one.entry.path) : undefined;
    if ('lost' in one || kind === undefined || !options.kinds.includes(kind)) yield one;
    else yield* inside(one.entry, kind, { options, budget: { members: 0, bytes: 0 }, depth: 1 });
  }
}

interface MemberPosition {
  options: ArchiveOptions;
  budget: Budget;
  depth: number;
}

async function* inside(archive: Entry, kind: ArchiveKind, place: MemberPosition): AsyncGenerator<Found> {
  const { path } = archive;
  let opened: Opened;
  try {
    opened = await archive.open();
  } catch (error) {
    yield { lost: lostOf(path, error) };
    return;
  }
  const unpin = place.options.scratch().pin(opened.local);
  try {
    const head = await headOf(opened.local);
    if (isArchive(kind, head)) yield* listed(archive, opened.local, { kind, head }, place);
    else {
      const { filter, leftOut } = place.options;
      const left = filter.leavesFile(nameOf(path));
      if (left === undefined) yield { entry: archive };
      else leftOut?.file(left);
    }
  } catch (error) {
    yield { lost: lostOf(path, error) };
  } finally {
    unpin();
    await opened.close();
  }
}

async function* listed(
  archive: Entry,
  local: string,
  { kind, head }: { kind: ArchiveKind; head: Buffer },
  place: MemberPosition,
): AsyncGenerator<Found> {
  const { options, budget, depth } = place;
  const names = new Names();
  for await (const member of await membersOf(local, { kind, head }, options)) {
    budget.members += 1;
    if (budget.members > archiveLimits.members) {
      throw new ArchiveError(
        'not-checked',
        said('scan.archive.members', { most: String(archiveLimits.members) }),
      );
    }
    const name = names.of(member.name);
    const path = `${archive.path}!/${name}`;
    const inner = archiveKindOf(member.name);
    const isInner = inner !== undefined && options.kinds.includes(inner);
    const left = leftBy(member.name, isInner, options);
    if (left !== undefined) {
      options.leftOut?.file(left);
      continue;
    }
    const refused = member.refused ?? overLimit(member, budget) ?? (isInner ? tooDeep(depth) : undefined);
    if (refused !== undefined) {
      yield { lost: { path, code: 'not-checked', said: refused } };
      continue;
    }
    const taken = new Taken(member, options.scratch(), budget);
    const entry: Entry = {
      path,
      name: nameOf(member.name),
      bytes: member.bytes,
      // The archive's own: a member's is whatever its maker wrote, and says nothing of a change.
      modified: archive.modified,
      open: () => taken.open(),
    };
    if (isInner) yield* inside(entry, inner, { ...place, depth: depth + 1 });
    else yield { entry };
    await taken.passed();
  }
}

async function membersOf(
  local: string,
  { kind, head }: { kind: ArchiveKind; head: Buffer },
  { sandbox, scratch }: ArchiveOptions,
): Promise<Members> {
  // Loaded only where an archive is met.
  if (kind === 'zip') return (await import('./zip.js')).zipMembers(local);
  if (kind === '7z') return (await import('./seven.js')).sevenMembers(local, { sandbox, scratch: scratch() });
  return (await import('./tar.js')).tarMembers(local, { packing: packingOf(head), sandbox });
}

/** Names are held against filters as paths below a folder are. */
function leftBy(name: string, isInner: boolean, { filter, hidden }: ArchiveOptions): LeftOutBy | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (!hidden && parts.some((part) => part.startsWith('.') && part !== '..')) return 'hidden';
  for (let depth = 1; depth < parts.length; depth += 1) {
    const left = filter.leavesFolder(parts.slice(0, depth).join('/'));
    if (left !== undefined) return left;
  }
  const relative = parts.join('/');
  return isInner ? filter.leavesName(relative) : filter.leavesFile(relative);
}

const tooDeep = (depth: number): Said | undefined =>
  depth >= archiveLimits.depth
    ? said('scan.archive.depth', { most: String(archiveLimits.depth) })
    : undefined;

function overLimit({ bytes, packed }: Member, budget: Budget): Said | undefined {
  const { memberBytes, ratio, ratioFromBytes } = archiveLimits;
  if (!Number.isSafeInteger(bytes) || bytes < 0) return said('scan.archive.size');
  if (bytes > memberBytes) return said('scan.archive.memberBytes');
  if (budget.bytes + bytes > archiveLimits.bytes) return said('scan.archive.bytes');
  if (packed !== undefined && bytes > ratioFromBytes && bytes > ratio * packed) {
    return said('scan.archive.ratio', { ratio: String(ratio) });
  }
  return undefined;
}

/** A member on its way out: taken out once at most, while the archive stands at it, and kept while anyone reads it. */
class Taken {
  readonly #member: Member;
  readonly #scratch: Scratch;
  readonly #budget: Budget;
  #file: Promise<Opened> | undefined;
  #readers = 1;

  constructor(member: Member, scratch: Scratch, budget: Budget) {
    this.#member = member;
    this.#scratch = scratch;
    this.#budget = budget;
  }

  async open(): Promise<Opened> {
    if (this.#readers === 0) throw new SourceError('not-readable', said('scan.archive.passed'));
    this.#readers += 1;
    this.#file ??= this.#takeOut();
    try {
      const { local } = await this.#file;
      let isOpen = true;
      const close = async () => {
        if (isOpen) await this.#leave();
        isOpen = false;
      };
      return { local, close };
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  /** The archive is read on. */
  async passed(): Promise<void> {
    await this.#file?.catch(() => {});
    await this.#leave();
  }

  async #leave(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }

  async #takeOut(): Promise<Opened> {
    const { bytes, crc32: stated } = this.#member;
    this.#budget.bytes += bytes;
    const held = await this.#scratch.take(bytes);
    try {
      let written = 0;
      let sum = 0;
      for await (const chunk of await this.#member.read()) {
        written += chunk.length;
        if (written > bytes) throw new SourceError('not-checked', said('scan.archive.more'));
        // Since Node 20.15.
        if (stated !== undefined && typeof crc32 === 'function') sum = crc32(chunk, sum);
        await held.write(chunk);
      }
      if (written < bytes || (stated !== undefined && typeof crc32 === 'function' && sum !== stated)) {
        throw new SourceError('not-readable', said('scan.archive.damagedMember'));
      }
      await held.closed();
      return { local: held.path, close: held.remove };
    } catch (error) {
      await held.remove();
      if (error instanceof SourceError) throw error;
      throw error instanceof ArchiveError
        ? new SourceError(error.code, said('scan.archive.ofArchive', { why: error.said }), { cause: error })
        : new SourceError('not-readable', said('scan.archive.damagedMember'), { cause: error });
    }
  }
}

/** An archive may hold a name twice, or one that is no name: each member gets one that no other has. */
class Names {
  readonly #seen = new Set<string>();
  #number = 0;

  of(name: string): string {
    this.#number += 1;
    const { nameCharacters } = archiveLimits;
    // Not within a character: half of one is no text, and would be another in the record.
    const cut = name.slice(0, nameCharacters).replace(/[\ud800-\udbff]$/, '');
    let own = name.length > nameCharacters ? `${cut}…#${this.#number}` : name;
    while (this.#seen.has(digest(own))) own = `${own}#${this.#number}`;
    this.#seen.add(digest(own));
    return own;
  }
}

/** A hundred thousand names may be long; these are short, and nobody finds two that meet by chance. */
const digest = (name: string): string => createHash('sha256').update(name).digest('base64').slice(0, 22);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function headOf(local: string): Promise<Buffer> {
  const file = await open(local, 'r');
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function lostOf(path: string, error: unknown): Lost {
  if (error instanceof ArchiveError || error instanceof SourceError) {
    return { path, code: error.code, said: said('scan.archive.unlisted', { why: error.said }) };
  }
  return { path, code: 'not-readable', said: said('scan.archive.unlistedPlain') };
}
