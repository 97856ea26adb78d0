import type { Confinement } from './confinement.js';
import { type CrJsonMaker, createCrJsonMaker } from './cr-json.js';
import { type AgainJudge, createAgainJudge } from './judge-again.js';
import { createPictureMaker, type PictureMaker } from './pictures.js';

/** What is made of a file besides its Report, for the service alone. */
export interface Makers {
  pictures?: PictureMaker;
  /** Of what files look and sound like; the same one where pictures are made too. */
  likeness?: PictureMaker;
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
  const decodes =
    previews || fingerprints
      ? createPictureMaker({ confinement, ...(jobs === undefined ? {} : { jobs }) })
      : undefined;
  return {
    ...(previews && decodes && { pictures: decodes }),
    ...(fingerprints && decodes && { likeness: decodes }),
    crJson: createCrJsonMaker({ confinement }),
    ...(trustDir !== undefined && { againJudge: createAgainJudge(trustDir, confinement) }),
  };
}

export async function closeMakers({ pictures, likeness, crJson, againJudge }: Makers): Promise<void> {
  againJudge?.close();
  await Promise.all([...new Set([pictures, likeness, crJson])].map((maker) => maker?.close()));
}
