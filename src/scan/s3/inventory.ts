import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { jsonIn } from '../../core/ground/json-shape.js';
import { bytesOfPath } from '../../core/ground/path-text.js';
import { statAt } from '../../core/media/reach.js';
import { said } from '../../say/said.js';
import { type Found, lostBy, SourceError } from '../entry.js';
import type { SourceOptions } from '../sources.js';
import { addressOf, isObjectPath } from './address.js';
import { decodedKey, type ObjectFacts, sourceErrorOf } from './bucket.js';
import { csvRows } from './csv-rows.js';
import { bytesAt, isLeftOut, type ObjectParts, objectEntry } from './objects.js';

/** `manifest.json` of an S3 Inventory, and what of it is used. */
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
 * The objects that an inventory lists, of the bucket that it names. Its lists are read where it lies: in the same bucket, or
 * in the folder of the manifest. What it says of sizes and states is asked of the store all the same (`If-Match`).
 * A list that breaks off, or is not what the manifest says, is a record of its own.
 */
export async function* inventoryAt(
  path: string,
  options: SourceOptions,
  parts: ObjectParts,
): AsyncGenerator<Found> {
  try {
    const manifest = await manifestAt(path, parts);
    const columns = columnsOf(manifest);
    for (const file of manifest.files) {
      for await (const row of rowsOf(path, file, parts)) {
        const facts = factsIn(row, columns, manifest.sourceBucket);
        if (facts === 'passed-over') continue;
        if (facts === undefined) throw new SourceError('not-readable', said('scan.inventory.row'));
        if (isLeftOut(facts.key, '', options)) continue;
        yield { entry: objectEntry({ bucket: manifest.sourceBucket, key: facts.key }, facts, parts) };
      }
    }
  } catch (error) {
    const lost =
      error instanceof SourceError || isObjectPath(path) ? sourceErrorOf(error) : lostBy(path, error);
    yield { lost: { path, code: lost.code, said: said('scan.s3.unlisted', { why: lost.said }) } };
  }
}

async function manifestAt(path: string, parts: ObjectParts): Promise<Manifest> {
  const value = jsonIn(await textAt(path, parts));
  if (!manifestShape.Check(value)) throw new SourceError('not-readable', said('scan.inventory.manifest'));
  if (value.fileFormat.toUpperCase() !== 'CSV') {
    const format = value.fileFormat.slice(0, 16);
    throw new SourceError('not-checked', said('scan.inventory.format', { format }));
  }
  return value;
}

async function textAt(path: string, parts: ObjectParts): Promise<string> {
  const tooLarge = () => new SourceError('not-checked', said('scan.inventory.large'));
  if (!isObjectPath(path)) {
    if ((await statAt(path)).size > MANIFEST_BYTES) throw tooLarge();
    return readFile(bytesOfPath(path), 'utf8');
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of bytesAt(path, parts)) {
    bytes += piece.length;
    if (bytes > MANIFEST_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const COLUMNS = ['Bucket', 'Key', 'Size', 'LastModifiedDate', 'ETag', 'IsLatest', 'IsDeleteMarker'] as const;
type Column = (typeof COLUMNS)[number];
type Columns = ReadonlyMap<Column, number>;

function columnsOf({ fileSchema }: Manifest): Columns {
  const names = fileSchema.split(',').map((name) => name.trim());
  const columns = new Map<Column, number>();
  for (const name of COLUMNS) if (names.includes(name)) columns.set(name, names.indexOf(name));
  for (const needed of ['Bucket', 'Key', 'Size', 'LastModifiedDate'] as const) {
    if (!columns.has(needed))
      throw new SourceError('not-checked', said('scan.inventory.column', { name: needed }));
  }
  return columns;
}

/** Older versions of an object and marks of its deletion are passed over; undefined for a row that makes no sense. */
function factsIn(
  row: readonly string[],
  columns: Columns,
  bucket: string,
): ObjectFacts | 'passed-over' | undefined {
  const cell = (name: Column): string => row[columns.get(name) ?? -1] ?? '';
  if (cell('IsLatest') === 'false' || cell('IsDeleteMarker') === 'true') return 'passed-over';
  const bytes = Number(cell('Size'));
  const modified = Date.parse(cell('LastModifiedDate'));
  const key = decodedKey(cell('Key'));
  if (cell('Bucket') !== bucket || key === '' || key.length > 1_024) return undefined;
  if (cell('Size') === '' || !Number.isSafeInteger(bytes) || bytes < 0 || Number.isNaN(modified))
    return undefined;
  const etag = cell('ETag').replaceAll('"', '');
  return { key, bytes, modified, ...(/^[0-9a-zA-Z-]{1,150}$/.test(etag) ? { etag: `"${etag}"` } : {}) };
}

/** Of one list, as they stand; held to the checksum that the manifest has of it. */
async function* rowsOf(
  path: string,
  { key, MD5checksum }: Manifest['files'][number],
  parts: ObjectParts,
): AsyncGenerator<string[]> {
  const sum = createHash('md5');
  const bytes = Readable.from(summed(listAt(path, key, parts), sum), { objectMode: false });
  const gunzip = key.endsWith('.gz') ? createGunzip() : undefined;
  const stream = gunzip === undefined ? bytes : bytes.pipe(gunzip);
  bytes.on('error', (error) => gunzip?.destroy(error));
  try {
    yield* csvRows(stream);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const isPacking = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isPacking
      ? new SourceError('not-readable', said('scan.inventory.damaged'), { cause: error })
      : error;
  } finally {
    bytes.destroy();
    gunzip?.destroy();
  }
  if (MD5checksum !== undefined && sum.digest('hex') !== MD5checksum.toLowerCase())
    throw new SourceError('changed-while-reading', said('scan.inventory.damaged'));
}

async function* summed(pieces: AsyncIterable<Buffer>, sum: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    sum.update(piece);
    yield piece;
  }
}

function listAt(path: string, key: string, parts: ObjectParts): AsyncIterable<Buffer> {
  const address = isObjectPath(path) ? addressOf(path) : undefined;
  if (address !== undefined) return bytesAt(`s3://${address.bucket}/${key}`, parts);
  return localList(path, key);
}

/** Beside the manifest, or in the folder `data` above, as the store lays them out. Never elsewhere, whatever a manifest says. */
async function* localList(path: string, key: string): AsyncGenerator<Buffer> {
  const beside = join(dirname(path), basename(key));
  const there = await statAt(beside).then(
    () => true,
    () => false,
  );
  const list = there ? beside : join(dirname(path), '..', 'data', basename(key));
  yield* createReadStream(bytesOfPath(list)) as AsyncIterable<Buffer>;
}
