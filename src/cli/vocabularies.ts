import { ACTIONS, actionId, RELATIONSHIPS } from '../core/c2pa/c2pa-terms.js';
import { TERMS, termMeaning } from '../core/renderers/glossary.js';
import {
  COVERAGE_STATES,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  READ_STATUSES,
  SIGNED_STATES,
  TRUSTS,
  VALIDITIES,
} from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { BACKINGS, GRADES } from '../core/signals/backing.js';
import { meaningOf } from '../core/signals/meaning.js';
import { DIGITAL_SOURCE_TYPES } from '../core/signals/source-types.js';
import type { Speech } from '../say/speech.js';

/** What each word of one closed list says. */
const list =
  <Code extends string>(codes: readonly Code[], say: (code: Code, speech: Speech) => string) =>
  (speech: Speech): ReadonlyMap<string, string> =>
    new Map(codes.map((code) => [code, say(code, speech)]));

/** Words of a closed list that stand in a Report, by what they are said of. */
export const VOCABULARIES = [
  { name: 'signals', of: list(SIGNAL_IDS, (id, speech) => speech.say(meaningOf(id))) },
  { name: 'origins', of: list(ORIGINS, (code, { words }) => words(`page.origin.${code}`)) },
  { name: 'backing', of: list(BACKINGS, (code, { words }) => words(`page.backing.${code}`)) },
  { name: 'grades', of: list(GRADES, (code, { words }) => words(`page.grade.${code}`)) },
  { name: 'presence', of: list(PRESENCES, (code, { words }) => words(`page.presence.${code}`)) },
  { name: 'integrity', of: list(INTEGRITIES, (code, { words }) => words(`page.integrity.${code}`)) },
  { name: 'trust', of: list(TRUSTS, (code, { words }) => words(`page.trust.${code}`)) },
  { name: 'validity', of: list(VALIDITIES, (code, { words }) => words(`page.validity.${code}`)) },
  {
    name: 'revocation',
    of: list(['not-checked', 'not-revoked', 'revoked'], (code, { words }) =>
      words(`page.revocation.${code}`),
    ),
  },
  { name: 'signedStates', of: list(SIGNED_STATES, (code, { words }) => words(`page.signed.${code}`)) },
  { name: 'relationships', of: list(RELATIONSHIPS, (code, { words }) => words(`term.relationship.${code}`)) },
  { name: 'actions', of: list(ACTIONS, (code, { words }) => words(actionId(code))) },
  {
    name: 'sourceTypes',
    of: list(DIGITAL_SOURCE_TYPES, (code, { words }) => words(`term.sourceType.${code}`)),
  },
  { name: 'readStatus', of: list(READ_STATUSES, (code, { words }) => words(`page.readStatus.${code}`)) },
  { name: 'glossary', of: list(TERMS, (term, speech) => speech.say(termMeaning(term))) },
  { name: 'coverageStates', of: list(COVERAGE_STATES, (code, { words }) => words(`page.coverage.${code}`)) },
] as const;
export type Vocabulary = (typeof VOCABULARIES)[number]['name'];
