import { ISOLATION_REASONS } from '../../base/isolation-level.js';
import { ACTION_TERMS, actionMessageSuffix, RELATIONSHIP_TERMS } from '../../core/c2pa/c2pa-terms.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { CORNERS } from '../../core/media/visible-mark.js';
import { TERMS, termMeaning } from '../../core/page/glossary.js';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import { PartSchema } from '../../core/report/part-schema.js';
import {
  COVERAGE_STATES,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  READ_STATUSES,
  SIGNED_STATES,
  TRUSTS,
  VALIDITIES,
} from '../../core/report/report.js';
import { FACT_TERMS } from '../../core/report/report-terms.js';
import {
  BOOK_KINDS,
  CLAUSE_CONDITIONS,
  CLAUSE_KINDS,
  LAW_ITEMS,
  ROLES,
  RULE_NEXT_STEPS,
} from '../../core/report/rule-terms.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS, TRACE_GRADES } from '../../core/signals/backing.js';
import { BYTES_PARTS } from '../../core/signals/bytes-parts.js';
import { meaningMessage } from '../../core/signals/meaning.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { DIGITAL_SOURCE_TYPES } from '../../core/signals/source-types.js';
import { LANGUAGES } from '../../i18n/languages.js';
import type { Translator } from '../../i18n/translator.js';

/** Returns a function that maps each code of a closed list to its text. */
const vocabularyOf =
  <Code extends string>(codes: readonly Code[], say: (code: Code, translator: Translator) => string) =>
  (translator: Translator): ReadonlyMap<string, string> =>
    new Map(codes.map((code) => [code, say(code, translator)]));

/** Codes whose texts are those of pages and terminals: the text's id is the prefix and the code. */
const textsAt = (prefix: string, codes: readonly string[]) =>
  vocabularyOf(codes, (code, { text: words }) => words(`${prefix}${code}` as TextId));
type TextId = 'law.outcome.answered';

/** Codes that no page shows in words. */
const explained = (list: string, codes: readonly string[]) => textsAt(`explain.${list}.`, codes);

const PART_KINDS: readonly string[] = PartSchema.properties.kind.enum;

/** Closed lists of codes in a Report, by the name of the vocabulary, or by the member that has them. */
export const VOCABULARIES = [
  { name: 'signals', of: vocabularyOf(SIGNAL_IDS, (id, speech) => speech.translate(meaningMessage(id))) },
  { name: 'origins', of: vocabularyOf(ORIGINS, (code, { text: words }) => words(`page.origin.${code}`)) },
  { name: 'backing', of: vocabularyOf(BACKINGS, (code, { text: words }) => words(`page.backing.${code}`)) },
  { name: 'grades', of: vocabularyOf(TRACE_GRADES, (code, { text: words }) => words(`page.grade.${code}`)) },
  {
    name: 'presence',
    of: vocabularyOf(PRESENCES, (code, { text: words }) => words(`page.presence.${code}`)),
  },
  {
    name: 'integrity',
    of: vocabularyOf(INTEGRITIES, (code, { text: words }) => words(`page.integrity.${code}`)),
  },
  { name: 'trust', of: vocabularyOf(TRUSTS, (code, { text: words }) => words(`page.trust.${code}`)) },
  {
    name: 'validity',
    of: vocabularyOf(VALIDITIES, (code, { text: words }) => words(`page.validity.${code}`)),
  },
  {
    name: 'revocation',
    of: vocabularyOf(['not-checked', 'not-revoked', 'revoked'], (code, { text: words }) =>
      words(`page.revocation.${code}`),
    ),
  },
  {
    name: 'signedStates',
    of: vocabularyOf(SIGNED_STATES, (code, { text: words }) => words(`page.signed.${code}`)),
  },
  {
    name: 'relationships',
    of: vocabularyOf(RELATIONSHIP_TERMS, (code, { text: words }) => words(`term.relationship.${code}`)),
  },
  {
    name: 'actions',
    of: vocabularyOf(ACTION_TERMS, (code, { text: words }) => words(actionMessageSuffix(code))),
  },
  {
    name: 'sourceTypes',
    of: vocabularyOf(DIGITAL_SOURCE_TYPES, (code, { text: words }) => words(`term.sourceType.${code}`)),
  },
  {
    name: 'readStatus',
    of: vocabularyOf(READ_STATUSES, (code, { text: words }) => words(`page.readStatus.${code}`)),
  },
  { name: 'glossary', of: vocabularyOf(TERMS, (term, speech) => speech.translate(termMeaning(term))) },
  {
    name: 'coverageStates',
    of: vocabularyOf(COVERAGE_STATES, (code, { text: words }) => words(`page.coverage.${code}`)),
  },
  { name: 'findings.outcome', of: textsAt('law.outcome.', OUTCOMES) },
  { name: 'findings.kind', of: textsAt('rulebook.kind.', CLAUSE_KINDS) },
  {
    name: 'findings.next',
    of: textsAt(
      'law.next.',
      RULE_NEXT_STEPS.filter((one) => one !== 'nothing'),
    ),
  },
  { name: 'findings.binds', of: textsAt('law.role.', ROLES) },
  { name: 'findings.status', of: textsAt('law.state.', ['in-force', 'pending', 'superseded']) },
  { name: 'rulebooks.status', of: explained('status', ['voluntary']) },
  { name: 'findings.onlyIf', of: textsAt('law.onlyIf.', CLAUSE_CONDITIONS) },
  { name: 'law.items', of: textsAt('law.item.', LAW_ITEMS) },
  { name: 'law.answer', of: explained('answer', ['notice-seen']) },
  {
    name: 'tool.rulebooks.kind',
    of: textsAt('law.bookKind.', BOOK_KINDS),
  },
  { name: 'tool.asOfSource', of: textsAt('page.phrase.asOfSource.', ['requested', 'today']) },
  { name: 'asset.kind', of: textsAt('kind.', [...MEDIA_KINDS, 'text']) },
  { name: 'basis.carrier', of: textsAt('carrier.', [...CARRIERS, 'file']) },
  { name: 'parts.kind', of: textsAt('page.part.', PART_KINDS) },
  { name: 'facts.personal', of: textsAt('page.personal.', PERSONAL) },
  { name: 'contentCredentials.signer.through', of: textsAt('page.through.', ['anchor', 'allowed']) },
  { name: 'summary.declared.where', of: explained('where', ['this', 'ancestor', 'component']) },
  { name: 'summary.declared.signedBy', of: explained('signedBy', ['same', 'another']) },
  {
    name: 'contentCredentials.signer.certificates.source',
    of: explained('certificateSource', ['list']),
  },
  { name: 'contentCredentials.bytesFaultMissing', of: explained('bytesPart', BYTES_PARTS) },
  {
    name: 'contentCredentials.codes.kind',
    of: explained('statusKind', ['success', 'informational', 'failure']),
  },
  {
    name: 'actions.regions',
    of: explained('region', ['circle', 'polygon', 'rectangle', 'pixel', 'percent']),
  },
  { name: 'tool.c2paEngines.name', of: explained('engine', ['native', 'wasm']) },
  { name: 'signals.region.corner', of: explained('corner', CORNERS) },
  { name: 'asset.streams.tracks.kind', of: explained('trackKind', ['subtitle']) },
  { name: 'tool.isolation', of: explained('isolation', ['sandbox', ...ISOLATION_REASONS]) },
  { name: 'findings.language', of: explained('language', LANGUAGES) },
  {
    name: 'parts.outcome.signer.standing',
    of: explained('standing', ['expired', 'term-unknown', 'unstated']),
  },
  { name: 'summary.facts.who', of: textsAt('overview.who.', FACT_TERMS.who) },
  { name: 'summary.facts.changed', of: textsAt('overview.changed.', FACT_TERMS.changed) },
  { name: 'summary.facts.ai', of: textsAt('overview.ai.', FACT_TERMS.ai) },
  { name: 'summary.facts.when', of: textsAt('overview.when.', FACT_TERMS.when) },
] as const;
export type Vocabulary = (typeof VOCABULARIES)[number]['name'];
