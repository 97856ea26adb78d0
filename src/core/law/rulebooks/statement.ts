import { shortenLocator, shortenUnquoted } from '../../../base/quoted.js';
import { dayMessage, listMessage } from '../../../i18n/amounts.js';
import type { Language } from '../../../i18n/languages.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Location } from '../../media/carrier.js';
import type { MediaKind } from '../../media/media-kinds.js';
import { knownKindOf } from '../../media/media-types.js';
import type { Finding, Outcome } from '../../report/finding-schema.js';
import type { StoredReport } from '../../report/report.js';
import type { BookKind } from '../../report/rule-terms.js';
import type { Signal, SignalId } from '../../report/signal.js';
import type { Period, Rule, RuleCondition } from '../rulebook.js';
import { listOwnStatements, QUOTE_PLACEHOLDER } from './check-texts.js';
import type { LawTexts } from './texts.js';

/**
 * Builds the statement of a finding: law and clause, then the clause's sentence for the outcome or one built from found
 * and missing parts, then applicable cohorts with their dates, and the locations of the deciding signals. It is never
 * stored, but built from the finding, the signals of its Report and the rule.
 */

/** Members of a Report that a finding's statement refers to. */
export type StatementContext = {
  signals: readonly Signal[];
  /** `mediaType` may be absent if the kind is known. */
  asset: Pick<StoredReport['asset'], 'kind'> & Partial<Pick<StoredReport['asset'], 'mediaType'>>;
  tool: Pick<StoredReport['tool'], 'asOf'>;
};

interface StatementInput {
  finding: Finding;
  rule: Rule;
  kind: BookKind;
  texts: LawTexts;
  about: StatementContext;
}

/** Returns the message of a finding, to be translated with the law's own translator. */
export function statementMessage(
  finding: Finding,
  { rule, kind: bookKind }: Pick<StatementInput, 'rule' | 'kind'>,
  texts: LawTexts,
  about: StatementContext,
): Message {
  const spoken = { finding, rule, kind: bookKind, texts, about };
  const { outcome, because } = finding;
  const { signals, asset, tool } = about;
  const kind = knownKindOf(asset);
  if (isOfUnknownKind(finding, kind))
    return lawMessage(spoken, message('finding.unknownKind', { media: coversMessage(rule) }));
  if (outcome === 'kind-not-read')
    return lawMessage(spoken, message('finding.kindNotRead', { media: coversMessage(rule) }));
  if (outcome === 'outside-clause' && because.length === 0)
    return lawMessage(spoken, message('finding.otherKind', { media: coversMessage(rule) }));
  const decided = because.flatMap((id) => signals.filter((signal) => signal.id === id));
  return joinSentences([
    lawMessage(spoken, ownMessage(spoken) ?? generalMessage(spoken), rule.onlyIf),
    ...rule.periods.flatMap((period) => cohortMessages(period, rule, texts, tool.asOf)),
    ...(hasOnlyInvalid(outcome, decided) ? [message('finding.leftOut')] : []),
    ...(SHOWS_LOCATIONS.has(outcome) ? whereMessages(decided) : []),
  ]);
}

const joinSentences = (all: readonly [Message, ...Message[]]): Message =>
  all.reduce((first, second) => message('finding.sentences', { first, second }));

/**
 * Prefixes a sentence with law, clause and the given conditions, because a statement may be quoted alone:
 * `China, Labelling Measures, Article 5(1): …`.
 */
function lawMessage({ rule, texts }: StatementInput, sentence: Message, onlyIf?: Rule['onlyIf']): Message {
  const clause = texts.message(rule.id, 'clause') ?? message('text.asWritten', { text: rule.clause });
  return message('finding.ofLaw', {
    law: texts.shortMessage,
    clause:
      onlyIf === undefined
        ? clause
        : message('finding.onlyIf', {
            clause,
            conditions: listMessage(onlyIf.map((one) => message(`law.onlyIf.${one}`))),
          }),
    sentence,
  });
}

/** True if the kind of file is unknown and no signal decided. */
const isOfUnknownKind = ({ outcome, because }: Finding, kind: MediaKind | 'unknown'): boolean =>
  kind === 'unknown' && because.length === 0 && outcome === 'indeterminate';

const coversMessage = ({ covers }: Rule): Message => listMessage(covers.map((one) => message(`kind.${one}`)));

function ownMessage({ finding: { outcome }, rule, texts }: StatementInput): Message | undefined {
  if (!listOwnStatements(rule).has(outcome)) return undefined;
  const text = texts.template(rule.id, `statement.${outcome}`);
  const quotation = text?.includes(`{${QUOTE_PLACEHOLDER}}`)
    ? findQuotation(rule, texts.translator.language)
    : undefined;
  return texts.message(
    rule.id,
    `statement.${outcome}`,
    quotation && { [QUOTE_PLACEHOLDER]: message('finding.quotation', { text: quotation.text }) },
  );
}

/** Returns a quotation of the law for use in a sentence, preferring the reader's language. */
export function findQuotation({ sources }: Rule, language: Language) {
  const all = sources.flatMap(({ quotation }) => quotation ?? []);
  return all.find((one) => one.language === language) ?? all[0];
}

function generalMessage({ finding, rule, kind, texts, about }: StatementInput): Message {
  const { outcome, found, missing, unread, excepted, inForce } = finding;
  const { signals, tool } = about;
  const asOf = dayMessage(tool.asOf);
  const parts = (ids: readonly string[] = []) =>
    listMessage(ids.map((id) => partMessage(id, rule, texts, signals)));
  // Reports stored by earlier versions have neither list.
  if (NAMED.has(outcome) && (found ?? missing) === undefined)
    return message('finding.outcomeAlone', { outcome: message(`law.outcome.${outcome}`) });
  switch (outcome) {
    case 'answered':
      return message('finding.answered', { found: parts(found) });
    case 'partly-answered':
      return unread === undefined
        ? message('finding.partlyAnswered', { found: parts(found), missing: parts(missing) })
        : message('finding.partlyRead', {
            found: parts(found),
            missing: parts(missing),
            unread: parts(unread),
          });
    case 'no-signal-found':
      return message('finding.noSignalFound', { missing: parts(missing) });
    case 'indicator-seen':
      return message('finding.indicatorSeen', { found: parts(found) });
    case 'none-seen':
      return message('finding.noneSeen');
    case 'indeterminate':
      return message(isElsewhere(signals) ? 'finding.elsewhere' : 'finding.unread', {
        parts: unread === undefined ? message('finding.whetherItSpeaks') : parts(unread),
      });
    case 'not-in-force':
      return inForce.from === undefined || rule.pending
        ? message(kind === 'law' ? 'finding.pending' : 'finding.pending.noLaw', {
            seenOn: dayMessage(lastVerified(rule)),
          })
        : message('finding.notInForce', { from: dayMessage(inForce.from), asOf });
    case 'superseded':
      return message('finding.superseded', { until: dayMessage(inForce.until ?? tool.asOf), asOf });
    case 'outside-clause':
      return message('finding.excepted', {
        exception:
          texts.message(rule.id, `exception.${excepted}`) ??
          message('text.asWritten', { text: excepted ?? '' }),
      });
    case 'kind-not-read':
    case 'not-triggered':
      return message(isTriggeredByAi(rule) ? 'finding.statesNoAi' : 'finding.notTriggered');
    case 'look':
    case 'not-assessable':
      return message('finding.notAssessable');
  }
}

const NAMED: ReadonlySet<Outcome> = new Set([
  'answered',
  'partly-answered',
  'no-signal-found',
  'indicator-seen',
]);

const lastVerified = ({ sources }: Rule): string =>
  sources
    .map(({ seenOn }) => seenOn)
    .sort()
    .at(-1) ?? '';

/** Returns the message for a part of a clause. `id` is as `statement.label`: the part and the method by which it was found. */
export function partMessage(id: string, rule: Rule, texts: LawTexts, signals: readonly Signal[]): Message {
  const [part, way] = id.split('.');
  const found = rule.parts?.find((one) => one.id === part)?.ways?.find((one) => one.id === way);
  const value = found?.gives === undefined ? {} : { value: valueMessage(termsOf(found.when), signals) };
  return texts.message(rule.id, `part.${id}`, value) ?? message('text.asWritten', { text: id });
}

export const termsOf = ({ any = [], all = [], none = [] }: RuleCondition): string[] =>
  [...any, ...all, ...none].map(({ signal }) => signal);

function valueMessage(ids: readonly string[], signals: readonly Signal[]): Message {
  const stated = ids
    .flatMap((id) => signals.filter((signal) => signal.id === id))
    .find((signal) => signal.value !== undefined || signal.messages?.value !== undefined);
  // A localized Report has the text next to the message.
  if (stated?.messages?.value !== undefined)
    return message('finding.valueFound', { value: stated.messages.value });
  return stated?.value === undefined
    ? message('finding.valueMissing')
    : message('finding.value', { value: shortenUnquoted(stated.value) });
}

/** Stated on every day, so that the date of one cohort is not mistaken for that of all. */
export function cohortMessages(
  { from, until, cohort }: Period,
  rule: Rule,
  texts: LawTexts,
  asOf: string,
): Message[] {
  const whom = cohort === undefined ? undefined : texts.message(rule.id, `cohort.${cohort}`);
  if (whom === undefined) return [];
  if (asOf < from) return [message('finding.cohortAhead', { cohort: whom, from: dayMessage(from) })];
  return until !== undefined && asOf >= until
    ? [message('finding.cohortOver', { cohort: whom, until: dayMessage(until) })]
    : [message('finding.cohortNow', { cohort: whom, from: dayMessage(from) })];
}

/** “None was found” would be incomplete if a statement exists but no longer matches the file. */
function hasOnlyInvalid(outcome: Outcome, decided: readonly Signal[]): boolean {
  return (
    FINDS_NONE.has(outcome) && decided.length > 0 && decided.every(({ backing }) => backing === 'invalid')
  );
}

const FINDS_NONE: ReadonlySet<Outcome> = new Set(['no-signal-found', 'not-triggered', 'outside-clause']);

const isElsewhere = (signals: readonly Signal[]): boolean => {
  const has = (wanted: Signal['id']) => signals.some(({ id }) => id === wanted);
  return has('c2pa.remote') && !has('c2pa.present');
};

/** Returns whether a statement about AI makes the clause applicable. */
const isTriggeredByAi = ({ trigger, subject, exceptions }: Rule): boolean =>
  subject !== 'provenance' &&
  !exceptions?.some(({ when }) => when) &&
  trigger !== undefined &&
  [...(trigger.any ?? []), ...(trigger.all ?? [])].some(({ signal }) => AI_FACTS.has(signal));

const AI_FACTS: ReadonlySet<string> = new Set<SignalId>([
  'file.aiMark.signed',
  'file.aiMark.unsigned',
  'file.aiMark.possible',
  'file.aiTrace',
]);

/** Outcomes whose reader wants to see the locations next. */
const SHOWS_LOCATIONS: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

/** At most two locations are named; the rest are counted. */
function whereMessages(decided: readonly Signal[]): Message[] {
  const locations = new Map<string, Location>();
  for (const { basis } of decided) for (const one of basis) locations.set(JSON.stringify(one), one);
  const [first, second, ...rest] = locations.values();
  if (first === undefined) return [];
  const places =
    second === undefined
      ? locationMessage(first)
      : message('finding.locations', { first: locationMessage(first), second: locationMessage(second) });
  return [message('finding.where', { places, more: rest.length })];
}

function locationMessage({ carrier, locator: place, offset }: Location): Message {
  const at = { carrier: message(`carrier.${carrier}`), place: shortenUnquoted(shortenLocator(place)) };
  return offset === undefined
    ? message('finding.location', at)
    : message('finding.locationAt', { ...at, offset });
}
