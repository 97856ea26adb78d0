import type { Certificate } from './certificate.js';
import { PURPOSE } from './purposes.js';
import { LIST_NAMES, type ListKind, type ListName, type ListPurpose, TRUST_FILES } from './trust-files.js';
import { type TrustFault, TrustFolder } from './trust-folder.js';

export type { TrustFault } from './trust-folder.js';

/** Who is vouched for by one publisher for one purpose. */
export interface TrustList {
  kind: ListKind;
  purpose: ListPurpose;
  name: ListName;
  /** The publisher's day, `YYYY-MM-DD`, where `sources.json` tells it of exactly this file. */
  date?: string;
  fetchedAt?: string;
  anchors: Certificate[];
  /** SHA-256 of certificates that are on the list themselves, with or without a chain. */
  allowed: ReadonlySet<string>;
}

export interface TrustMaterial {
  /** In order of precedence; a list that is not installed is not there. */
  lists: TrustList[];
  faults: TrustFault[];
  /** The conforming products list is installed; what it says is read elsewhere. */
  conformingProducts: boolean;
}

export const NO_TRUST_MATERIAL: TrustMaterial = { lists: [], faults: [], conformingProducts: false };

/**
 * What an operator installed in the trust folder. A missing file is no fault, and a broken one costs only
 * itself: it is named, and "on no list" is then not said for its purpose. Nothing is fetched.
 */
export async function loadTrustMaterial(path: string): Promise<TrustMaterial> {
  const folder = await TrustFolder.open(path);
  const lists = [
    await officialSigners(folder),
    await officialAuthorities(folder),
    ...(await interimLists(folder)),
    await privateList(folder, TRUST_FILES.privateFolder, 'signer'),
    await privateList(folder, TRUST_FILES.privateTsaFolder, 'authority'),
  ].filter((list) => list.anchors.length > 0 || list.allowed.size > 0);
  const conformingProducts = folder.exists(TRUST_FILES.conformingProducts);
  return { lists, faults: folder.faults, conformingProducts };
}

async function officialSigners(folder: TrustFolder): Promise<TrustList> {
  const anchors = await folder.certificates(TRUST_FILES.official, ['signer']);
  return dated(folder, TRUST_FILES.official, { kind: 'official', purpose: 'signer', anchors });
}

async function officialAuthorities(folder: TrustFolder): Promise<TrustList> {
  const anchors = await folder.certificates(TRUST_FILES.officialTsa, ['authority']);
  return dated(folder, TRUST_FILES.officialTsa, { kind: 'official', purpose: 'authority', anchors });
}

/** The interim list keeps issuers of signers and of timestamps in one file; the purpose they name parts them. */
async function interimLists(folder: TrustFolder): Promise<TrustList[]> {
  const kind = 'interim';
  const all = await folder.certificates(TRUST_FILES.interim, ['signer', 'authority']);
  const allowed = await folder.fingerprints(TRUST_FILES.interimAllowed, ['signer']);
  const stamps = (c: Certificate) => c.purposes.includes(PURPOSE.timeStamping);
  const anchors = all.filter((c) => !stamps(c));
  return [
    dated(folder, all.length > 0 ? TRUST_FILES.interim : TRUST_FILES.interimAllowed, {
      kind,
      purpose: 'signer',
      anchors,
      allowed,
    }),
    dated(folder, TRUST_FILES.interim, { kind, purpose: 'authority', anchors: all.filter(stamps) }),
  ];
}

/** An operator may install a signer's or an authority's own certificate: then it is that one that is vouched for. */
async function privateList(folder: TrustFolder, name: string, purpose: ListPurpose): Promise<TrustList> {
  const all = await privateCertificates(folder, name, purpose);
  const own = all.filter((c) => !c.x509.ca).map((c) => c.sha256);
  const anchors = all.filter((c) => c.x509.ca);
  return named({ kind: 'private', purpose, anchors, allowed: new Set(own) });
}

async function privateCertificates(
  folder: TrustFolder,
  name: string,
  purpose: ListPurpose,
): Promise<Certificate[]> {
  const certificates: Certificate[] = [];
  for (const file of folder.pemFilesIn(name, [purpose])) {
    certificates.push(...(await folder.certificates(file, [purpose])));
  }
  return certificates;
}

type Bare = Pick<TrustList, 'kind' | 'purpose' | 'anchors'> & Partial<Pick<TrustList, 'allowed'>>;

function named(list: Bare): TrustList {
  return { allowed: new Set(), ...list, name: LIST_NAMES[list.purpose][list.kind] };
}

function dated(folder: TrustFolder, file: string, list: Bare): TrustList {
  const source = folder.sourceOf(file);
  return {
    ...named(list),
    ...(source?.issueDate ? { date: source.issueDate.slice(0, 10) } : {}),
    ...(source?.fetchedAt ? { fetchedAt: source.fetchedAt } : {}),
  };
}
