import { fault } from '../../base/fault.js';
import { Certificate } from '../../core/trust/certificate.js';
import { readPemDers } from '../../core/trust/formats/pem.js';
import type { TrustFolder } from '../../core/trust/lists/trust-folder.js';
import { PURPOSE } from '../../core/trust/purposes.js';
import { checkList } from './list-check.js';
import type { PublishedListPurpose } from './published-lists.js';
import { exists, readTrustFile } from './status-files.js';

export type StatusPurpose = PublishedListPurpose | 'facts' | 'own' | 'ownAuthorities';

export interface ListFileContent {
  /** Number of certificates by purpose; left out if the file is not usable. */
  certificates?: { signers: number; authorities: number; allowed: number };
  /** Number of expired certificates; an earlier signature of theirs may still be valid. */
  expired?: number;
  products?: number;
}

interface ContentSource {
  file: string;
  holds: StatusPurpose;
}

/** Reads the content of a file the way inspections read it; its faults are recorded in the folder. */
export async function readListContent(
  folder: TrustFolder,
  row: ContentSource,
  path: string,
  now: Date,
): Promise<ListFileContent> {
  if (row.holds === 'products') return readProducts(folder, row.file, path);
  // The allowed list is only compared by fingerprints, so a certificate that cannot be parsed is no fault of it.
  if (row.holds === 'allowed') {
    const { size } = await folder.fingerprints(row.file, ['signer']);
    return size === 0
      ? {}
      : { certificates: counts({ allowed: size }), expired: await countExpired(path, now) };
  }
  if (row.holds === 'facts') {
    const facts = await folder.interimFacts();
    if (facts === undefined) return {};
    const { anchors, allowed } = facts;
    const [signers, authorities] = [anchors.signer.length, anchors.authority.length];
    return { certificates: counts({ signers, authorities, allowed: allowed.size }) };
  }
  const certificates = await folder.certificates(row.file, AFFECTS[row.holds]);
  if (certificates.length === 0) return {};
  const expired = certificates.filter((c) => isExpired(c, now)).length;
  return { certificates: countByPurpose(row.holds, certificates), expired };
}

const AFFECTS = {
  signers: ['signer'],
  authorities: ['authority'],
  anchors: ['signer', 'authority'],
  own: ['signer'],
  ownAuthorities: ['authority'],
} as const;

function countByPurpose(holds: keyof typeof AFFECTS, certificates: readonly Certificate[]) {
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

async function readProducts(folder: TrustFolder, file: string, path: string): Promise<ListFileContent> {
  const cached = await readTrustFile(path);
  const answer = cached && checkList('products', cached.bytes);
  if (answer && 'products' in answer) return { products: answer.products };
  if (answer && 'fault' in answer) folder.faults.push({ file, ...answer.fault });
  else if (await exists(path)) folder.faults.push({ file, ...fault('trust.unreadable', { what: 'other' }) });
  return {};
}

async function countExpired(path: string, now: Date): Promise<number> {
  const cached = await readTrustFile(path);
  const answer = cached && readPemDers(cached.bytes);
  const ders = answer && 'ders' in answer ? answer.ders : [];
  const opened = ders.map((der) => Certificate.open(der)).filter((c) => c !== undefined);
  return opened.filter((c) => isExpired(c, now)).length;
}

const isExpired = (certificate: Certificate, now: Date): boolean =>
  Date.parse(certificate.x509.validTo) < now.getTime();
