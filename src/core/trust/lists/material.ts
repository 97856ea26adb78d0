import type { AnyCertificate } from '../any-certificate.js';
import type { Certificate } from '../certificate.js';
import { PURPOSE } from '../purposes.js';
import { LIST_NAMES, type ListKind, type ListName, type ListPurpose, TRUST_FILES } from './trust-files.js';
import { type TrustFault, TrustFolder } from './trust-folder.js';

export type { TrustFault } from './trust-folder.js';

/** Certificates that one publisher vouches for, for one purpose. */
export interface TrustList {
  kind: ListKind;
  purpose: ListPurpose;
  name: ListName;
  /** Publisher's date, `YYYY-MM-DD`, if `sources.json` gives it for exactly this file. */
  date?: string;
  fetchedAt?: string;
  /** Time by which the publisher announced the next edition. */
  nextUpdate?: string;
  anchors: AnyCertificate[];
  /** SHA-256 of certificates that are on the list themselves, with or without a chain. */
  allowed: ReadonlySet<string>;
}

export interface TrustMaterial {
  /** Installed lists in order of precedence. */
  lists: TrustList[];
  faults: TrustFault[];
}

export const NO_TRUST_MATERIAL: TrustMaterial = { lists: [], faults: [] };

/**
 * Loads the lists that an operator installed in the trust folder, and those that come with Assay in place of published
 * ones that are not installed. A broken file is reported and affects only its purpose, for which "on no list" is then
 * not stated. Nothing is fetched.
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
  return { lists, faults: folder.faults };
}

async function officialSigners(folder: TrustFolder): Promise<TrustList> {
  const anchors = await folder.certificates(TRUST_FILES.official, ['signer']);
  return addSourceDates(folder, TRUST_FILES.official, { kind: 'official', purpose: 'signer', anchors });
}

async function officialAuthorities(folder: TrustFolder): Promise<TrustList> {
  const anchors = await folder.certificates(TRUST_FILES.officialTsa, ['authority']);
  return addSourceDates(folder, TRUST_FILES.officialTsa, { kind: 'official', purpose: 'authority', anchors });
}

/** The interim list stores issuers of signers and of timestamps in one file; their extended key usage separates them. */
async function interimLists(folder: TrustFolder): Promise<TrustList[]> {
  const kind = 'interim';
  const facts = await folder.interimFacts();
  if (facts !== undefined) {
    const { anchors, allowed } = facts;
    return [
      addSourceDates(folder, TRUST_FILES.interimFacts, {
        kind,
        purpose: 'signer',
        anchors: anchors.signer,
        allowed,
      }),
      addSourceDates(folder, TRUST_FILES.interimFacts, {
        kind,
        purpose: 'authority',
        anchors: anchors.authority,
      }),
    ];
  }
  const all = await folder.certificates(TRUST_FILES.interim, ['signer', 'authority']);
  const allowed = await folder.fingerprints(TRUST_FILES.interimAllowed, ['signer']);
  const stamps = (c: Certificate) => c.purposes.includes(PURPOSE.timeStamping);
  const anchors = all.filter((c) => !stamps(c));
  return [
    addSourceDates(folder, all.length > 0 ? TRUST_FILES.interim : TRUST_FILES.interimAllowed, {
      kind,
      purpose: 'signer',
      anchors,
      allowed,
    }),
    addSourceDates(folder, TRUST_FILES.interim, { kind, purpose: 'authority', anchors: all.filter(stamps) }),
  ];
}

/**
 * An operator may install the certificate of a single signer or authority; the list then vouches for exactly that
 * certificate.
 */
async function privateList(folder: TrustFolder, name: string, purpose: ListPurpose): Promise<TrustList> {
  const all = await privateCertificates(folder, name, purpose);
  const own = all.filter((c) => !c.x509.ca).map((c) => c.sha256);
  const anchors = all.filter((c) => c.x509.ca);
  return addListName({ kind: 'private', purpose, anchors, allowed: new Set(own) });
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

type UnnamedList = Pick<TrustList, 'kind' | 'purpose' | 'anchors'> & Partial<Pick<TrustList, 'allowed'>>;

function addListName(list: UnnamedList): TrustList {
  return { allowed: new Set(), ...list, name: LIST_NAMES[list.purpose][list.kind] };
}

function addSourceDates(folder: TrustFolder, file: string, list: UnnamedList): TrustList {
  const source = folder.sourceOf(file);
  return {
    ...addListName(list),
    ...(source?.issueDate ? { date: source.issueDate.slice(0, 10) } : {}),
    ...(source?.fetchedAt ? { fetchedAt: source.fetchedAt } : {}),
    ...(source?.nextUpdate ? { nextUpdate: source.nextUpdate } : {}),
  };
}
