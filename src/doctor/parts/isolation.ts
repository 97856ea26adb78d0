import type { Confinement } from '../../isolation/confinement.js';
import type { Part } from '../part.js';

const ABOUT = { id: 'isolation', name: 'Isolation' };

/** How the reading processes were held that have just been started. */
export function isolationParts(confinement: Confinement): Part[] {
  const { held } = confinement;
  if (held === undefined) {
    const { refusal } = confinement;
    const why = refusal === undefined ? '' : `It was tried and failed (${refusal}): `;
    const lost = `${why}No file can be inspected: nothing is read outside such a process.`;
    return [{ ...ABOUT, state: 'failed', detail: 'no reading process could be started', lost }];
  }
  return [
    {
      ...ABOUT,
      state: held.lost === undefined ? 'found' : 'limited',
      detail: held.words,
      ...(held.lost === undefined ? {} : { lost: held.lost }),
      ...(held.remedy === undefined ? {} : { remedy: held.remedy }),
    },
  ];
}
