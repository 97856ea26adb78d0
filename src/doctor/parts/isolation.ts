import type { Confinement } from '../../isolation/confinement.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';

/** How the reading processes were held that have just been started. */
export function isolationParts(confinement: Confinement): Part[] {
  const { held } = confinement;
  if (held !== undefined) {
    const { said: detail, lost, remedy } = held;
    const state = lost === undefined ? 'found' : 'limited';
    return [{ id: 'isolation', state, detail, ...(lost && { lost }), ...(remedy && { remedy }) }];
  }
  const { refusal, missing } = confinement;
  const none = said('doctor.isolation.none');
  const why = missing === undefined ? refusal : said('error.notInstalled', { program: missing });
  const lost = why === undefined ? none : said('held.refused', { why, lost: none });
  return [{ id: 'isolation', state: 'failed', detail: said('error.noProcess'), lost }];
}
