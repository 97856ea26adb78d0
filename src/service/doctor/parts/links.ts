import { findOwnAddresses } from '../../../base/net/own-addresses.js';
import type { FetchSettings } from '../../../config/fetch-settings.js';
import { message } from '../../../i18n/message.js';
import type { DoctorPart } from '../part.js';

/** Reports which hosts a person's link may lead to. Makes no request. */
export async function checkLinks({ mode, hosts, denied }: FetchSettings): Promise<DoctorPart[]> {
  const id = 'links';
  const count = hosts.size;
  if (mode === 'off') return [{ id, state: 'not-used', detail: message('doctor.links.off') }];
  const what = message(`doctor.links.${mode}`, { count });
  const detail = denied.length === 0 ? what : message('doctor.links.denied', { what, count: denied.length });
  if (mode === 'all' && !findOwnAddresses().knowsGateways)
    return [
      {
        ...{ id, state: 'limited', detail },
        ...{ lost: message('doctor.links.gateways.lost'), remedy: message('doctor.links.gateways.remedy') },
      },
    ];
  return [{ id, state: 'found', detail }];
}
