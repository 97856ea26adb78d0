import { fault, type ReadFault } from '../core/ground/fault.js';

import type { Certificate } from '../core/trust/certificate.js';
import { readConformingProducts } from '../core/trust/conforming-products.js';
import { readPemCertificates } from '../core/trust/pem.js';
import { type ChainPurpose, issuerServes } from '../core/trust/purposes.js';
import { trustLimits as limits } from '../core/trust/trust-limits.js';
import type { Holds } from './published-lists.js';

export type ListContent = { certificates: Certificate[] } | { products: number };

/** What a file holds that would become this list, or why it must not; read by what inspections read it with. */
export function checkList(holds: Holds, bytes: Buffer): ListContent | { fault: ReadFault } {
  if (holds === 'products') return checkProducts(bytes);
  const answer = readPemCertificates(bytes);
  if ('fault' in answer) return answer;
  const wrong = wrongKind(holds, answer.certificates);
  return wrong === undefined ? answer : { fault: fault('trust.wrongList', { what: wrong }) };
}

/**
 * The lists look alike, and one under the name of another would vouch for the wrong people: a timestamp
 * authority's issuer on the signers' list is the trap. So what only the other list can hold is refused.
 */
function wrongKind(holds: Holds, certificates: readonly Certificate[]) {
  if (holds === 'allowed') {
    return certificates.every((c) => c.x509.ca) ? ('allIssuers' as const) : undefined;
  }
  if (!certificates.some((c) => c.x509.ca)) return 'noIssuer' as const;
  if (holds === 'signers' && !all(certificates, 'claim-signing')) return 'timestampsAlone' as const;
  if (holds === 'authorities' && !all(certificates, 'time-stamping')) return 'notTimestamps' as const;
  return undefined;
}

const all = (certificates: readonly Certificate[], purpose: ChainPurpose): boolean =>
  certificates.every((c) => issuerServes(c.purposes, purpose));

function checkProducts(bytes: Buffer): ListContent | { fault: ReadFault } {
  if (bytes.length > limits.trustFileBytes)
    return { fault: fault('bound.trustFile', { most: limits.trustFileBytes }) };
  const answer = readConformingProducts(bytes);
  return 'fault' in answer ? answer : { products: answer.products.records };
}
