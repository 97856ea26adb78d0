import type { Confinement } from './confinement.js';
import { type CrJsonMaker, createCrJsonMaker } from './cr-json.js';
import { createPictureMaker, type PictureMaker } from './pictures.js';

/** What is made of a file besides its Report, for the service alone. */
export interface Makers {
  pictures?: PictureMaker;
  crJson?: CrJsonMaker;
}

/** `jobs`: files at the same time whose pictures are made; left out: one. */
export function createMakers({
  confinement,
  previews,
  jobs,
}: {
  confinement: Confinement;
  previews: boolean;
  jobs?: number;
}): Makers {
  return {
    ...(previews && {
      pictures: createPictureMaker({ confinement, ...(jobs === undefined ? {} : { jobs }) }),
    }),
    crJson: createCrJsonMaker({ confinement }),
  };
}

export async function closeMakers({ pictures, crJson }: Makers): Promise<void> {
  await Promise.all([pictures?.close(), crJson?.close()]);
}
