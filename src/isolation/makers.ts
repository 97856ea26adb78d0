import type { Confinement } from './confinement.js';
import { type CrJsonMaker, createCrJsonMaker } from './cr-json.js';
import { type AgainJudge, createAgainJudge } from './judge-again.js';
import { createPictureMaker, type PictureMaker } from './pictures.js';

/** What is made of a file besides its Report, for the service alone. */
export interface Makers {
  pictures?: PictureMaker;
  crJson?: CrJsonMaker;
  againJudge?: AgainJudge;
}

/** `jobs`: files at the same time whose pictures are made; left out: one. */
export function createMakers({
  confinement,
  previews,
  jobs,
  trustDir,
}: {
  confinement: Confinement;
  previews: boolean;
  jobs?: number;
  /** Left out: nothing is judged again. */
  trustDir?: string;
}): Makers {
  return {
    ...(previews && {
      pictures: createPictureMaker({ confinement, ...(jobs === undefined ? {} : { jobs }) }),
    }),
    crJson: createCrJsonMaker({ confinement }),
    ...(trustDir !== undefined && { againJudge: createAgainJudge(trustDir, confinement) }),
  };
}

export async function closeMakers({ pictures, crJson, againJudge }: Makers): Promise<void> {
  againJudge?.close();
  await Promise.all([pictures?.close(), crJson?.close()]);
}
