import type { MessageId } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { MANIFEST, PAYLOAD, TAG_MANIFEST } from './bag.js';
import {
  CASE,
  CERTIFICATES,
  CLAIM_REVIEWS,
  EXCHANGES,
  INSPECTIONS,
  type Kind,
  LOG,
  LOG_HEAD,
  LOG_KEY,
  LOG_SIGNATURE,
  LOG_SIGNED,
  MANIFEST_STORE,
  MATCHES,
  NOTES,
  PUBLIC_KEY,
  REPORT,
  SIGNATURES,
  STAMP,
  STAMP_CERTIFICATES,
  VERSIONS,
} from './names.js';
import { keyFingerprint, type Signer } from './signing.js';

interface Facts {
  signer: Signer;
  at: Date;
  /** Of the time-stamping authority. */
  authority: string | undefined;
  /** Files in `data/`. */
  payload: number;
  /** Files of the whole bag. */
  all: number;
  /** Paths of what is explained: all but the lists, the signature and the timestamp. */
  names: readonly string[];
  kind: Kind;
}

/**
 * How to check a bag with what stands on any machine. Each command is a line of its own that runs as it stands in the unpacked
 * folder, and ends with 0 where the bag is as it was sealed.
 */
export function verifyText(facts: Facts, speech: Speech): string {
  const { signer, at, authority, payload, all, names } = facts;
  const when = at.toISOString();
  const { words } = speech;
  const [own] = signer.certificates;
  // An Ed25519 key signs without its certificate, also where there is one: what is compared is what the sentence names.
  const isByCertificate = signer.kind === 'cms' && own !== undefined;
  const fingerprint = isByCertificate ? own.sha256 : keyFingerprint(signer.publicKey);
  const paragraphs = [
    [words('seal.text.title'), '', words('seal.text.folder')],
    [words('seal.text.digests'), '', `sha256sum -c ${MANIFEST}`],
    [words('seal.text.tags'), '', `sha256sum -c ${TAG_MANIFEST}`],
    [
      words('seal.text.count'),
      '',
      counted(PAYLOAD.slice(0, -1), payload),
      counted('.', all),
      none('. ! -type f ! -type d'),
      none('. -type d -empty'),
    ],
    [
      isByCertificate
        ? words('seal.text.certificate', { file: CERTIFICATES, fingerprint, at: when })
        : words('seal.text.key', { file: PUBLIC_KEY, fingerprint }),
      '',
      signatureCommand(facts),
    ],
    authority === undefined
      ? [words('seal.text.noStamp', { at: when })]
      : [
          words('seal.text.stamp', { address: authority, file: STAMP_CERTIFICATES }),
          '',
          `openssl ts -verify -data ${SIGNATURES[signer.kind]} -in ${STAMP} -CAfile ${STAMP_CERTIFICATES} -partial_chain -attime ${secondsOf(new Date())}`,
          `openssl ts -reply -in ${STAMP} -text`,
        ],
    ...(names.includes(LOG)
      ? [
          [
            words('seal.text.log', { file: LOG, head: LOG_HEAD, key: LOG_KEY }),
            '',
            `openssl pkeyutl -verify -pubin -inkey ${LOG_KEY} -rawin -in ${LOG_SIGNED} -sigfile ${LOG_SIGNATURE}`,
          ],
        ]
      : []),
    [words('seal.text.assay')],
    [
      words('seal.text.inside', { kind: facts.kind === 'full' ? 'full' : 'other' }),
      '',
      ...inside(names, speech),
    ],
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Of a case: a folder for each of its inspections, in `data/` and beside it. */
const IN_CASE = [INSPECTIONS, INSPECTIONS.slice(PAYLOAD.length)];

type InsideId = MessageId & `seal.text.inside.${string}`;

/** What people may want to open, in the order in which they may want to. */
const EXPLAINED: readonly (readonly [is: (path: string) => boolean, id: InsideId])[] = [
  [named('data/finding.pdf', 'data/finding.html'), 'seal.text.inside.finding'],
  [named('data/dossier.pdf', 'data/dossier.html'), 'seal.text.inside.dossier'],
  [named(REPORT), 'seal.text.inside.report'],
  [(path) => /^data\/file\.[a-z0-9]+$/.test(path), 'seal.text.inside.file'],
  [named(MANIFEST_STORE), 'seal.text.inside.manifestStore'],
  [named(VERSIONS), 'seal.text.inside.versions'],
  [named(CASE), 'seal.text.inside.case'],
  [named(CLAIM_REVIEWS), 'seal.text.inside.claimReviews'],
  [named(...IN_CASE), 'seal.text.inside.inspections'],
  [named(MATCHES), 'seal.text.inside.matches'],
  [named(NOTES), 'seal.text.inside.notes'],
  [named(EXCHANGES), 'seal.text.inside.exchanges'],
  [named(LOG, LOG_HEAD), 'seal.text.inside.log'],
];

function named(...paths: readonly string[]): (path: string) => boolean {
  return (path) => paths.includes(path);
}

const inside = (names: readonly string[], speech: Speech): string[] => {
  const folders = IN_CASE.filter((folder) => names.some((path) => path.startsWith(folder)));
  return EXPLAINED.flatMap(([is, id]) => {
    const found = [...names, ...folders].filter(is);
    return found.length === 0 ? [] : [`- ${found.join(', ')}: ${speech.words(id)}`];
  });
};

const counted = (folder: string, count: number): string =>
  `test "$(find ${folder} ! -type d | wc -l)" -eq ${count}`;

/** Names each that is found, and ends with 0 where there is none. */
const none = (what: string): string => `! find ${what} | grep .`;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * `-binary`: without it OpenSSL changes line ends before it hashes, and refuses a good bag. `-partial_chain`: the certificate
 * itself is what is compared, whoever issued it.
 */
function signatureCommand({ signer: { kind }, at }: Facts): string {
  return kind === 'cms'
    ? `openssl cms -verify -binary -inform DER -in ${SIGNATURES.cms} -content ${TAG_MANIFEST} -CAfile ${CERTIFICATES} -partial_chain -purpose any -attime ${secondsOf(at)} -out /dev/null`
    : `openssl pkeyutl -verify -pubin -inkey ${PUBLIC_KEY} -rawin -in ${TAG_MANIFEST} -sigfile ${SIGNATURES.ed25519}`;
}
