import type { MessageId } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { PAYLOAD, PAYLOAD_MANIFEST, TAG_MANIFEST } from './bag.js';
import {
  type BundleKind,
  CASE,
  CERTIFICATES,
  CLAIM_REVIEWS,
  EXCHANGES,
  INSPECTIONS,
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
import { computeKeyFingerprint, type Signer } from './signing.js';

interface Facts {
  signer: Signer;
  at: Date;
  /** Address of the time-stamping authority. */
  authority: string | undefined;
  /** Number of files in `data/`. */
  payload: number;
  /** Number of files of the whole bag. */
  all: number;
  /** Paths of the files to explain: all but the lists, the signature and the timestamp. */
  names: readonly string[];
  kind: BundleKind;
}

/**
 * Writes instructions to verify a bag with standard tools. Each command is one line that runs unchanged in the unpacked
 * folder, and exits with 0 if the bag is unaltered.
 */
export function buildVerifyText(facts: Facts, translator: Translator): string {
  const { signer, at, authority, payload, all, names } = facts;
  const when = at.toISOString();
  const { text: words } = translator;
  const [own] = signer.certificates;
  // An Ed25519 key signs without its certificate, even if there is one, so the text compares the key.
  const isByCertificate = signer.kind === 'cms' && own !== undefined;
  const fingerprint = isByCertificate ? own.sha256 : computeKeyFingerprint(signer.publicKey);
  const paragraphs = [
    [words('seal.text.title'), '', words('seal.text.folder')],
    [words('seal.text.digests'), '', `sha256sum -c ${PAYLOAD_MANIFEST}`],
    [words('seal.text.tags'), '', `sha256sum -c ${TAG_MANIFEST}`],
    [
      words('seal.text.count'),
      '',
      countCommand(PAYLOAD.slice(0, -1), payload),
      countCommand('.', all),
      findNoneCommand('. ! -type f ! -type d'),
      findNoneCommand('. -type d -empty'),
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
      ...inside(names, translator),
    ],
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Folders of the inspections in a case, in `data/` and next to it. */
const CASE_FOLDERS = [INSPECTIONS, INSPECTIONS.slice(PAYLOAD.length)];

type InsideId = MessageId & `seal.text.inside.${string}`;

/** Explanations of files, in the order in which people may want to open them. */
const EXPLAINED: readonly (readonly [is: (path: string) => boolean, id: InsideId])[] = [
  [named('data/finding.pdf', 'data/finding.html'), 'seal.text.inside.finding'],
  [named('data/dossier.pdf', 'data/dossier.html'), 'seal.text.inside.dossier'],
  [named(REPORT), 'seal.text.inside.report'],
  [(path) => /^data\/file\.[a-z0-9]+$/.test(path), 'seal.text.inside.file'],
  [named(MANIFEST_STORE), 'seal.text.inside.manifestStore'],
  [named(VERSIONS), 'seal.text.inside.versions'],
  [named(CASE), 'seal.text.inside.case'],
  [named(CLAIM_REVIEWS), 'seal.text.inside.claimReviews'],
  [named(...CASE_FOLDERS), 'seal.text.inside.inspections'],
  [named(MATCHES), 'seal.text.inside.matches'],
  [named(NOTES), 'seal.text.inside.notes'],
  [named(EXCHANGES), 'seal.text.inside.exchanges'],
  [named(LOG, LOG_HEAD), 'seal.text.inside.log'],
];

function named(...paths: readonly string[]): (path: string) => boolean {
  return (path) => paths.includes(path);
}

const inside = (names: readonly string[], translator: Translator): string[] => {
  const folders = CASE_FOLDERS.filter((folder) => names.some((path) => path.startsWith(folder)));
  return EXPLAINED.flatMap(([is, id]) => {
    const found = [...names, ...folders].filter(is);
    return found.length === 0 ? [] : [`- ${found.join(', ')}: ${translator.text(id)}`];
  });
};

const countCommand = (folder: string, count: number): string =>
  `test "$(find ${folder} ! -type d | wc -l)" -eq ${count}`;

/** Returns a command that lists all matches, and exits with 0 if there are none. */
const findNoneCommand = (what: string): string => `! find ${what} | grep .`;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * `-binary`: otherwise OpenSSL converts line ends before hashing, and refuses a valid bag. `-partial_chain`: the
 * certificate itself is compared, whoever issued it.
 */
function signatureCommand({ signer: { kind }, at }: Facts): string {
  return kind === 'cms'
    ? `openssl cms -verify -binary -inform DER -in ${SIGNATURES.cms} -content ${TAG_MANIFEST} -CAfile ${CERTIFICATES} -partial_chain -purpose any -attime ${secondsOf(at)} -out /dev/null`
    : `openssl pkeyutl -verify -pubin -inkey ${PUBLIC_KEY} -rawin -in ${TAG_MANIFEST} -sigfile ${SIGNATURES.ed25519}`;
}
