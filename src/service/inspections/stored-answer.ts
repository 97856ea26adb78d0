import { hashFile, type KnownHash } from '../../inspect/files/known-hash.js';
import type { InspectRequest } from '../../inspect/pool/inspector.js';
import type { AnswerVersions, InspectionRecord } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { canReuseAnswer } from './answer-key.js';
import { adaptAnswer, type ReusedAnswer } from './naming.js';
import { answerKeyOf } from './result.js';
import type { JobUploads } from './upload-files.js';

interface Parts {
  inspections: Pick<InspectionRepository, 'findCached' | 'getDerivative'>;
  files: JobUploads;
}

/** Common request of equal files. */
export interface SharedRequest {
  key: string;
  /** Returns the stored answer under this inspection's file name, if there is one by now. */
  find(): Promise<ReusedAnswer | undefined>;
}

/**
 * Finds the stored answer to the same request about the same bytes, for which the file is hashed before anything reads
 * it. `hash` is returned for a later reading. `withinMillis`: maximum time for that; absent: a file whose digest is
 * unknown has no stored answer.
 */
export async function findStoredAnswer(
  record: Pick<InspectionRecord, 'id' | 'tenant' | 'request' | 'sha256' | 'supersedes'>,
  { path }: Pick<InspectRequest, 'path'>,
  versions: AnswerVersions,
  { inspections, files }: Parts,
  withinMillis: number | undefined,
): Promise<{ known?: ReusedAnswer | undefined; hash?: KnownHash; same?: SharedRequest }> {
  if (!canReuseAnswer(record)) return {};
  // An upload that was hashed on arrival has not changed since.
  const hash =
    record.sha256 === undefined && withinMillis !== undefined
      ? await hashWithin(path, withinMillis)
      : undefined;
  const sha256 = record.sha256 ?? hash?.sha256;
  const key = await answerKeyOf(record, versions, files).catch(ignoreError);
  if (sha256 === undefined || key === undefined) return {};
  const find = async () => {
    const known = await inspections.findCached(record.tenant, sha256, key);
    return known && adaptAnswer(record.request, known, inspections);
  };
  const same = { key: JSON.stringify([record.tenant, sha256, key]), find };
  return { known: await find(), same, ...(hash === undefined ? {} : { hash }) };
}

/** Returns `undefined` if the hash is not available in that time. */
async function hashWithin(path: string, millis: number): Promise<KnownHash | undefined> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, millis, undefined);
  });
  try {
    // A disk that does not respond is not awaited.
    return await Promise.race([hashFile(path, stop.signal).catch(ignoreError), late]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** Ignores the error: the inspection opens the same file and reports it. */
const ignoreError = (): undefined => undefined;
