import { lookupTable } from '../../base/table.js';
import { type Message, message } from '../../i18n/message.js';
import type { StoredReport } from '../report/report.js';

/** Explained terms of reports; the glossary page and `assay explain` show the same text. */

/** Ordered so that each term builds on earlier ones. */
export const GLOSSARY = [
  {
    group: 'credentials',
    terms: [
      'content-credentials',
      'c2pa',
      'manifest',
      'ingredient',
      'signer',
      'certificate',
      'trust-list',
      'timestamp',
      'digest',
      'altered',
    ],
  },
  { group: 'marks', terms: ['declared-origin', 'ai-label', 'watermark', 'trace'] },
  { group: 'file', terms: ['metadata', 'camera-data', 'masked', 'could-not-look'] },
  { group: 'law', terms: ['rulebook', 'clause', 'jurisdiction', 'role'] },
] as const;

export type Term = (typeof GLOSSARY)[number]['terms'][number];
export const TERMS: readonly Term[] = GLOSSARY.flatMap(({ terms }): readonly Term[] => terms);

export const termName = (term: Term): Message => message(`glossary.name.${term}`);
export const termMeaning = (term: Term): Message => message(`glossary.means.${term}`);

/** Term that explains the label of each check row. */
const OF_ROW = lookupTable<Term>({
  credentials: 'content-credentials',
  labels: 'ai-label',
  otherLabels: 'metadata',
  traces: 'trace',
  camera: 'camera-data',
  editor: 'trace',
  platform: 'trace',
  unread: 'could-not-look',
});

export const termOfRow = (row: string | undefined): Term | undefined =>
  row === undefined ? undefined : OF_ROW[row];

const OF_WHO = lookupTable<readonly Term[]>({
  listed: ['signer', 'trust-list'],
  private: ['signer', 'trust-list'],
  unlisted: ['signer', 'trust-list'],
  'not-checked': ['signer', 'trust-list'],
  'out-of-term': ['signer', 'certificate'],
  revoked: ['signer', 'certificate'],
  'signature-broken': ['signer'],
  unnamed: ['signer'],
  'own-key': ['signer'],
});

const OF_AI = lookupTable<readonly Term[]>({
  'stated-signed': ['declared-origin'],
  label: ['ai-label'],
  possible: ['ai-label'],
  text: ['ai-label'],
  trace: ['trace'],
});

/** Returns the few terms on a report's first screen that readers may not know, chosen by its codes. */
export function termsOf({ contentCredentials, summary: { facts } }: StoredReport): Term[] {
  if (facts === undefined) return [];
  const { who, changed, ai, when } = facts;
  const carries = contentCredentials.presence !== 'absent' && contentCredentials.presence !== 'unsupported';
  const unread = [who.code, ai.code].some((code) => code === 'could-not-look');
  const terms: readonly Term[] = [
    ...(carries ? (['content-credentials'] as const) : []),
    ...(OF_WHO[who.code] ?? []),
    ...(changed.code === 'yes' ? (['altered'] as const) : []),
    ...(OF_AI[ai.code] ?? []),
    ...(when.code === 'not-known' ? [] : (['timestamp'] as const)),
    ...(unread ? (['could-not-look'] as const) : []),
  ];
  return [...new Set(terms)];
}
