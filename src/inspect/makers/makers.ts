import type { Confinement } from '../sandbox/confinement.js';
import { type CrJsonMaker, createCrJsonMaker } from './cr-json.js';
import { createPictureMaker, type PictureMaker } from './pictures.js';
import { createReportRejudger, type ReportRejudger } from './recheck.js';

/** Creators of results besides the Report, used by the service only. */
export interface ResultMakers {
  pictureMaker?: PictureMaker;
  /** Creator of fingerprints; the same instance as `pictures` if both are made. */
  fingerprintMaker?: PictureMaker;
  crJsonMaker?: CrJsonMaker;
  rejudger?: ReportRejudger;
}

/** `jobs`: number of files processed at the same time for pictures; if absent, one. */
export function createResultMakers({
  confinement,
  previews,
  fingerprints = false,
  jobs,
  trustDir,
}: {
  confinement: Confinement;
  previews: boolean;
  fingerprints?: boolean;
  jobs?: number;
  /** If absent, nothing is rejudged. */
  trustDir?: string;
}): ResultMakers {
  const maker =
    previews || fingerprints
      ? createPictureMaker({ confinement, ...(jobs === undefined ? {} : { jobs }) })
      : undefined;
  return {
    ...(previews && maker && { pictureMaker: maker }),
    ...(fingerprints && maker && { fingerprintMaker: maker }),
    crJsonMaker: createCrJsonMaker({ confinement }),
    ...(trustDir !== undefined && { rejudger: createReportRejudger(trustDir, confinement) }),
  };
}

export async function closeResultMakers({
  pictureMaker: pictures,
  fingerprintMaker: fingerprints,
  crJsonMaker: crJson,
  rejudger: againJudge,
}: ResultMakers): Promise<void> {
  againJudge?.close();
  await Promise.all([(pictures ?? fingerprints)?.close(), crJson?.close()]);
}
