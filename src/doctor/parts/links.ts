import type { FetchSettings } from '../../fetching/fetch-settings.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';

/** Where a person's link may lead. Nobody is asked. */
export async function linkParts({ mode, hosts }: FetchSettings): Promise<Part[]> {
  const id = 'links';
  const count = hosts.size;
  if (mode === 'off') return [{ id, state: 'not-used', detail: said('doctor.links.off') }];
  if (mode === 'hosts' && count === 0)
    return [
      {
        ...{ id, state: 'limited', detail: said('doctor.links.hosts', { count }) },
        ...{ lost: said('doctor.links.none.lost'), remedy: said('doctor.links.none.remedy') },
      },
    ];
  return [{ id, state: 'found', detail: said(`doctor.links.${mode}`, { count }) }];
}
