import { VERSION } from '../../base/version.js';
import type { Certificate } from '../../core/trust/certificate.js';
import type { Translator } from '../../i18n/translator.js';
import {
  BAG_INFO,
  type BagFile,
  buildDeclaration,
  formatDigestLines,
  formatInfoLines,
  formatPayloadOxum,
  PAYLOAD_MANIFEST,
  sortByPath,
  TAG_MANIFEST,
  toBagFile,
} from './bag.js';
import {
  type BundleKind,
  CERTIFICATES,
  INFO_LABELS,
  PUBLIC_KEY,
  SIGNATURES,
  STAMP,
  STAMP_CERTIFICATES,
  VERIFY,
} from './names.js';
import { type Signer, signContent } from './signing.js';
import { requestTimestamp, type SealTimestamp } from './timestamp-authority.js';
import { buildVerifyText } from './verify-text.js';

export interface BagToSeal {
  kind: BundleKind;
  /** Subject of the bag in `bag-info.txt`: `sha256:` and the digest of the file, or the identifier of a case. */
  identifier: string;
  /** All files of `data/`. */
  payload: readonly BagFile[];
  /** Files next to `data/` that may differ each time, such as an extract of the log. */
  tags?: readonly BagFile[];
  /** Additional lines of `bag-info.txt`. */
  info?: readonly (readonly [label: string, value: string])[];
}

export interface SealOptions {
  signer: Signer;
  at: Date;
  /** Address of the time-stamping authority. */
  authority?: string | undefined;
  /** Translator of the instructions for verification. */
  speech: Translator;
}

export interface SealedBag {
  files: BagFile[];
  /** SHA-256 of the signed list, which identifies the bag. */
  digest: string;
  stamp?: SealTimestamp;
}

/**
 * Builds and signs a bag; if an authority is given, also timestamps it. The signature covers the list of digests of all
 * files except itself, the timestamp covers the signature. Throws a SealError.
 */
export async function seal(
  toSeal: BagToSeal,
  { signer, at, authority, speech }: SealOptions,
): Promise<SealedBag> {
  const { payload, tags = [] } = toSeal;
  const outside = 2 + (authority === undefined ? 0 : 2);
  const own = [
    buildDeclaration(),
    toBagFile(BAG_INFO, formatInfoLines(buildInfo(toSeal, at, authority))),
    toBagFile(PAYLOAD_MANIFEST, formatDigestLines(payload)),
    toBagFile(PUBLIC_KEY, signer.publicKey.export({ type: 'spki', format: 'pem' })),
    ...(signer.certificates.length === 0 ? [] : [toBagFile(CERTIFICATES, toPem(signer.certificates))]),
    ...tags,
  ];
  const all = payload.length + own.length + 1 + outside;
  const names = [...payload, ...own].map(({ path }) => path);
  const facts = { signer, at, authority, payload: payload.length, all, names, kind: toSeal.kind };
  const verify = buildVerifyText(facts, speech);
  const listed = [...own, toTextFile(VERIFY, verify)];
  const list = toBagFile(TAG_MANIFEST, formatDigestLines(listed));
  const signed = toBagFile(SIGNATURES[signer.kind], signContent(inMemoryContent(list), signer, at));
  const stamp =
    authority === undefined ? undefined : await requestTimestamp(inMemoryContent(signed), authority);
  const stamped =
    stamp === undefined
      ? []
      : [toBagFile(STAMP, stamp.answer), toBagFile(STAMP_CERTIFICATES, toPem(stamp.certificates))];
  const files = sortByPath([...payload, ...listed, list, signed, ...stamped]);
  return { files, digest: list.sha256, ...(stamp && { stamp }) };
}

/** The name is in capitals, so that people see it first. */
function toTextFile(path: string, text: string): BagFile {
  return { ...toBagFile(path.toLowerCase(), text), path };
}

const inMemoryContent = ({ content }: BagFile): Buffer =>
  Buffer.isBuffer(content) ? content : Buffer.alloc(0);

const buildInfo = (
  { kind, identifier, payload, info = [] }: BagToSeal,
  at: Date,
  authority: string | undefined,
): (readonly [string, string])[] => [
  ['Bagging-Date', at.toISOString().slice(0, 10)],
  ['Payload-Oxum', formatPayloadOxum(payload)],
  ['External-Identifier', identifier],
  ['Bag-Software-Agent', `Assay ${VERSION}`],
  [INFO_LABELS.kind, kind],
  [INFO_LABELS.at, at.toISOString()],
  [INFO_LABELS.stamp, authority ?? 'none'],
  ...info,
];

export const toPem = (certificates: readonly Certificate[]): string =>
  certificates.map(({ x509 }) => x509.toString()).join('');
