import { fault } from '../core/ground/fault.js';
import { Certificate } from '../core/trust/certificate.js';
import { readPemDers } from '../core/trust/pem.js';
import { PURPOSE } from '../core/trust/purposes.js';
import type { TrustFolder } from '../core/trust/trust-folder.js';
import { checkList } from './list-check.js';
import type { Holds } from './published-lists.js';
import { exists, read } from './status-files.js';

export type StatusHolds = Holds | 'own' | 'ownAuthorities';

export interface Content {
  /** By what they are there for; left out where the file could not be used. */
  certificates?: { signers: number; authorities: number; allowed: number };
  /** Certificates of the file that are past their last day; a signature of an earlier time may still hold. */
  expired?: number;
  products?: number;
}

interface Held {
  file: string;
  holds: StatusHolds;
}

/** What a file holds, read the way inspections read it; its faults are noted in the folder. */
export async function contentOf(folder: TrustFolder, row: Held, path: string, now: Date): Promise<Content> {
  if (row.holds === 'products') return productsOf(folder, row.file, path);
  // The allowed list is only compared by fingerprints, so a certificate that does not open is no fault of it.
  if (row.holds === 'allowed') {
    const { size } = await folder.fingerprints(row.file, ['signer']);
    return size === 0 ? {} : { certificates: counts({ allowed: size }), expired: await expiredIn(path, now) };
  }
  const certificates = await folder.certificates(row.file, AFFECTS[row.holds]);
  if (certificates.length === 0) return {};
  const expired = certificates.filter((c) => isExpired(c, now)).length;
  return { certificates: byPurpose(row.holds, certificates), expired };
}

const AFFECTS = {
  signers: ['signer'],
  authorities: ['authority'],
  anchors: ['signer', 'authority'],
  own: ['signer'],
  ownAuthorities: ['authority'],
} as const;

function byPurpose(holds: keyof typeof AFFECTS, certificates: readonly Certificate[]) {
  const { length } = certificates;
  if (holds === 'signers') return counts({ signers: length });
  if (holds === 'authorities' || holds === 'ownAuthorities') return counts({ authorities: length });
  if (holds === 'own') {
    const signers = certificates.filter((c) => c.x509.ca).length;
    return counts({ signers, allowed: length - signers });
  }
  const authorities = certificates.filter((c) => c.purposes.includes(PURPOSE.timeStamping)).length;
  return counts({ signers: length - authorities, authorities });
}

const counts = (some: { signers?: number; authorities?: number; allowed?: number }) => ({
  signers: 0,
  authorities: 0,
  allowed: 0,
  ...some,
});

async function productsOf(folder: TrustFolder, file: string, path: string): Promise<Content> {
  const cached = await read(path);
  const answer = cached && checkList('products', cached.bytes);
  if (answer && 'products' in answer) return { products: answer.products };
  if (answer && 'fault' in answer) folder.faults.push({ file, ...answer.fault });
  else if (await exists(path)) folder.faults.push({ file, ...fault('trust.unreadable', { what: 'other' }) });
  return {};
}

async function expiredIn(path: string, now: Date): Promise<number> {
  const cached = await read(path);
  const answer = cached && readPemDers(cached.bytes);
  const ders = answer && 'ders' in answer ? answer.ders : [];
  const opened = ders.map((der) => Certificate.open(der)).filter((c) => c !== undefined);
  return opened.filter((c) => isExpired(c, now)).length;
}

const isExpired = (certificate: Certificate, now: Date): boolean =>
  Date.parse(certificate.x509.validTo) < now.getTime();
