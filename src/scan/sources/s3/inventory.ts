import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseJson } from '../../../base/json-shape.js';
import { encodePath } from '../../../base/path-text.js';
import { statAt } from '../../../core/media/plain-path.js';
import { message } from '../../../i18n/message.js';
import { type FoundEntry, lostEntryOf, SourceError } from '../entry.js';
import type { SourceOptions } from '../sources.js';
import { isObjectPath, parseAddress } from './address.js';
import { decodeKey, type ObjectFacts, toSourceError } from './bucket.js';
import { parseCsvRows } from './csv-rows.js';
import { isExcluded, type ObjectParts, objectEntry, readObjectBytes } from './objects.js';

/** Schema of the members used of an S3 Inventory's `manifest.json`. */
const ManifestSchema = Type.Object({
  sourceBucket: Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$' }),
  fileFormat: Type.String(),
  fileSchema: Type.String(),
  files: Type.Array(
    Type.Object({
      key: Type.String({ minLength: 1, maxLength: 2_048 }),
      size: Type.Optional(Type.Number()),
      MD5checksum: Type.Optional(Type.String()),
    }),
    { maxItems: 100_000 },
  ),
});
type Manifest = Static<typeof ManifestSchema>;
const manifestShape = Compile(ManifestSchema);

const MANIFEST_BYTES = 32 * 1024 ** 2;

/**
 * Yields the objects listed by an inventory. Its lists are read from the bucket or folder of the manifest. Listed sizes
 * and states are verified by the store (`If-Match`). A list that is incomplete or does not match the manifest gets a
 * record of its own.
 */
export async function* readInventory(
  path: string,
  options: SourceOptions,
  parts: ObjectParts,
): AsyncGenerator<FoundEntry> {
  try {
    const manifest = await readManifest(path, parts);
    const columns = columnIndexes(manifest);
    for (const file of manifest.files) {
      for await (const row of readListRows(path, file, parts)) {
        const facts = parseRow(row, columns, manifest.sourceBucket);
        if (facts === 'passed-over') continue;
        if (facts === undefined) throw new SourceError('not-readable', message('scan.inventory.row'));
        if (isExcluded(facts.key, '', options)) continue;
        yield { entry: objectEntry({ bucket: manifest.sourceBucket, key: facts.key }, facts, parts) };
      }
    }
  } catch (error) {
    const lost =
      error instanceof SourceError || isObjectPath(path) ? toSourceError(error) : lostEntryOf(path, error);
    yield {
      lost: {
        path,
        code: lost.code,
        userMessage: message('scan.s3.unlisted', { why: lost.userMessage }),
      },
    };
  }
}

async function readManifest(path: string, parts: ObjectParts): Promise<Manifest> {
  const value = parseJson(await readManifestText(path, parts));
  if (!manifestShape.Check(value)) throw new SourceError('not-readable', message('scan.inventory.manifest'));
  if (value.fileFormat.toUpperCase() !== 'CSV') {
    const format = value.fileFormat.slice(0, 16);
    throw new SourceError('not-checked', message('scan.inventory.format', { format }));
  }
  return value;
}

async function readManifestText(path: string, parts: ObjectParts): Promise<string> {
  const tooLarge = () => new SourceError('not-checked', message('scan.inventory.large'));
  if (!isObjectPath(path)) {
    if ((await statAt(path)).size > MANIFEST_BYTES) throw tooLarge();
    return readFile(encodePath(path), 'utf8');
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of readObjectBytes(path, parts)) {
    bytes += piece.length;
    if (bytes > MANIFEST_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const COLUMNS = ['Bucket', 'Key', 'Size', 'LastModifiedDate', 'ETag', 'IsLatest', 'IsDeleteMarker'] as const;
type Column = (typeof COLUMNS)[number];
type Columns = ReadonlyMap<Column, number>;

function columnIndexes({ fileSchema }: Manifest): Columns {
  const names = fileSchema.split(',').map((name) => name.trim());
  const columns = new Map<Column, number>();
  for (const name of COLUMNS) if (names.includes(name)) columns.set(name, names.indexOf(name));
  for (const needed of ['Bucket', 'Key', 'Size', 'LastModifiedDate'] as const) {
    if (!columns.has(needed))
      throw new SourceError('not-checked', message('scan.inventory.column', { name: needed }));
  }
  return columns;
}

/** Returns `passed-over` for older versions and deletion markers; `undefined` for an invalid row. */
function parseRow(
  row: readonly string[],
  columns: Columns,
  bucket: string,
): ObjectFacts | 'passed-over' | undefined {
  const cell = (name: Column): string => row[columns.get(name) ?? -1] ?? '';
  if (cell('IsLatest') === 'false' || cell('IsDeleteMarker') === 'true') return 'passed-over';
  const bytes = Number(cell('Size'));
  const modified = Date.parse(cell('LastModifiedDate'));
  const key = decodeKey(cell('Key'));
  if (cell('Bucket') !== bucket || key === '' || key.length > 1_024) return undefined;
  if (cell('Size') === '' || !Number.isSafeInteger(bytes) || bytes < 0 || Number.isNaN(modified))
    return undefined;
  const etag = cell('ETag').replaceAll('"', '');
  return { key, bytes, modified, ...(/^[0-9a-zA-Z-]{1,150}$/.test(etag) ? { etag: `"${etag}"` } : {}) };
}

/** Yields the rows of one list and verifies its checksum from the manifest. */
async function* readListRows(
  path: string,
  { key, MD5checksum }: Manifest['files'][number],
  parts: ObjectParts,
): AsyncGenerator<string[]> {
  const sum = createHash('md5');
  const bytes = Readable.from(updateHash(openList(path, key, parts), sum), { objectMode: false });
  const gunzip = key.endsWith('.gz') ? createGunzip() : undefined;
  const stream = gunzip === undefined ? bytes : bytes.pipe(gunzip);
  bytes.on('error', (error) => gunzip?.destroy(error));
  try {
    yield* parseCsvRows(stream);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const isPacking = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isPacking
      ? new SourceError('not-readable', message('scan.inventory.damaged'), { cause: error })
      : error;
  } finally {
    bytes.destroy();
    gunzip?.destroy();
  }
  if (MD5checksum !== undefined && sum.digest('hex') !== MD5checksum.toLowerCase())
    throw new SourceError('changed-while-reading', message('scan.inventory.damaged'));
}

async function* updateHash(pieces: AsyncIterable<Buffer>, sum: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    sum.update(piece);
    yield piece;
  }
}

function openList(path: string, key: string, parts: ObjectParts): AsyncIterable<Buffer> {
  const address = isObjectPath(path) ? parseAddress(path) : undefined;
  if (address !== undefined) return readObjectBytes(`s3://${address.bucket}/${key}`, parts);
  return readLocalList(path, key);
}

/**
 * Looks next to the manifest, then in the folder `data` above it, as stores lay them out; never elsewhere, whatever the
 * manifest says.
 */
async function* readLocalList(path: string, key: string): AsyncGenerator<Buffer> {
  const adjacent = join(dirname(path), basename(key));
  const there = await statAt(adjacent).then(
    () => true,
    () => false,
  );
  const list = there ? adjacent : join(dirname(path), '..', 'data', basename(key));
  yield* createReadStream(encodePath(list)) as AsyncIterable<Buffer>;
}
