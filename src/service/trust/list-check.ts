import { fault, type ReadFault } from '../../base/fault.js';

import type { Certificate } from '../../core/trust/certificate.js';
import { readPemCertificates } from '../../core/trust/formats/pem.js';
import { readConformingProducts } from '../../core/trust/lists/conforming-products.js';
import { trustLimits as limits } from '../../core/trust/lists/trust-limits.js';
import { type ChainPurpose, canIssuerServe } from '../../core/trust/purposes.js';
import type { PublishedListPurpose } from './published-lists.js';

export type ListContent = { certificates: Certificate[] } | { products: number };

/**
 * Returns the content of a file that may become this list, or the fault that forbids it; parsed like inspections parse
 * it.
 */
export function checkList(holds: PublishedListPurpose, bytes: Buffer): ListContent | { fault: ReadFault } {
  if (holds === 'products') return checkProducts(bytes);
  const answer = readPemCertificates(bytes);
  if ('fault' in answer) return answer;
  const wrong = findWrongPurpose(holds, answer.certificates);
  return wrong === undefined ? answer : { fault: fault('trust.wrongList', { what: wrong }) };
}

/**
 * Returns a fault for certificates that only another list can hold. The lists look alike, and one under the name of
 * another would trust the wrong parties: the trap is a timestamp authority's issuer on the list of signers.
 */
function findWrongPurpose(holds: PublishedListPurpose, certificates: readonly Certificate[]) {
  if (holds === 'allowed') {
    return certificates.every((c) => c.x509.ca) ? ('allIssuers' as const) : undefined;
  }
  if (!certificates.some((c) => c.x509.ca)) return 'noIssuer' as const;
  if (holds === 'signers' && !allServe(certificates, 'claim-signing')) return 'timestampsAlone' as const;
  if (holds === 'authorities' && !allServe(certificates, 'time-stamping')) return 'notTimestamps' as const;
  return undefined;
}

const allServe = (certificates: readonly Certificate[], purpose: ChainPurpose): boolean =>
  certificates.every((c) => canIssuerServe(c.purposes, purpose));

function checkProducts(bytes: Buffer): ListContent | { fault: ReadFault } {
  if (bytes.length > limits.trustFileBytes)
    return { fault: fault('bound.trustFile', { most: limits.trustFileBytes }) };
  const answer = readConformingProducts(bytes);
  return 'fault' in answer ? answer : { products: answer.products.records };
}
