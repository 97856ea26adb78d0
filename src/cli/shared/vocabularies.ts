import { ACTION_TERMS, actionMessageSuffix, RELATIONSHIP_TERMS } from '../../core/c2pa/c2pa-terms.js';
import { TERMS, termMeaning } from '../../core/renderers/view/glossary.js';
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
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS, TRACE_GRADES } from '../../core/signals/backing.js';
import { meaningMessage } from '../../core/signals/meaning.js';
import { DIGITAL_SOURCE_TYPES } from '../../core/signals/source-types.js';
import type { Translator } from '../../i18n/translator.js';

/** Returns a function that maps each code of a closed list to its text. */
const vocabularyOf =
  <Code extends string>(codes: readonly Code[], say: (code: Code, translator: Translator) => string) =>
  (translator: Translator): ReadonlyMap<string, string> =>
    new Map(codes.map((code) => [code, say(code, translator)]));

/** Closed lists of codes in a Report, by the name of the vocabulary. */
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
] as const;
export type Vocabulary = (typeof VOCABULARIES)[number]['name'];
