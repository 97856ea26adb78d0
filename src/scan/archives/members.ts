import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { type Message, message } from '../../i18n/message.js';
import { type ArchiveKind, archiveKindOf, isArchive, packingOf } from '../sources/archive-kinds.js';
import {
  type Entry,
  type FoundEntry,
  type LocalFile,
  type LostEntry,
  SourceError,
} from '../sources/entry.js';
import type { ExclusionReason, Exclusions } from '../sources/exclusions.js';
import type { FileFilter } from '../sources/filter.js';
import type { TempSpace } from '../sources/scratch.js';
import { archiveLimits } from './archive-limits.js';
import { ArchiveError, type ArchiveMember, type Members } from './member.js';

export interface ArchiveOptions {
  kinds: readonly ArchiveKind[];
  filter: FileFilter;
  hidden: boolean;
  leftOut?: Exclusions | undefined;
  scratch(): TempSpace;
  /** Sandbox of the programs that unpack. */
  sandbox: SandboxChoice;
}

/** Limits already used by one outermost archive. */
interface Budget {
  members: number;
  bytes: number;
}

/**
 * Replaces each archive by its members, named `a.zip!/b.jpg`, like files of a folder. An archive gets a record of its
 * own only if its content does not match its name or its list could not be read to the end.
 */
export async function* expandArchives(
  found: AsyncIterable<FoundEntry>,
  options: ArchiveOptions,
): AsyncGenerator<FoundEntry> {
  for await (const one of found) {
    const kind = 'entry' in one ? archiveKindOf(one.entry.path) : undefined;
    if ('lost' in one || kind === undefined || !options.kinds.includes(kind)) yield one;
    else yield* archiveMembers(one.entry, kind, { options, budget: { members: 0, bytes: 0 }, depth: 1 });
  }
}

interface MemberPosition {
  options: ArchiveOptions;
  budget: Budget;
  depth: number;
}

async function* archiveMembers(
  archive: Entry,
  kind: ArchiveKind,
  position: MemberPosition,
): AsyncGenerator<FoundEntry> {
  const { path } = archive;
  let opened: LocalFile;
  try {
    opened = await archive.open();
  } catch (error) {
    yield { lost: lostEntry(path, error) };
    return;
  }
  const unpin = position.options.scratch().pin(opened.local);
  try {
    const head = await readHead(opened.local);
    if (isArchive(kind, head)) yield* listMembers(archive, opened.local, { kind, head }, position);
    else {
      const { filter, leftOut } = position.options;
      const left = filter.fileExclusion(nameOf(path));
      if (left === undefined) yield { entry: archive };
      else leftOut?.file(left);
    }
  } catch (error) {
    yield { lost: lostEntry(path, error) };
  } finally {
    unpin();
    await opened.close();
  }
}

async function* listMembers(
  archive: Entry,
  local: string,
  { kind, head }: { kind: ArchiveKind; head: Buffer },
  position: MemberPosition,
): AsyncGenerator<FoundEntry> {
  const { options, budget, depth } = position;
  const names = new UniqueNames();
  for await (const member of await membersOf(local, { kind, head }, options)) {
    budget.members += 1;
    if (budget.members > archiveLimits.members) {
      throw new ArchiveError(
        'not-checked',
        message('scan.archive.members', { most: String(archiveLimits.members) }),
      );
    }
    const name = names.of(member.name);
    const path = `${archive.path}!/${name}`;
    const inner = archiveKindOf(member.name);
    const isInner = inner !== undefined && options.kinds.includes(inner);
    const left = exclusionOf(member.name, isInner, options);
    if (left !== undefined) {
      options.leftOut?.file(left);
      continue;
    }
    const refused =
      member.refused ?? limitMessage(member, budget) ?? (isInner ? depthMessage(depth) : undefined);
    if (refused !== undefined) {
      yield { lost: { path, code: 'not-checked', userMessage: refused } };
      continue;
    }
    const taken = new ExtractedMember(member, options.scratch(), budget);
    const entry: Entry = {
      path,
      name: nameOf(member.name),
      bytes: member.bytes,
      // The archive's own time is used: a member's time is set by its author and does not show a change.
      modified: archive.modified,
      open: () => taken.open(),
    };
    if (isInner) yield* archiveMembers(entry, inner, { ...position, depth: depth + 1 });
    else yield { entry };
    await taken.release();
  }
}

async function membersOf(
  local: string,
  { kind, head }: { kind: ArchiveKind; head: Buffer },
  { sandbox, scratch }: ArchiveOptions,
): Promise<Members> {
  // Each format is loaded only when an archive of it occurs.
  if (kind === 'zip') return (await import('./zip.js')).zipMembers(local);
  if (kind === '7z') return (await import('./seven.js')).sevenMembers(local, { sandbox, scratch: scratch() });
  return (await import('./tar.js')).tarMembers(local, { packing: packingOf(head), sandbox });
}

/** Matches names of members against the filters like paths below a folder. */
function exclusionOf(
  name: string,
  isInner: boolean,
  { filter, hidden }: ArchiveOptions,
): ExclusionReason | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (!hidden && parts.some((part) => part.startsWith('.') && part !== '..')) return 'hidden';
  for (let depth = 1; depth < parts.length; depth += 1) {
    const left = filter.folderExclusion(parts.slice(0, depth).join('/'));
    if (left !== undefined) return left;
  }
  const relative = parts.join('/');
  return isInner ? filter.nameExclusion(relative) : filter.fileExclusion(relative);
}

const depthMessage = (depth: number): Message | undefined =>
  depth >= archiveLimits.depth
    ? message('scan.archive.depth', { most: String(archiveLimits.depth) })
    : undefined;

function limitMessage({ bytes, packed }: ArchiveMember, budget: Budget): Message | undefined {
  const { memberBytes, ratio, ratioFromBytes } = archiveLimits;
  if (!Number.isSafeInteger(bytes) || bytes < 0) return message('scan.archive.size');
  if (bytes > memberBytes) return message('scan.archive.memberBytes');
  if (budget.bytes + bytes > archiveLimits.bytes) return message('scan.archive.bytes');
  if (packed !== undefined && bytes > ratioFromBytes && bytes > ratio * packed) {
    return message('scan.archive.ratio', { ratio: String(ratio) });
  }
  return undefined;
}

/** Member being extracted: at most once, while the archive is at it, and kept until its last reader closes it. */
class ExtractedMember {
  readonly #member: ArchiveMember;
  readonly #scratch: TempSpace;
  readonly #budget: Budget;
  #file: Promise<LocalFile> | undefined;
  #readers = 1;

  constructor(member: ArchiveMember, scratch: TempSpace, budget: Budget) {
    this.#member = member;
    this.#scratch = scratch;
    this.#budget = budget;
  }

  async open(): Promise<LocalFile> {
    if (this.#readers === 0) throw new SourceError('not-readable', message('scan.archive.passed'));
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

  /** Called when the archive moves on to the next member. */
  async release(): Promise<void> {
    await this.#file?.catch(() => {});
    await this.#leave();
  }

  async #leave(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }

  async #takeOut(): Promise<LocalFile> {
    const { bytes, crc32: stated } = this.#member;
    this.#budget.bytes += bytes;
    const held = await this.#scratch.createFile(bytes);
    try {
      let written = 0;
      let sum = 0;
      for await (const chunk of await this.#member.read()) {
        written += chunk.length;
        if (written > bytes) throw new SourceError('not-checked', message('scan.archive.more'));
        // `crc32` exists since Node 20.15.
        if (stated !== undefined && typeof crc32 === 'function') sum = crc32(chunk, sum);
        await held.write(chunk);
      }
      if (written < bytes || (stated !== undefined && typeof crc32 === 'function' && sum !== stated)) {
        throw new SourceError('not-readable', message('scan.archive.damagedMember'));
      }
      await held.closed();
      return { local: held.path, close: held.remove };
    } catch (error) {
      await held.remove();
      if (error instanceof SourceError) throw error;
      throw error instanceof ArchiveError
        ? new SourceError(error.code, message('scan.archive.ofArchive', { why: error.userMessage }), {
            cause: error,
          })
        : new SourceError('not-readable', message('scan.archive.damagedMember'), { cause: error });
    }
  }
}

/** Makes names unique: an archive may contain a name twice, or one that is empty. */
class UniqueNames {
  readonly #seen = new Set<string>();
  #number = 0;

  of(name: string): string {
    this.#number += 1;
    const { nameCharacters } = archiveLimits;
    // A cut within a surrogate pair would leave an invalid character.
    const cut = name.slice(0, nameCharacters).replace(/[\ud800-\udbff]$/, '');
    let own = name.length > nameCharacters ? `${cut}…#${this.#number}` : name;
    while (this.#seen.has(digest(own))) own = `${own}#${this.#number}`;
    this.#seen.add(digest(own));
    return own;
  }
}

/** Digests keep a hundred thousand long names small; 132 bits make accidental collisions impossible in practice. */
const digest = (name: string): string => createHash('sha256').update(name).digest('base64').slice(0, 22);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function readHead(local: string): Promise<Buffer> {
  const file = await open(local, 'r');
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function lostEntry(path: string, error: unknown): LostEntry {
  if (error instanceof ArchiveError || error instanceof SourceError) {
    return {
      path,
      code: error.code,
      userMessage: message('scan.archive.unlisted', { why: error.userMessage }),
    };
  }
  return { path, code: 'not-readable', userMessage: message('scan.archive.unlistedPlain') };
}
