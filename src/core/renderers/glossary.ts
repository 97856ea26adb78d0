import { type Said, said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { table } from '../ground/table.js';
import type { Report } from '../report/report.js';
import { html, type Markup } from './html-escape.js';

/** Words that reports use, explained: the same text on the glossary's page and in `assay explain`. */

/** In the order in which they explain each other. */
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

export const termName = (term: Term): Said => said(`glossary.name.${term}`);
export const termMeaning = (term: Term): Said => said(`glossary.means.${term}`);

/** Rows of what was checked, by what their label speaks of. */
const OF_ROW = table<Term>({
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

const OF_WHO = table<readonly Term[]>({
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

const OF_AI = table<readonly Term[]>({
  'stated-signed': ['declared-origin'],
  label: ['ai-label'],
  possible: ['ai-label'],
  text: ['ai-label'],
  trace: ['trace'],
});

/** What the first screen of a report says and not every reader knows: few, by its codes. */
export function termsOf({ contentCredentials, summary: { facts } }: Report): Term[] {
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

/** A word that leads to its explanation; without an address, as in what is sent on, the word alone. */
export function termLink(
  word: string | Markup,
  term: Term | undefined,
  glossary: string | undefined,
  speech: Speech,
): Markup {
  if (term === undefined || glossary === undefined) return html`${word}`;
  const name = speech.words('page.phrase.termLink', { word: speech.say(termName(term)) });
  return html`<a class="term" href="${glossary}#${term}" title="${name}">${word}</a>`;
}
