import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Upload } from '../store/uploads.js';
import { Problem } from './problem.js';
import { declared } from './receive-upload.js';
import type { Services } from './services.js';
import { uploadName } from './upload-name.js';

/** An upload that is whole. */
export interface WholeUpload {
  id: string;
  bytes: number;
  name: string;
  declaredMediaType?: string;
}

type Parts = Pick<Services, 'stores' | 'incomingFiles' | 'now'>;

/** Throws where it is not there, is not the tenant's, or is not whole. */
export async function wholeUpload(
  tenant: string,
  id: string,
  { stores, incomingFiles, now }: Parts,
): Promise<WholeUpload> {
  const upload = await stores.incoming.get(tenant, id, now());
  const bytes = upload && (await incomingFiles.sizeOf(id));
  if (upload === undefined || bytes === undefined) throw new Problem('upload-not-found');
  if (bytes !== upload.sizeBytes) throw new Problem('upload-unfinished');
  if (bytes === 0) throw new Problem('file-empty');
  const said = declared(wordOf(upload, 'filetype', 'type').toLowerCase());
  return {
    id,
    bytes,
    name: uploadName(wordOf(upload, 'filename', 'name')),
    ...(said === undefined ? {} : { declaredMediaType: said }),
  };
}

/** Clients of tus call it the one or the other. */
function wordOf({ metadata }: Upload, ...names: string[]): string {
  return names.map((name) => metadata[name]).find((word) => typeof word === 'string') ?? '';
}

/**
 * Does something with uploads that nobody else may have meanwhile, and lets them go: for good where it went well, else
 * back to where they were.
 */
export async function takingUploads<T>(
  tenant: string,
  ids: readonly string[],
  { stores, incomingFiles, now }: Parts,
  work: () => Promise<{ result: T; used: boolean }>,
): Promise<T> {
  const taken: string[] = [];
  let used = false;
  try {
    for (const id of ids) {
      if (!(await stores.incoming.take(tenant, id, now()))) throw new Problem('upload-taken');
      taken.push(id);
    }
    const done = await work();
    used = done.used;
    return done.result;
  } finally {
    for (const id of taken) {
      if (used) {
        await stores.incoming.delete(tenant, id);
        await incomingFiles.removeOf(id);
      } else await stores.incoming.giveBack(tenant, id);
    }
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
