import { daySaid, listSaid } from '../../../say/amounts.js';
import { type Params, type Said, said } from '../../../say/said.js';
import { plain, tail } from '../../ground/quoted.js';
import type { Location } from '../../media/carrier.js';
import type { Kind } from '../../media/media-kinds.js';
import type { Finding, Outcome } from '../../report/finding-schema.js';
import type { Report } from '../../report/report.js';
import type { Signal, SignalId } from '../../report/signal.js';
import type { Rule } from '../rulebook.js';
import type { LawTexts } from './texts.js';

/**
 * What a finding says: the law's own sentence for the outcome, or a general one, then what was left out, then where the
 * signals that decided it stand. None of it is kept: it is made of the finding, the signals of its Report and the rule.
 */

/** What of a Report a finding speaks of. */
export type About = {
  signals: readonly Signal[];
  asset: Pick<Report['asset'], 'kind'>;
  tool: Pick<Report['tool'], 'asOf'>;
};

/** To be said by the law's own speech. */
export function statementSaid(finding: Finding, rule: Rule, texts: LawTexts, about: About): Said {
  const { outcome, because } = finding;
  const { signals, asset, tool } = about;
  if (isOfOtherKind(finding, rule, asset.kind)) return otherKindSaid(rule, asset.kind);
  const decided = because.flatMap((id) => signals.filter((signal) => signal.id === id));
  const params = paramsOf(rule, outcome, decided);
  const first =
    (params && texts.said(rule.id, `statement.${outcome}`, params)) ?? generalSaid(finding, tool.asOf);
  return sentencesSaid([
    first,
    ...(isLeftOut(outcome, decided) ? [said('finding.leftOut')] : []),
    ...(isElsewhere(rule, outcome, signals) ? [said('finding.elsewhere')] : []),
    ...(SHOWS.has(outcome) ? whereSaid(decided) : []),
  ]);
}

const sentencesSaid = (all: readonly [Said, ...Said[]]): Said =>
  all.reduce((first, second) => said('finding.sentences', { first, second }));

/** It is the first thing that is looked at, so nothing else decided. */
const isOfOtherKind = ({ outcome, because }: Finding, { media }: Rule, kind: Kind): boolean =>
  outcome === 'not-applicable' && because.length === 0 && !media.includes(kind);

const otherKindSaid = ({ media }: Rule, kind: Kind): Said =>
  said('finding.otherKind', {
    media: listSaid(media.map((one) => said(`kind.${one}`))),
    kind: said(`finding.kind.${kind}`),
  });

function generalSaid({ outcome, inForce: { from, until } }: Finding, asOf: string): Said {
  if (outcome === 'not-in-force')
    return said('finding.notInForce', { from: daySaid(from), asOf: daySaid(asOf) });
  if (outcome === 'superseded')
    return said('finding.superseded', { until: daySaid(until ?? asOf), asOf: daySaid(asOf) });
  return said(`finding.general.${outcome}`);
}

/** What goes into a law's own sentence; undefined where it asks for faults and there is none to name. */
function paramsOf({ statements }: Rule, outcome: Outcome, decided: readonly Signal[]): Params | undefined {
  const wanted = statements[outcome] ?? [];
  const value = wanted.includes('value') ? { value: valueSaid(decided) } : {};
  if (!wanted.includes('faults')) return value;
  const faults = faultsSaid(decided);
  return faults && { ...value, faults };
}

function valueSaid(decided: readonly Signal[]): Said {
  const stated = decided.find((signal) => signal.value !== undefined || signal.said?.value !== undefined);
  // A Report that was told has the text of it beside it.
  if (stated?.said?.value !== undefined) return said('finding.valueFound', { value: stated.said.value });
  return stated?.value === undefined
    ? said('finding.valueMissing')
    : said('finding.value', { value: plain(stated.value) });
}

/** What is wrong with a label or credentials, by the signal that tells it. */
const FAULTS = [
  'c2pa.integrity.altered',
  'c2pa.unreadable',
  'gb45438.label.shell',
  'gb45438.copies.disagree',
  'gb45438.security.signatureBroken',
] as const satisfies readonly SignalId[];

function faultsSaid(decided: readonly Signal[]): Said | undefined {
  const ids = [...new Set(decided.map(({ id }) => id))];
  const all = ids
    .flatMap((id) => FAULTS.filter((one) => one === id))
    .map((id) => said(`finding.fault.${id}`));
  const last = all.pop();
  const second = all.pop();
  if (last === undefined || second === undefined) return last;
  return all.reduceRight<Said>(
    (rest, first) => said('finding.faultsMore', { first, rest }),
    said('finding.faults', { first: second, last }),
  );
}

/** “None was found” is not all where something is there and no longer matches the file. */
function isLeftOut(outcome: Outcome, decided: readonly Signal[]): boolean {
  return (
    FINDS_NONE.has(outcome) && decided.length > 0 && decided.every(({ backing }) => backing === 'invalid')
  );
}

/** What stands in credentials that were not fetched was not looked for: that must not pass for “not there”. */
function isElsewhere(rule: Rule, outcome: Outcome, signals: readonly Signal[]): boolean {
  return (
    FINDS_NONE.has(outcome) &&
    signals.some(({ id }) => id === 'c2pa.remote') &&
    termsOf(rule).some((id) => IN_CREDENTIALS.test(id))
  );
}

/** Signals that a manifest store raises. */
const IN_CREDENTIALS = /^(c2pa\.|cawg\.|file\.aiMark\.signed$|watermark\.(declared|action)$)/;

const termsOf = ({ appliesWhen, answeredWhen, partlyAnsweredWhen }: Rule): SignalId[] =>
  [appliesWhen, answeredWhen, partlyAnsweredWhen]
    .flatMap((one) => [...(one?.all ?? []), ...(one?.any ?? []), ...(one?.none ?? [])])
    .map(({ signal }) => signal);

const FINDS_NONE: ReadonlySet<Outcome> = new Set(['no-signal-found', 'not-applicable']);

/** Only there are places what the reader wants next. */
const SHOWS: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered']);

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
