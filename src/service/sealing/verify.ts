import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { asRecord, ownMember } from '../../base/json-shape.js';
import type { Certificate } from '../../core/trust/certificate.js';
import { parseAsn1 } from '../../core/trust/formats/asn1.js';
import { openSignedData } from '../../core/trust/formats/cms.js';
import { readPemCertificates } from '../../core/trust/formats/pem.js';
import { BAG_INFO, BAGIT, PAYLOAD, PAYLOAD_MANIFEST, TAG_MANIFEST } from './bag.js';
import { type VerifiedLogExtract, verifyLogExtract } from './log-tags.js';
import {
  BUNDLE_KINDS,
  type BundleKind,
  CASE,
  INFO_LABELS,
  INSPECTIONS,
  LOG,
  LOG_HEAD,
  LOG_KEY,
  LOG_SIGNATURE,
  LOG_SIGNED,
  PUBLIC_KEY,
  REPORT,
  SIGNATURES,
  STAMP,
  STAMP_CERTIFICATES,
  UNSIGNED_FILES,
} from './names.js';
import {
  digestFile,
  isSystemFault,
  type OpenedBag,
  openBag,
  readContent,
  unreadableError,
} from './open-bundle.js';
import { toPem } from './seal.js';
import { computeKeyFingerprint, DATA } from './signing.js';
import { type SealTimestamp, verifyTimestamp } from './timestamp-authority.js';

/** Problems of a bag, the most serious first. */
export const BUNDLE_PROBLEMS = [
  'slipped',
  'linked',
  'unreadable',
  'unsigned',
  'signature',
  'otherKey',
  'changed',
  'missing',
  'renamed',
  'added',
  'expired',
  'timestamp',
  'contradiction',
  'log',
  'spare',
  // No fault was found, but the file could not be read.
  'notRead',
] as const;
export type BundleProblemCode = (typeof BUNDLE_PROBLEMS)[number];

export interface BundleProblem {
  code: BundleProblemCode;
  /** Path of a file in the bag. */
  path?: string;
  /** Present path of a renamed file. */
  now?: string;
  /** Number of bytes of a ZIP that belong to no file. */
  bytes?: number;
}

export interface VerificationResult {
  problems: BundleProblem[];
  kind?: BundleKind;
  sealedAt?: Date;
  /** Number of files in the bag, and in its `data/`. */
  files: number;
  payload: number;
  signer?: {
    kind: 'cms' | 'ed25519';
    /** SHA-256 of the certificate, or of the public key if there is none; hexadecimal. */
    fingerprint: string;
    certificate?: Certificate;
  };
  /** Left out if there is none. */
  stamp?: Pick<SealTimestamp, 'at' | 'authority'>;
  /** Digest of the inspected file; left out for a bag about a case. */
  sha256?: string;
  /** Number of received files in the bag; a bag about a case may have several. */
  received: number;
  /** Number of inspections in a bag about a case. */
  inspections?: number;
  /** A verified log extract. Only the operator can say whether its key is really the log’s. */
  log?: Pick<VerifiedLogExtract, 'origin' | 'verifierKey' | 'size' | 'leaves'>;
}

export interface VerifyBagOptions {
  /** Expected signer: a certificate or a public key. Left out: any signer is accepted and reported. */
  key?: KeyObject | undefined;
}

/** Bounds of the digest lists, signatures and certificates. */
const MAX_TAG_BYTES = 4 * 1024 * 1024;
const MAX_REPORT_BYTES = 64 * 1024 * 1024;
const MAX_LOG_BYTES = 16 * 1024 * 1024;

/** Verifies a ZIP or folder. Rejects with a SealError if it is no bag at all. */
export async function verifyBag(path: string, against: VerifyBagOptions = {}): Promise<VerificationResult> {
  const bag = await openBag(path);
  try {
    return await new BagVerifier(bag, against).verify();
  } catch (error) {
    // If a digest list or signature cannot be read, nothing can be verified.
    throw isSystemFault(error) ? unreadableError(path, error) : error;
  } finally {
    bag.close();
  }
}

class BagVerifier {
  readonly #problems: BundleProblem[] = [];
  readonly #info = new Map<string, string>();

  constructor(
    readonly bag: OpenedBag,
    readonly against: VerifyBagOptions,
  ) {}

  async verify(): Promise<VerificationResult> {
    const { bag } = this;
    for (const path of bag.unsafeNames) this.#problem('slipped', path);
    for (const path of bag.emptyFolders) this.#problem('added', path);
    if (bag.spareBytes > 0) this.#problems.push({ code: 'spare', bytes: bag.spareBytes });
    for (const [path, file] of bag.files) if (file === undefined) this.#problem('linked', path);
    const tags = await this.#readDigestList(TAG_MANIFEST);
    const payload = await this.#readDigestList(PAYLOAD_MANIFEST);
    for (const line of (await this.#readText(BAG_INFO))?.split('\n') ?? []) {
      const [, label, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
      if (label !== undefined && value !== undefined) this.#info.set(label, value);
    }
    const named = [...bag.files.keys()];
    await this.#compare(
      payload,
      named.filter((path) => path.startsWith(PAYLOAD)),
    );
    await this.#compare(
      tags,
      named.filter((path) => !path.startsWith(PAYLOAD) && !UNSIGNED_FILES.has(path)),
    );
    for (const path of [BAGIT, BAG_INFO, PAYLOAD_MANIFEST])
      if (bag.files.has(path) && !tags.has(path)) this.#problem('changed', TAG_MANIFEST);
    const sealedAt = parseDate(this.#info.get(INFO_LABELS.at));
    const signer = await this.#verifySigner(sealedAt);
    const stamp = await this.#verifyTimestamp(signer?.kind);
    const kind = BUNDLE_KINDS.find((one) => one === this.#info.get(INFO_LABELS.kind));
    const about = payload.has(CASE)
      ? await this.#verifyCaseInspections(payload)
      : await this.#verifyInspection(payload);
    const log = await this.#verifyLog();
    const rank = (code: BundleProblemCode) => BUNDLE_PROBLEMS.indexOf(code);
    return {
      problems: this.#problems.sort((one, other) => rank(one.code) - rank(other.code)),
      files: named.length,
      payload: named.filter((path) => path.startsWith(PAYLOAD)).length,
      ...(kind && { kind }),
      ...(sealedAt && { sealedAt }),
      ...(signer && { signer }),
      ...(stamp && { stamp }),
      ...about,
      ...(log && { log }),
    };
  }

  #problem(code: BundleProblemCode, path?: string, now?: string): void {
    const isTold = this.#problems.some((one) => one.code === code && one.path === path);
    if (!isTold)
      this.#problems.push({ code, ...(path !== undefined && { path }), ...(now !== undefined && { now }) });
  }

  /** Returns the content; `undefined` if there is none. Reports a file that is too long or does not unpack as a problem. */
  async #readContent(path: string, most = MAX_TAG_BYTES): Promise<Buffer | undefined> {
    const file = this.bag.files.get(path);
    const content = await readContent(file, most);
    if (file !== undefined && content === undefined) this.#problem('unreadable', path);
    return content;
  }

  async #readText(path: string): Promise<string | undefined> {
    return (await this.#readContent(path))?.toString('utf8');
  }

  /** Reads a digest list; returns digests by path. */
  async #readDigestList(path: string): Promise<Map<string, string>> {
    const list = new Map<string, string>();
    const text = await this.#readText(path);
    if (text === undefined) this.#problem(this.bag.files.has(path) ? 'unreadable' : 'missing', path);
    for (const line of text?.split('\n').slice(0, -1) ?? []) {
      const [, digest = '', name = ''] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (name === '' || list.has(name)) this.#problem('unreadable', path);
      else list.set(name, digest);
    }
    return list;
  }

  async #compare(listed: ReadonlyMap<string, string>, there: readonly string[]): Promise<void> {
    const missing = new Map([...listed].filter(([path]) => !this.bag.files.has(path)));
    for (const path of there) {
      const file = this.bag.files.get(path);
      if (file === undefined) continue;
      const digest = await digestFile(file).catch((error: unknown) => {
        this.#problem(isSystemFault(error) ? 'notRead' : 'unreadable', path);
      });
      if (digest === undefined) continue;
      if (listed.has(path)) {
        if (listed.get(path) !== digest) this.#problem('changed', path);
      } else {
        const [before] = [...missing].find(([, one]) => one === digest) ?? [];
        if (before === undefined) this.#problem('added', path);
        else {
          missing.delete(before);
          this.#problem('renamed', before, path);
        }
      }
    }
    for (const path of missing.keys()) this.#problem('missing', path);
  }

  async #verifySigner(sealedAt: Date | undefined): Promise<VerificationResult['signer']> {
    const content = await this.#readContent(TAG_MANIFEST);
    const [cms, raw] = await Promise.all(
      [SIGNATURES.cms, SIGNATURES.ed25519].map((path) => this.#readContent(path)),
    );
    if (content === undefined || (cms === undefined) === (raw === undefined)) {
      this.#problem(content !== undefined && cms !== undefined ? 'signature' : 'unsigned');
      return undefined;
    }
    return cms === undefined
      ? this.#verifyByKey(content, raw ?? Buffer.alloc(0))
      : this.#verifyByCertificate(content, cms, sealedAt);
  }

  async #verifyByKey(content: Buffer, signature: Buffer): Promise<VerificationResult['signer']> {
    const key = parsePublicKey(await this.#readText(PUBLIC_KEY));
    if (key?.asymmetricKeyType !== 'ed25519' || !verify(null, content, key, signature)) {
      this.#problem('signature');
      return undefined;
    }
    this.#expect(key);
    return { kind: 'ed25519', fingerprint: computeKeyFingerprint(key) };
  }

  #verifyByCertificate(
    content: Buffer,
    cms: Buffer,
    sealedAt: Date | undefined,
  ): VerificationResult['signer'] {
    const { signature, signer, contentType } = openSignedData(parseAsn1(cms), content) ?? {};
    if (signature !== 'holds' || signer === undefined || contentType !== DATA) {
      this.#problem('signature');
      return undefined;
    }
    this.#expect(signer.publicKey);
    // Without a known time of sealing, the validity of the certificate at that time cannot be checked.
    if (sealedAt === undefined) this.#problem('unreadable', BAG_INFO);
    else if (+sealedAt < Date.parse(signer.x509.validFrom) || +sealedAt > Date.parse(signer.x509.validTo))
      this.#problem('expired');
    return { kind: 'cms', fingerprint: signer.sha256, certificate: signer };
  }

  #expect(key: KeyObject): void {
    if (this.against.key !== undefined && !key.equals(this.against.key)) this.#problem('otherKey');
  }

  async #verifyTimestamp(kind: 'cms' | 'ed25519' | undefined): Promise<VerificationResult['stamp']> {
    // The signature does not cover the timestamp files, but a signed line states whether they exist.
    if ((this.#info.get(INFO_LABELS.stamp) ?? 'none') === 'none') {
      for (const path of [STAMP, STAMP_CERTIFICATES])
        if (this.bag.files.has(path)) this.#problem('added', path);
      return undefined;
    }
    const answer = await this.#readContent(STAMP);
    if (answer === undefined) {
      if (!this.bag.files.has(STAMP)) this.#problem('missing', STAMP);
      return undefined;
    }
    const over = kind && (await this.#readContent(SIGNATURES[kind]));
    const stamp = over && verifyTimestamp(answer, over);
    if (!stamp) {
      this.#problem('timestamp', STAMP);
      return undefined;
    }
    // The certificates of the answer, stored separately for OpenSSL.
    const certificates = await this.#readText(STAMP_CERTIFICATES);
    if (certificates === undefined) {
      if (!this.bag.files.has(STAMP_CERTIFICATES)) this.#problem('missing', STAMP_CERTIFICATES);
    } else if (certificates !== toPem(stamp.certificates)) this.#problem('changed', STAMP_CERTIFICATES);
    return { at: stamp.at, authority: stamp.authority };
  }

  /** Checks that the Report is about the file next to it, and the bag about both. */
  async #verifyInspection(
    payload: ReadonlyMap<string, string>,
  ): Promise<Pick<VerificationResult, 'received' | 'sha256'>> {
    const received = this.#countReceived([PAYLOAD], payload);
    if (!this.bag.files.has(REPORT)) {
      this.#problem('missing', REPORT);
      return { received };
    }
    const sha256 = await this.#verifyReport(PAYLOAD, payload, this.#info.get('External-Identifier') ?? '');
    if (sha256 === undefined) return { received };
    // The kind states that the bag contains the file.
    if (this.#info.get(INFO_LABELS.kind) === 'full' && findReceivedFile(PAYLOAD, payload) === undefined)
      this.#problem('missing', 'data/file');
    return { received, sha256 };
  }

  /** Checks each inspection of a case; its Report must be about the file next to it, if there is one. */
  async #verifyCaseInspections(
    payload: ReadonlyMap<string, string>,
  ): Promise<Pick<VerificationResult, 'inspections' | 'received'>> {
    const reports = [...payload.keys()].filter((path) => REPORT_OF_CASE.test(path));
    const folders = reports.map((path) => path.slice(0, -'report.json'.length));
    for (const under of folders)
      if (this.bag.files.has(`${under}report.json`)) await this.#verifyReport(under, payload);
    return { inspections: reports.length, received: this.#countReceived(folders, payload) };
  }

  /** Returns the number of these folders that contain the received file. */
  #countReceived(folders: readonly string[], payload: ReadonlyMap<string, string>): number {
    const files = folders.map((under) => findReceivedFile(under, payload));
    return files.filter((path) => path !== undefined && this.bag.files.has(path)).length;
  }

  /** Returns the digest of the file that a Report is about. `expected`: the identifier that the bag states. */
  async #verifyReport(
    under: string,
    payload: ReadonlyMap<string, string>,
    expected?: string,
  ): Promise<string | undefined> {
    const path = `${under}report.json`;
    const content = await this.#readContent(path, MAX_REPORT_BYTES);
    if (content === undefined) return undefined;
    const sha256 = parseAssetSha256(content);
    const file = findReceivedFile(under, payload);
    const isOther = expected !== undefined && expected !== `sha256:${sha256}`;
    // An altered, unreadable Report names no file; its alteration is reported already.
    if (sha256 === undefined && this.#problems.some((one) => one.code === 'changed' && one.path === path))
      return undefined;
    if (sha256 === undefined || isOther) this.#problem('contradiction', path);
    else if (file !== undefined && payload.get(file) !== sha256) this.#problem('contradiction', file);
    return sha256;
  }

  /**
   * Checks that each entry is under the log head, that the named key signed the head, and that the files for OpenSSL
   * are those of that head.
   */
  async #verifyLog(): Promise<VerificationResult['log']> {
    if (!this.bag.files.has(LOG)) {
      for (const path of [LOG_HEAD, LOG_SIGNED, LOG_SIGNATURE, LOG_KEY])
        if (this.bag.files.has(path)) this.#problem('log', path);
      return undefined;
    }
    const content = await this.#readContent(LOG, MAX_LOG_BYTES);
    if (content === undefined) return undefined;
    const log = verifyLogExtract(content);
    if (log === undefined) {
      this.#problem('log', LOG);
      return undefined;
    }
    for (const [path, expected] of log.parts)
      if (!(await this.#readContent(path))?.equals(expected)) this.#problem('log', path);
    const { origin, verifierKey, size, leaves } = log;
    return { origin, verifierKey, size, leaves };
  }
}

const REPORT_OF_CASE = new RegExp(`^${INSPECTIONS}[a-z0-9-]+/report\\.json$`);

const findReceivedFile = (under: string, payload: ReadonlyMap<string, string>): string | undefined =>
  [...payload.keys()].find(
    (path) => path.startsWith(under) && /^file\.[a-z0-9]+$/.test(path.slice(under.length)),
  );

function parseAssetSha256(report: Buffer): string | undefined {
  try {
    const asset = asRecord(ownMember(asRecord(JSON.parse(report.toString('utf8'))) ?? {}, 'asset'));
    const sha256 = asset && ownMember(asset, 'sha256');
    return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined;
  } catch {
    return undefined;
  }
}

function parseDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Returns the public key of a PEM certificate or public key. */
export function parsePublicKey(pem: string | Buffer | undefined): KeyObject | undefined {
  if (pem === undefined) return undefined;
  const bytes = Buffer.from(pem);
  const answer = readPemCertificates(bytes);
  if ('certificates' in answer) return answer.certificates[0]?.publicKey;
  try {
    return createPublicKey(bytes);
  } catch {
    return undefined;
  }
}
