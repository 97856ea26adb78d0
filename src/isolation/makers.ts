import type { Confinement } from './confinement.js';
import { type CrJsonMaker, createCrJsonMaker } from './cr-json.js';
import { type AgainJudge, createAgainJudge } from './judge-again.js';
import { createPictureMaker, type PictureMaker } from './pictures.js';

/** What is made of a file besides its Report, for the service alone. */
export interface Makers {
  pictures?: PictureMaker;
  /** What files look and sound like; the same maker as `pictures` where both are made. */
  likenesses?: PictureMaker;
  crJson?: CrJsonMaker;
  againJudge?: AgainJudge;
}

/** `jobs`: files at the same time whose pictures are made; left out: one. */
export function createMakers({
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
  /** Left out: nothing is judged again. */
  trustDir?: string;
}): Makers {
  const maker =
    previews || fingerprints
      ? createPictureMaker({ confinement, ...(jobs === undefined ? {} : { jobs }) })
      : undefined;
  return {
    ...(previews && maker && { pictures: maker }),
    ...(fingerprints && maker && { likenesses: maker }),
    crJson: createCrJsonMaker({ confinement }),
    ...(trustDir !== undefined && { againJudge: createAgainJudge(trustDir, confinement) }),
  };
}

export async function closeMakers({ pictures, likenesses, crJson, againJudge }: Makers): Promise<void> {
  againJudge?.close();
  await Promise.all([(pictures ?? likenesses)?.close(), crJson?.close()]);
}
