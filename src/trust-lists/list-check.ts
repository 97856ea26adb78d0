import type { ReadFault } from '../core/fault.js';

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
  return wrong === undefined ? answer : { fault: { code: 'trust.wrongList', reason: wrong } };
}

/**
 * The lists look alike, and one under the name of another would vouch for the wrong people: a timestamp
 * authority's issuer on the signers' list is the trap. So what only the other list can hold is refused.
 */
function wrongKind(holds: Holds, certificates: readonly Certificate[]): string | undefined {
  if (holds === 'allowed') {
    return certificates.every((c) => c.x509.ca)
      ? 'Every certificate of the file is an issuer; this list holds the certificates of signers themselves.'
      : undefined;
  }
  if (!certificates.some((c) => c.x509.ca)) return 'No certificate of the file is an issuer.';
  if (holds === 'signers' && !all(certificates, 'claim-signing'))
    return 'The file holds issuers that are for timestamps alone; it is no list of signers.';
  if (holds === 'authorities' && !all(certificates, 'time-stamping'))
    return 'The file holds issuers that are not for timestamps; it is no list of timestamp authorities.';
  return undefined;
}

const all = (certificates: readonly Certificate[], purpose: ChainPurpose): boolean =>
  certificates.every((c) => issuerServes(c.purposes, purpose));

function checkProducts(bytes: Buffer): ListContent | { fault: ReadFault } {
  if (bytes.length > limits.trustFileBytes) {
    const reason = `The file is larger than ${limits.trustFileBytes} bytes.`;
    return { fault: { code: 'bound.trustFile', reason } };
  }
  const answer = readConformingProducts(bytes);
  return 'fault' in answer ? answer : { products: answer.products.records };
}
