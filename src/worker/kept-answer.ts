import type { InspectRequest } from '../isolation/inspector.js';
import { hashOfFile, type KnownHash } from '../isolation/known-hash.js';
import type { AnswerVersions, InspectionRecord } from '../store/inspections.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { mayBeOfAnother } from './answer-key.js';
import type { JobFiles } from './job-files.js';
import { type OwnAnswer, ownAnswer } from './naming.js';
import { keyOf } from './result.js';

interface Parts {
  inspections: Pick<KyselyInspections, 'findCached' | 'getDerivative'>;
  files: JobFiles;
}

/** What equal files are asked alike. */
export interface SameQuestion {
  key: string;
  /** The answer, where there is one by now: for this one, under its own name. */
  find(): Promise<OwnAnswer | undefined>;
}

/**
 * The answer that is kept to the same question about the same bytes: to know them, the file is hashed before anything
 * reads it. `hash`: for whoever reads it after all.
 */
export async function keptAnswer(
  record: InspectionRecord,
  { path }: Pick<InspectRequest, 'path'>,
  versions: AnswerVersions,
  { inspections, files }: Parts,
  withinMillis: number,
): Promise<{ known?: OwnAnswer | undefined; hash?: KnownHash; same?: SameQuestion }> {
  if (!mayBeOfAnother(record)) return {};
  // An upload of ours that was hashed as it came in is the same ever since.
  const hash = record.sha256 === undefined ? await hashWithin(path, withinMillis) : undefined;
  const sha256 = record.sha256 ?? hash?.sha256;
  const key = await keyOf(record, versions, files).catch(leftToItsInspection);
  if (sha256 === undefined || key === undefined) return {};
  const find = async () => {
    const known = await inspections.findCached(record.tenant, sha256, key);
    return known && ownAnswer(record.request, known, inspections);
  };
  const same = { key: JSON.stringify([record.tenant, sha256, key]), find };
  return { known: await find(), same, ...(hash === undefined ? {} : { hash }) };
}

/** Undefined where there is none to have in that time. */
async function hashWithin(path: string, millis: number): Promise<KnownHash | undefined> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, millis, undefined);
  });
  try {
    // A disk that does not answer is left behind.
    return await Promise.race([hashOfFile(path, stop.signal).catch(leftToItsInspection), late]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** It opens the same file, and says what is wrong with it. */
const leftToItsInspection = (): undefined => undefined;
