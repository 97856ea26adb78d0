import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256Hex } from '../core/ground/digest.js';
import { bytesOfPath, textOfPath } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import { tell } from './io.js';
import type { Against, Holding, WrittenPieces } from './match-against.js';

/** Where what is kept of matches is written to: small pictures, and manifest stores. */
export interface PieceFolders {
  pictures?: string;
  manifests?: string;
}

/** Of a name, as much as says to a person whose it is. */
const NAME_CHARACTERS = 60;

/** Writes what is kept of matches, each file once under a name that its bytes are in. Never over another file. */
export class Pieces {
  readonly #folders: PieceFolders;
  readonly #against: Against;
  readonly #io: Io;
  /** Some could not be written or opened, which was told. */
  anyLeft = false;

  constructor(folders: PieceFolders, against: Against, io: Io) {
    this.#folders = folders;
    this.#against = against;
    this.#io = io;
    for (const folder of [folders.pictures, folders.manifests]) if (folder !== undefined) made(folder);
  }

  async of(id: number, holding: Holding): Promise<WrittenPieces> {
    const { pictures, manifests } = this.#folders;
    if (pictures === undefined && manifests === undefined) return {};
    const { kept = {} } = holding;
    const wish = {
      preview: pictures !== undefined && kept.preview === true,
      manifest: manifests !== undefined && kept.manifestStore === true,
    };
    if (!wish.preview && !wish.manifest) return {};
    const { preview, manifest } = await this.#against.pieces(id, wish);
    if (manifest === 'not-opened') this.#left(said('cli.match.notOpened', { path: holding.name }));
    const gone = (wish.preview && preview === undefined) || (wish.manifest && manifest === undefined);
    if (gone) this.#left(said('cli.match.pieceGone', { path: holding.name }));
    return {
      ...(pictures !== undefined && preview && { picture: this.#write(pictures, holding, preview, 'webp') }),
      ...(manifests !== undefined &&
        manifest !== undefined &&
        manifest !== 'not-opened' && { manifest: this.#write(manifests, holding, manifest, 'c2pa') }),
    };
  }

  #left(why: Parameters<typeof tell>[1]): void {
    this.anyLeft = true;
    tell(this.#io, why);
  }

  #write(folder: string, { name }: Holding, bytes: Buffer, ending: string): string {
    const path = join(folder, `${plain(name)}-${sha256Hex(bytes).slice(0, 16)}.${ending}`);
    try {
      writeFileSync(bytesOfPath(path), bytes, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      // Its name says what is in it.
      if (!hasCode(error, 'EEXIST')) throw noFolder(folder, error);
    }
    return path;
  }
}

/** A file of an archive may be called anything. */
const plain = (name: string): string =>
  basename(textOfPath(name))
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(0, NAME_CHARACTERS) || 'file';

function made(folder: string): void {
  try {
    mkdirSync(bytesOfPath(folder), { recursive: true });
  } catch (error) {
    throw noFolder(folder, error);
  }
}

function noFolder(folder: string, cause: unknown): UsageError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '?';
  return new UsageError(said('cli.match.noFolder', { path: folder, code }), { cause });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
