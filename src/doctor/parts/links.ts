import type { FetchSettings } from '../../fetching/fetch-settings.js';
import { ownAddresses } from '../../guarded/own-addresses.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';

/** Where a person's link may lead. Nobody is asked. */
export async function linkParts({ mode, hosts, denied }: FetchSettings): Promise<Part[]> {
  const id = 'links';
  const count = hosts.size;
  if (mode === 'off') return [{ id, state: 'not-used', detail: said('doctor.links.off') }];
  const what = said(`doctor.links.${mode}`, { count });
  const detail = denied.length === 0 ? what : said('doctor.links.denied', { what, count: denied.length });
  if (mode === 'hosts' && count === 0)
    return [
      {
        ...{ id, state: 'limited', detail },
        ...{ lost: said('doctor.links.none.lost'), remedy: said('doctor.links.none.remedy') },
      },
    ];
  if (mode === 'all' && !ownAddresses().knowsGateways)
    return [
      {
        ...{ id, state: 'limited', detail },
        ...{ lost: said('doctor.links.gateways.lost'), remedy: said('doctor.links.gateways.remedy') },
      },
    ];
  return [{ id, state: 'found', detail }];
}
