import { VERSION } from '../core/ground/version.js';
import type { Certificate } from '../core/trust/certificate.js';
import type { Speech } from '../say/speech.js';
import { type Stamp, stampOf } from './authority.js';
import {
  BAG_INFO,
  type BagFile,
  bagFile,
  bagit,
  digestLines,
  infoLines,
  inOrder,
  MANIFEST,
  payloadOxum,
  TAG_MANIFEST,
} from './bag.js';
import {
  CERTIFICATES,
  INFO,
  type Kind,
  PUBLIC_KEY,
  SIGNATURES,
  STAMP,
  STAMP_CERTIFICATES,
  VERIFY,
} from './names.js';
import { type Signer, signature } from './signing.js';
import { verifyText } from './verify-text.js';

export interface ToSeal {
  kind: Kind;
  /** What it is about, as `bag-info.txt` names it: `sha256:` and the digest of the file, or what a case is known by. */
  identifier: string;
  /** Everything of `data/`. */
  payload: readonly BagFile[];
  /** What stands beside it and may be another one each time, as an extract of the log. */
  tags?: readonly BagFile[];
  /** More lines of `bag-info.txt`. */
  info?: readonly (readonly [label: string, value: string])[];
}

export interface How {
  signer: Signer;
  at: Date;
  /** Of the time-stamping authority. */
  authority?: string | undefined;
  /** In whose language the page on how to check is written. */
  speech: Speech;
}

export interface SealedBag {
  files: BagFile[];
  /** SHA-256 of what was signed: one bag has it alone. */
  digest: string;
  stamp?: Stamp;
}

/**
 * A bag that is signed and, where an authority is named, stamped: its signature is over the list of digests of everything but
 * itself, the stamp over the signature. Throws a SealError.
 */
export async function seal(toSeal: ToSeal, { signer, at, authority, speech }: How): Promise<SealedBag> {
  const { payload, tags = [] } = toSeal;
  const outside = 2 + (authority === undefined ? 0 : 2);
  const own = [
    bagit(),
    bagFile(BAG_INFO, infoLines(infoOf(toSeal, at, authority))),
    bagFile(MANIFEST, digestLines(payload)),
    bagFile(PUBLIC_KEY, signer.publicKey.export({ type: 'spki', format: 'pem' })),
    ...(signer.certificates.length === 0 ? [] : [bagFile(CERTIFICATES, pemOf(signer.certificates))]),
    ...tags,
  ];
  const all = payload.length + own.length + 1 + outside;
  const names = [...payload, ...own].map(({ path }) => path);
  const facts = { signer, at, authority, payload: payload.length, all, names, kind: toSeal.kind };
  const verify = verifyText(facts, speech);
  const listed = [...own, textFile(VERIFY, verify)];
  const list = bagFile(TAG_MANIFEST, digestLines(listed));
  const signed = bagFile(SIGNATURES[signer.kind], signature(contentOf(list), signer, at));
  const stamp = authority === undefined ? undefined : await stampOf(contentOf(signed), authority);
  const stamped =
    stamp === undefined
      ? []
      : [bagFile(STAMP, stamp.answer), bagFile(STAMP_CERTIFICATES, pemOf(stamp.certificates))];
  const files = inOrder([...payload, ...listed, list, signed, ...stamped]);
  return { files, digest: list.sha256, ...(stamp && { stamp }) };
}

/** Its name is in capitals, so that people see it first. */
function textFile(path: string, text: string): BagFile {
  return { ...bagFile(path.toLowerCase(), text), path };
}

const contentOf = ({ content }: BagFile): Buffer => (Buffer.isBuffer(content) ? content : Buffer.alloc(0));

const infoOf = (
  { kind, identifier, payload, info = [] }: ToSeal,
  at: Date,
  authority: string | undefined,
): (readonly [string, string])[] => [
  ['Bagging-Date', at.toISOString().slice(0, 10)],
  ['Payload-Oxum', payloadOxum(payload)],
  ['External-Identifier', identifier],
  ['Bag-Software-Agent', `Assay ${VERSION}`],
  [INFO.kind, kind],
  [INFO.at, at.toISOString()],
  [INFO.stamp, authority ?? 'none'],
  ...info,
];

export const pemOf = (certificates: readonly Certificate[]): string =>
  certificates.map(({ x509 }) => x509.toString()).join('');
