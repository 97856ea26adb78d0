import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { asRecord, member } from '../core/ground/json-shape.js';
import { parseAsn1 } from '../core/trust/asn1.js';
import type { Certificate } from '../core/trust/certificate.js';
import { openSignedData } from '../core/trust/cms.js';
import { readPemCertificates } from '../core/trust/pem.js';
import { type Stamp, stampIn } from './authority.js';
import { BAG_INFO, BAGIT, MANIFEST, PAYLOAD, TAG_MANIFEST } from './bag.js';
import { type CheckedLog, checkedLog } from './log-tags.js';
import {
  CASE,
  INFO,
  INSPECTIONS,
  KINDS,
  type Kind,
  LOG,
  LOG_HEAD,
  LOG_KEY,
  LOG_SIGNATURE,
  LOG_SIGNED,
  OUTSIDE,
  PUBLIC_KEY,
  REPORT,
  SIGNATURES,
  STAMP,
  STAMP_CERTIFICATES,
} from './names.js';
import { contentOf, digestOf, isOfSystem, notRead, type Opened, opened } from './opened.js';
import { pemOf } from './seal.js';
import { DATA, keyFingerprint } from './signing.js';

/** Problems of a bag, the gravest first. */
export const PROBLEMS = [
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
  // Nothing was found wrong with it: nobody knows.
  'notRead',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

export interface Problem {
  code: ProblemCode;
  /** Of a file in the bag. */
  path?: string;
  /** Of one that was renamed: what it is called now. */
  now?: string;
  /** Number of bytes of a ZIP that belong to no file. */
  bytes?: number;
}

export interface Checked {
  problems: Problem[];
  kind?: Kind;
  sealedAt?: Date;
  /** Files of the bag, and of its `data/`. */
  files: number;
  payload: number;
  signer?: {
    kind: 'cms' | 'ed25519';
    /** Of the certificate, or of the key where there is none; hexadecimal. */
    fingerprint: string;
    certificate?: Certificate;
  };
  /** Undefined where there is none. */
  stamp?: Pick<Stamp, 'at' | 'authority'>;
  /** Of the file that was inspected; of a bag about a case there may be several. */
  sha256?: string;
  /** Files as they were received that are in it; of a bag about a case there may be several. */
  received: number;
  /** Inspections in a bag about a case. */
  inspections?: number;
  /** An extract of a log that holds: whether its key is the log’s own only whoever runs it can say. */
  log?: Pick<CheckedLog, 'origin' | 'verifierKey' | 'size' | 'leaves'>;
}

export interface Against {
  /** Whose seal is expected: a certificate or a public key. Left out: whoever's it is, is told. */
  key?: KeyObject | undefined;
}

/** Lists of digests, signatures, certificates. */
const MOST_TAG_BYTES = 4 * 1024 * 1024;
const MOST_REPORT_BYTES = 64 * 1024 * 1024;
const MOST_LOG_BYTES = 16 * 1024 * 1024;

/** Checks a ZIP or folder. Rejects with a SealError where it is no bag at all. */
export async function checked(path: string, against: Against = {}): Promise<Checked> {
  const bag = await opened(path);
  try {
    return await new Check(bag, against).all();
  } catch (error) {
    // A list or a signature that cannot be read leaves nothing to be held against.
    throw isOfSystem(error) ? notRead(path, error) : error;
  } finally {
    bag.close();
  }
}

class Check {
  readonly #problems: Problem[] = [];
  readonly #info = new Map<string, string>();

  constructor(
    readonly bag: Opened,
    readonly against: Against,
  ) {}

  async all(): Promise<Checked> {
    const { bag } = this;
    for (const path of bag.slipped) this.#problem('slipped', path);
    for (const path of bag.emptyFolders) this.#problem('added', path);
    if (bag.spareBytes > 0) this.#problems.push({ code: 'spare', bytes: bag.spareBytes });
    for (const [path, file] of bag.files) if (file === undefined) this.#problem('linked', path);
    const tags = await this.#list(TAG_MANIFEST);
    const payload = await this.#list(MANIFEST);
    for (const line of (await this.#text(BAG_INFO))?.split('\n') ?? []) {
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
      named.filter((path) => !path.startsWith(PAYLOAD) && !OUTSIDE.has(path)),
    );
    for (const path of [BAGIT, BAG_INFO, MANIFEST])
      if (bag.files.has(path) && !tags.has(path)) this.#problem('changed', TAG_MANIFEST);
    const sealedAt = dateOf(this.#info.get(INFO.at));
    const signer = await this.#signer(sealedAt);
    const stamp = await this.#stamp(signer?.kind);
    const kind = KINDS.find((one) => one === this.#info.get(INFO.kind));
    const about = payload.has(CASE) ? await this.#inspections(payload) : await this.#ofOne(payload);
    const log = await this.#log();
    const rank = (code: ProblemCode) => PROBLEMS.indexOf(code);
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

  #problem(code: ProblemCode, path?: string, now?: string): void {
    const isTold = this.#problems.some((one) => one.code === code && one.path === path);
    if (!isTold)
      this.#problems.push({ code, ...(path !== undefined && { path }), ...(now !== undefined && { now }) });
  }

  /** Undefined where there is none; what is there and too long, or does not unpack, is told. */
  async #content(path: string, most = MOST_TAG_BYTES): Promise<Buffer | undefined> {
    const file = this.bag.files.get(path);
    const content = await contentOf(file, most);
    if (file !== undefined && content === undefined) this.#problem('unreadable', path);
    return content;
  }

  async #text(path: string): Promise<string | undefined> {
    return (await this.#content(path))?.toString('utf8');
  }

  /** Path → digest. */
  async #list(path: string): Promise<Map<string, string>> {
    const list = new Map<string, string>();
    const text = await this.#text(path);
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
      const digest = await digestOf(file).catch((error: unknown) => {
        this.#problem(isOfSystem(error) ? 'notRead' : 'unreadable', path);
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

  async #signer(sealedAt: Date | undefined): Promise<Checked['signer']> {
    const content = await this.#content(TAG_MANIFEST);
    const [cms, raw] = await Promise.all(
      [SIGNATURES.cms, SIGNATURES.ed25519].map((path) => this.#content(path)),
    );
    if (content === undefined || (cms === undefined) === (raw === undefined)) {
      this.#problem(content !== undefined && cms !== undefined ? 'signature' : 'unsigned');
      return undefined;
    }
    return cms === undefined
      ? this.#byKey(content, raw ?? Buffer.alloc(0))
      : this.#byCertificate(content, cms, sealedAt);
  }

  async #byKey(content: Buffer, signature: Buffer): Promise<Checked['signer']> {
    const key = publicKeyIn(await this.#text(PUBLIC_KEY));
    if (key?.asymmetricKeyType !== 'ed25519' || !verify(null, content, key, signature)) {
      this.#problem('signature');
      return undefined;
    }
    this.#expect(key);
    return { kind: 'ed25519', fingerprint: keyFingerprint(key) };
  }

  #byCertificate(content: Buffer, cms: Buffer, sealedAt: Date | undefined): Checked['signer'] {
    const { signature, signer, contentType } = openSignedData(parseAsn1(cms), content) ?? {};
    if (signature !== 'holds' || signer === undefined || contentType !== DATA) {
      this.#problem('signature');
      return undefined;
    }
    this.#expect(signer.publicKey);
    // Where nobody knows when it was sealed, nothing is said of whether the certificate was valid then.
    if (sealedAt === undefined) this.#problem('unreadable', BAG_INFO);
    else if (+sealedAt < Date.parse(signer.x509.validFrom) || +sealedAt > Date.parse(signer.x509.validTo))
      this.#problem('expired');
    return { kind: 'cms', fingerprint: signer.sha256, certificate: signer };
  }

  #expect(key: KeyObject): void {
    if (this.against.key !== undefined && !key.equals(this.against.key)) this.#problem('otherKey');
  }

  async #stamp(kind: 'cms' | 'ed25519' | undefined): Promise<Checked['stamp']> {
    // The signature is not over these two: whoever sealed it says under it whether they are there.
    if ((this.#info.get(INFO.stamp) ?? 'none') === 'none') {
      for (const path of [STAMP, STAMP_CERTIFICATES])
        if (this.bag.files.has(path)) this.#problem('added', path);
      return undefined;
    }
    const answer = await this.#content(STAMP);
    if (answer === undefined) {
      if (!this.bag.files.has(STAMP)) this.#problem('missing', STAMP);
      return undefined;
    }
    const over = kind && (await this.#content(SIGNATURES[kind]));
    const stamp = over && stampIn(answer, over);
    if (!stamp) {
      this.#problem('timestamp', STAMP);
      return undefined;
    }
    // They are those of the answer, for OpenSSL.
    const certificates = await this.#text(STAMP_CERTIFICATES);
    if (certificates === undefined) {
      if (!this.bag.files.has(STAMP_CERTIFICATES)) this.#problem('missing', STAMP_CERTIFICATES);
    } else if (certificates !== pemOf(stamp.certificates)) this.#problem('changed', STAMP_CERTIFICATES);
    return { at: stamp.at, authority: stamp.authority };
  }

  /** The Report is about the file that lies beside it, and the bag about both. */
  async #ofOne(payload: ReadonlyMap<string, string>): Promise<Pick<Checked, 'received' | 'sha256'>> {
    const received = this.#received([PAYLOAD], payload);
    if (!this.bag.files.has(REPORT)) {
      this.#problem('missing', REPORT);
      return { received };
    }
    const sha256 = await this.#report(PAYLOAD, payload, this.#info.get('External-Identifier') ?? '');
    if (sha256 === undefined) return { received };
    // It says that it holds the file.
    if (this.#info.get(INFO.kind) === 'full' && fileAmong(PAYLOAD, payload) === undefined)
      this.#problem('missing', 'data/file');
    return { received, sha256 };
  }

  /** Each of a case, about the file that lies beside it where one does. */
  async #inspections(
    payload: ReadonlyMap<string, string>,
  ): Promise<Pick<Checked, 'inspections' | 'received'>> {
    const reports = [...payload.keys()].filter((path) => REPORT_OF_CASE.test(path));
    const folders = reports.map((path) => path.slice(0, -'report.json'.length));
    for (const under of folders)
      if (this.bag.files.has(`${under}report.json`)) await this.#report(under, payload);
    return { inspections: reports.length, received: this.#received(folders, payload) };
  }

  /** In how many of these folders there is the file as it was received. */
  #received(folders: readonly string[], payload: ReadonlyMap<string, string>): number {
    const files = folders.map((under) => fileAmong(under, payload));
    return files.filter((path) => path !== undefined && this.bag.files.has(path)).length;
  }

  /** Digest of the file that the Report under there is about. `told`: what the bag says that it is about. */
  async #report(
    under: string,
    payload: ReadonlyMap<string, string>,
    told?: string,
  ): Promise<string | undefined> {
    const path = `${under}report.json`;
    const content = await this.#content(path, MOST_REPORT_BYTES);
    if (content === undefined) return undefined;
    const sha256 = sha256In(content);
    const file = fileAmong(under, payload);
    const isOther = told !== undefined && told !== `sha256:${sha256}`;
    // One that was changed until nobody can read it says nothing of any file: that it was changed is told already.
    if (sha256 === undefined && this.#problems.some((one) => one.code === 'changed' && one.path === path))
      return undefined;
    if (sha256 === undefined || isOther) this.#problem('contradiction', path);
    else if (file !== undefined && payload.get(file) !== sha256) this.#problem('contradiction', file);
    return sha256;
  }

  /** Each entry is under the head, the head is signed by the key that is named, and what lies beside it for OpenSSL is of that head. */
  async #log(): Promise<Checked['log']> {
    if (!this.bag.files.has(LOG)) {
      for (const path of [LOG_HEAD, LOG_SIGNED, LOG_SIGNATURE, LOG_KEY])
        if (this.bag.files.has(path)) this.#problem('log', path);
      return undefined;
    }
    const content = await this.#content(LOG, MOST_LOG_BYTES);
    if (content === undefined) return undefined;
    const log = checkedLog(content);
    if (log === undefined) {
      this.#problem('log', LOG);
      return undefined;
    }
    for (const [path, expected] of log.parts)
      if (!(await this.#content(path))?.equals(expected)) this.#problem('log', path);
    const { origin, verifierKey, size, leaves } = log;
    return { origin, verifierKey, size, leaves };
  }
}

const REPORT_OF_CASE = new RegExp(`^${INSPECTIONS}[a-z0-9-]+/report\\.json$`);

const fileAmong = (under: string, payload: ReadonlyMap<string, string>): string | undefined =>
  [...payload.keys()].find(
    (path) => path.startsWith(under) && /^file\.[a-z0-9]+$/.test(path.slice(under.length)),
  );

function sha256In(report: Buffer): string | undefined {
  try {
    const asset = asRecord(member(asRecord(JSON.parse(report.toString('utf8'))) ?? {}, 'asset'));
    const sha256 = asset && member(asset, 'sha256');
    return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined;
  } catch {
    return undefined;
  }
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Of a PEM with a certificate or a public key. */
export function publicKeyIn(pem: string | Buffer | undefined): KeyObject | undefined {
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
