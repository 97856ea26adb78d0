import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ResumableUpload } from '../../storage/inspections/uploads.js';
import { Problem } from '../contract/problems/problem.js';
import type { Services } from '../services/services.js';
import { parseDeclaredType } from './receive-upload.js';
import { cleanUploadName } from './upload-name.js';

/** A completed upload. */
export interface CompletedUpload {
  id: string;
  bytes: number;
  name: string;
  declaredMediaType?: string;
}

type Parts = Pick<Services, 'stores' | 'incomingFiles' | 'now'>;

/** Throws `Problem` if the upload does not exist, belongs to another tenant, or is not complete. */
export async function findCompletedUpload(
  tenant: string,
  id: string,
  { stores, incomingFiles, now }: Parts,
): Promise<CompletedUpload> {
  const upload = await stores.incoming.get(tenant, id, now());
  const bytes = upload && (await incomingFiles.sizeOf(id));
  if (upload === undefined || bytes === undefined) throw new Problem('upload-not-found');
  if (bytes !== upload.sizeBytes) throw new Problem('upload-unfinished');
  if (bytes === 0) throw new Problem('file-empty');
  const said = parseDeclaredType(metadataText(upload, 'filetype', 'type').toLowerCase());
  return {
    id,
    bytes,
    name: cleanUploadName(metadataText(upload, 'filename', 'name')),
    ...(said === undefined ? {} : { declaredMediaType: said }),
  };
}

/** tus clients use different names for the same metadata. */
function metadataText({ metadata }: ResumableUpload, ...names: string[]): string {
  return names.map((name) => metadata[name]).find((word) => typeof word === 'string') ?? '';
}

/** Locks the uploads for the duration of `work`. They are consumed if it succeeds, and put back if it fails. */
export async function withLockedUploads<T>(
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
      } else await stores.incoming.release(tenant, id);
    }
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
