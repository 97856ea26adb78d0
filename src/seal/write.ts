import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { said } from '../say/said.js';
import type { BagFile } from './bag.js';
import { SealError } from './seal-error.js';

/** Of every file of a bag, so that two bags of the same files are the same bytes. */
const NO_TIME = new Date(1980, 0, 1);
const MODE = 0o100_644;

/**
 * A ZIP of the bag under `folder`, stored, in the order given. What stands there already is not written over. Rejects with a
 * SealError where a file is another one than the one that was inspected; then nothing is left.
 */
export async function writeZip(files: readonly BagFile[], folder: string, out: string): Promise<void> {
  const zip = new ZipFile();
  const how = { mtime: NO_TIME, mode: MODE, compress: false, forceDosTimestamp: true };
  for (const { path, content, bytes, sha256 } of files) {
    const name = `${folder}/${path}`;
    if (Buffer.isBuffer(content)) zip.addBuffer(content, name, how);
    else
      zip.addReadStreamLazy(name, { ...how, size: bytes }, (take) =>
        take(null, createReadStream(content.from).pipe(sameAs({ path: content.from, bytes, sha256 }, zip))),
      );
  }
  zip.end();
  const broken = new AbortController();
  zip.on('error', (error) => broken.abort(error));
  const file = await open(out, 'wx');
  try {
    await pipeline(zip.outputStream, file.createWriteStream({ flush: true }), { signal: broken.signal });
  } catch (error) {
    await rm(out, { force: true });
    throw broken.signal.aborted ? broken.signal.reason : error;
  }
}

/** The same as a folder, which must not be there yet. */
export async function writeFolder(files: readonly BagFile[], out: string): Promise<void> {
  await mkdir(out);
  try {
    for (const { path, content, bytes, sha256 } of files) {
      const to = join(out, path);
      await mkdir(dirname(to), { recursive: true });
      if (Buffer.isBuffer(content)) await writeFile(to, content, { flag: 'wx' });
      else
        await pipeline(
          createReadStream(content.from),
          sameAs({ path: content.from, bytes, sha256 }),
          createWriteStream(to, { flags: 'wx' }),
        );
    }
  } catch (error) {
    await rm(out, { recursive: true, force: true });
    throw error;
  }
}

/** Lets bytes through, and fails at their end where they are not the ones that were inspected. */
function sameAs(
  { path, bytes, sha256 }: { path: string; bytes: number; sha256: string },
  zip?: ZipFile,
): Transform {
  const hash = createHash('sha256');
  let seen = 0;
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      seen += piece.length;
      done(null, piece);
    },
    flush(done) {
      const same = seen === bytes && hash.digest('hex') === sha256;
      done(same ? null : new SealError('file', said('seal.error.changed', { path })));
    },
  });
  if (zip !== undefined) through.on('error', (error) => zip.emit('error', error));
  return through;
}
