import { daySaid, listSaid } from '../../../say/amounts.js';
import type { Language } from '../../../say/languages.js';
import { type Said, said } from '../../../say/said.js';
import { plain, tail } from '../../ground/quoted.js';
import type { Location } from '../../media/carrier.js';
import type { Kind } from '../../media/media-kinds.js';
import { kindKnown } from '../../media/media-types.js';
import type { Finding, Outcome } from '../../report/finding-schema.js';
import type { Report } from '../../report/report.js';
import type { Signal, SignalId } from '../../report/signal.js';
import type { Condition, Period, Rule } from '../rulebook.js';
import { QUOTE, statementsOf } from './check-texts.js';
import type { LawTexts } from './texts.js';

/**
 * What a finding says: the law and the clause, then its own sentence for the outcome or one made of what was found and
 * what is missing, then for whom it begins when, and where the signals that decided it stand. None of it is kept: it is
 * made of the finding, the signals of its Report and the rule.
 */

/** What of a Report a finding speaks of. */
export type About = {
  signals: readonly Signal[];
  /** Without a media type: of a kind that is known. */
  asset: Pick<Report['asset'], 'kind'> & Partial<Pick<Report['asset'], 'mediaType'>>;
  tool: Pick<Report['tool'], 'asOf'>;
};

interface Spoken {
  finding: Finding;
  rule: Rule;
  texts: LawTexts;
  about: About;
}

/** To be said by the law's own speech. */
export function statementSaid(finding: Finding, rule: Rule, texts: LawTexts, about: About): Said {
  const spoken = { finding, rule, texts, about };
  const { outcome, because } = finding;
  const { signals, asset, tool } = about;
  const kind = kindKnown(asset);
  if (isOfUnknownKind(finding, kind))
    return lawSaid(spoken, said('finding.unknownKind', { media: mediaSaid(rule) }));
  if (isOfOtherKind(finding, rule, asset.kind))
    return lawSaid(spoken, said('finding.otherKind', { media: mediaSaid(rule) }));
  const decided = because.flatMap((id) => signals.filter((signal) => signal.id === id));
  return sentencesSaid([
    lawSaid(spoken, ownSaid(spoken) ?? generalSaid(spoken)),
    ...rule.periods.flatMap((period) => cohortSaid(period, rule, texts, tool.asOf)),
    ...(isLeftOut(outcome, decided) ? [said('finding.leftOut')] : []),
    ...(SHOWS.has(outcome) ? whereSaid(decided) : []),
  ]);
}

const sentencesSaid = (all: readonly [Said, ...Said[]]): Said =>
  all.reduce((first, second) => said('finding.sentences', { first, second }));

/** `China, Labelling Measures, Article 5(1): …` */
const lawSaid = ({ rule, texts }: Spoken, sentence: Said): Said =>
  said('finding.ofLaw', {
    law: texts.shortSaid,
    clause: texts.said(rule.id, 'clause') ?? said('text.asWritten', { text: rule.clause }),
    sentence,
  });

/** It is the first thing that is looked at, so nothing else decided. */
const isOfOtherKind = ({ outcome, because }: Finding, { media }: Rule, kind: Kind): boolean =>
  outcome === 'not-applicable' && because.length === 0 && !media.includes(kind);

/** No signal decided. Versions before said of such a file that the clause does not speak of it, which nobody knew. */
const isOfUnknownKind = ({ outcome, because }: Finding, kind: Kind | 'unknown'): boolean =>
  kind === 'unknown' && because.length === 0 && (outcome === 'indeterminate' || outcome === 'not-applicable');

const mediaSaid = ({ media }: Rule): Said => listSaid(media.map((one) => said(`kind.${one}`)));

function ownSaid({ finding: { outcome }, rule, texts }: Spoken): Said | undefined {
  if (!statementsOf(rule).has(outcome)) return undefined;
  const text = texts.written(rule.id, `statement.${outcome}`);
  const quotation = text?.includes(`{${QUOTE}}`) ? quotationOf(rule, texts.speech.language) : undefined;
  return texts.said(
    rule.id,
    `statement.${outcome}`,
    quotation && { [QUOTE]: said('finding.quotation', { text: quotation.text }) },
  );
}

/** The law's own words, of which a sentence may make use: those in the reader's language before others. */
export function quotationOf({ sources }: Rule, language: Language) {
  const all = sources.flatMap(({ quotation }) => quotation ?? []);
  return all.find((one) => one.language === language) ?? all[0];
}

function generalSaid({ finding, rule, texts, about }: Spoken): Said {
  const { outcome, found, missing, unread, excepted, inForce } = finding;
  const { signals, tool } = about;
  const asOf = daySaid(tool.asOf);
  const parts = (ids: readonly string[] = []) =>
    listSaid(ids.map((id) => partSaid(id, rule, texts, signals)));
  // A Report that is kept from before has none of them.
  if (NAMED.has(outcome) && (found ?? missing) === undefined)
    return said('finding.outcomeAlone', { outcome: said(`law.outcome.${outcome}`) });
  switch (outcome) {
    case 'answered':
      return said('finding.answered', { found: parts(found) });
    case 'partly-answered':
      return unread === undefined
        ? said('finding.partlyAnswered', { found: parts(found), missing: parts(missing) })
        : said('finding.partlyRead', { found: parts(found), missing: parts(missing), unread: parts(unread) });
    case 'no-signal-found':
      return said('finding.noSignalFound', { missing: parts(missing) });
    case 'indicator-seen':
      return said('finding.indicatorSeen', { found: parts(found) });
    case 'none-seen':
      return said('finding.noneSeen');
    case 'indeterminate':
      return said(isElsewhere(signals) ? 'finding.elsewhere' : 'finding.unread', {
        parts: unread === undefined ? said('finding.whetherItSpeaks') : parts(unread),
      });
    case 'not-in-force':
      return inForce.from === undefined || rule.pending
        ? said('finding.pending', { seenOn: daySaid(lastSeen(rule)) })
        : said('finding.notInForce', { from: daySaid(inForce.from), asOf });
    case 'superseded':
      return said('finding.superseded', { until: daySaid(inForce.until ?? tool.asOf), asOf });
    case 'not-applicable':
      if (excepted !== undefined)
        return said('finding.excepted', {
          exception:
            texts.said(rule.id, `exception.${excepted}`) ?? said('text.asWritten', { text: excepted }),
        });
      return said(speaksOfAi(rule) ? 'finding.statesNoAi' : 'finding.notApplicable');
    case 'look':
    case 'not-assessable':
      return said('finding.notAssessable');
  }
}

const NAMED: ReadonlySet<Outcome> = new Set([
  'answered',
  'partly-answered',
  'no-signal-found',
  'indicator-seen',
]);

const lastSeen = ({ sources }: Rule): string =>
  sources
    .map(({ seenOn }) => seenOn)
    .sort()
    .at(-1) ?? '';

/** `statement.label`: the part, and the way in which it was found. */
/** What of a clause a part is called. */
export function partSaid(id: string, rule: Rule, texts: LawTexts, signals: readonly Signal[]): Said {
  const [part, way] = id.split('.');
  const found = rule.parts?.find((one) => one.id === part)?.ways?.find((one) => one.id === way);
  const value = found?.gives === undefined ? {} : { value: valueSaid(termsOf(found.when), signals) };
  return texts.said(rule.id, `part.${id}`, value) ?? said('text.asWritten', { text: id });
}

const termsOf = ({ any = [], all = [], none = [] }: Condition): string[] =>
  [...any, ...all, ...none].map(({ signal }) => signal);

function valueSaid(ids: readonly string[], signals: readonly Signal[]): Said {
  const stated = ids
    .flatMap((id) => signals.filter((signal) => signal.id === id))
    .find((signal) => signal.value !== undefined || signal.said?.value !== undefined);
  // A Report that was told has the text of it beside it.
  if (stated?.said?.value !== undefined) return said('finding.valueFound', { value: stated.said.value });
  return stated?.value === undefined
    ? said('finding.valueMissing')
    : said('finding.value', { value: plain(stated.value) });
}

/** Told on every day, so that nobody takes the day of some for the day of all. */
function cohortSaid({ from, until, cohort }: Period, rule: Rule, texts: LawTexts, asOf: string): Said[] {
  const whom = cohort === undefined ? undefined : texts.said(rule.id, `cohort.${cohort}`);
  if (whom === undefined) return [];
  if (asOf < from) return [said('finding.cohortAhead', { cohort: whom, from: daySaid(from) })];
  return until !== undefined && asOf >= until
    ? [said('finding.cohortOver', { cohort: whom, until: daySaid(until) })]
    : [said('finding.cohortNow', { cohort: whom, from: daySaid(from) })];
}

/** “None was found” is not all where something is there and no longer matches the file. */
function isLeftOut(outcome: Outcome, decided: readonly Signal[]): boolean {
  return (
    FINDS_NONE.has(outcome) && decided.length > 0 && decided.every(({ backing }) => backing === 'invalid')
  );
}

const FINDS_NONE: ReadonlySet<Outcome> = new Set(['no-signal-found', 'not-applicable']);

const isElsewhere = (signals: readonly Signal[]): boolean => {
  const has = (wanted: Signal['id']) => signals.some(({ id }) => id === wanted);
  return has('c2pa.remote') && !has('c2pa.present');
};

/** Whether what brings a clause into play is that AI is stated. */
const speaksOfAi = ({ trigger, subject, exceptions }: Rule): boolean =>
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

/** Only there are places what the reader wants next. */
const SHOWS: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

/** Two locations at most are named, the rest counted. */
function whereSaid(decided: readonly Signal[]): Said[] {
  const locations = new Map<string, Location>();
  for (const { basis } of decided) for (const one of basis) locations.set(JSON.stringify(one), one);
  const [first, second, ...rest] = locations.values();
  if (first === undefined) return [];
  const places =
    second === undefined
      ? locationSaid(first)
      : said('finding.locations', { first: locationSaid(first), second: locationSaid(second) });
  return [said('finding.where', { places, more: rest.length })];
}

function locationSaid({ carrier, place, offset }: Location): Said {
  const at = { carrier: said(`carrier.${carrier}`), place: plain(tail(place)) };
  return offset === undefined ? said('finding.location', at) : said('finding.locationAt', { ...at, offset });
}
