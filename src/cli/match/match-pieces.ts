import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256Hex } from '../../base/digest.js';
import { displayPath, encodePath } from '../../base/path-text.js';
import { message } from '../../i18n/message.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import { printMessage } from '../shared/io.js';
import type { MatchOwner, MatchSource, WrittenAttachments } from './match-against.js';

/** Folders to which stored pictures and manifest stores of matches are written. */
export interface AttachmentFolders {
  pictures?: string;
  manifests?: string;
}

/** Characters of the owner's name in a file name: enough for a person to recognise it. */
const MAX_NAME_CHARACTERS = 60;

/**
 * Writes the stored attachments of matches. Each is written once, under a name that contains its digest, so no other
 * file is overwritten.
 */
export class AttachmentWriter {
  readonly #folders: AttachmentFolders;
  readonly #against: MatchSource;
  readonly #io: Io;
  /** Whether some attachments could not be written or opened; each was reported. */
  hasFailures = false;

  constructor(folders: AttachmentFolders, against: MatchSource, io: Io) {
    this.#folders = folders;
    this.#against = against;
    this.#io = io;
    for (const folder of [folders.pictures, folders.manifests])
      if (folder !== undefined) createFolder(folder);
  }

  async write(id: number, holding: MatchOwner): Promise<WrittenAttachments> {
    const { pictures, manifests } = this.#folders;
    if (pictures === undefined && manifests === undefined) return {};
    const { kept = {} } = holding;
    const wish = {
      preview: pictures !== undefined && kept.preview === true,
      manifest: manifests !== undefined && kept.manifestStore === true,
    };
    if (!wish.preview && !wish.manifest) return {};
    const { preview, manifest } = await this.#against.attachments(id, wish);
    if (manifest === 'not-opened') this.#left(message('cli.match.notOpened', { path: holding.name }));
    const gone = (wish.preview && preview === undefined) || (wish.manifest && manifest === undefined);
    if (gone) this.#left(message('cli.match.pieceGone', { path: holding.name }));
    return {
      ...(pictures !== undefined && preview && { picture: this.#write(pictures, holding, preview, 'webp') }),
      ...(manifests !== undefined &&
        manifest !== undefined &&
        manifest !== 'not-opened' && { manifest: this.#write(manifests, holding, manifest, 'c2pa') }),
    };
  }

  #left(why: Parameters<typeof printMessage>[1]): void {
    this.hasFailures = true;
    printMessage(this.#io, why);
  }

  #write(folder: string, { name }: MatchOwner, bytes: Buffer, ending: string): string {
    const path = join(folder, `${safeFileName(name)}-${sha256Hex(bytes).slice(0, 16)}.${ending}`);
    try {
      writeFileSync(encodePath(path), bytes, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      // A file of this name already has these bytes, since the name contains their digest.
      if (!hasCode(error, 'EEXIST')) throw folderError(folder, error);
    }
    return path;
  }
}

/** Replaces unsafe characters, because a member of an archive may have any name. */
const safeFileName = (name: string): string =>
  basename(displayPath(name))
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(0, MAX_NAME_CHARACTERS) || 'file';

function createFolder(folder: string): void {
  try {
    mkdirSync(encodePath(folder), { recursive: true });
  } catch (error) {
    throw folderError(folder, error);
  }
}

function folderError(folder: string, cause: unknown): UsageError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '?';
  return new UsageError(message('cli.match.noFolder', { path: folder, code }), { cause });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
