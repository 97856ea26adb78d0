import { listSaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { isObserved } from '../detectors/signal-origins.js';
import { plain } from '../ground/quoted.js';
import type { Signal, SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Facts } from './sentence-facts.js';
import { type Caveat, RANKS, type Statement } from './sentence-said.js';
import { quotedSaid, sourceTypeSaid, toolSaid } from './terms.js';

/** What the summary says of labels that anyone can write: IPTC, GB 45438, and those of creators and platforms. */
export function labelsSaid({ signals, origins }: Pick<Facts, 'signals' | 'origins'>): Statement[] {
  const label = (one: Said): Statement => ({ said: [one], rank: RANKS.label, caveat: 'unsigned' });
  return [
    ...termsSaid(signals).map(label),
    ...gbSaid(signals),
    ...creditsSaid(signals, label),
    ...signals
      .filter(({ id, grade }) => rowOf(id).by === 'platform-label' && grade !== 'C')
      .map((signal): Statement => {
        const tool = origins.toolOf(signal);
        const isSeen = isObserved(signal);
        const marked = said('sentence.label.marked', {
          tool: tool === undefined ? said('sentence.label.somePlatform') : toolSaid(tool),
          by: rowOf(signal.id).setBy ?? 'unknown',
          seen: isSeen ? 'observed' : 'sample',
        });
        return isSeen ? { ...label(marked), rank: RANKS.observed } : label(marked);
      }),
    ...systemsSaid(signals).map(label),
  ];
}

/** Of one label, no more is repeated than can be read at a glance. */
const MOST_READINGS = 3;

/** What one label says, one thing after another. */
const together = (all: readonly [Said, ...Said[]]): Said =>
  all.slice(0, MOST_READINGS).reduce((first, next) => said('sentence.label.also', { first, next }));

function termsSaid(signals: readonly Signal[]): Said[] {
  const labels = signals.flatMap(({ id, value }) => {
    const { by, term } = rowOf(id);
    if (by !== 'iptc' || term === undefined) return [];
    return [termSaid(term, value === undefined || isTermItself(term, value) ? undefined : value)];
  });
  const [first, ...others] = new Map(labels.map((one) => [JSON.stringify(one), one])).values();
  return first === undefined
    ? []
    : [said('sentence.label.sourceTypes', { says: together([first, ...others]) })];
}

function termSaid(term: string, value: string | undefined): Said {
  const written = plain(value ?? '');
  if (term === 'unrecognised') return said('sentence.label.noTerm', { written });
  const is = sourceTypeSaid(term);
  return value === undefined
    ? said('sentence.label.term', { is, term })
    : said('sentence.label.termWritten', { is, term, written });
}

/** As the vocabulary has it, by any of its addresses; else it is a name, today's or an earlier one. */
function isTermItself(term: string, written: string): boolean {
  const last = written.trim().replace(/\/$/, '').split(/[/:.]/).at(-1)?.toLowerCase();
  return term !== 'unrecognised' && last?.replace(/digitalsource$/, '') === term.toLowerCase();
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;
/** GB 45438 lets a producer be named by a code or by a name. */
const PRODUCER_CODE = /^\d[0-9A-Z]+$/;

function gbSaid(signals: readonly Signal[]): Statement[] {
  const isThere = (id: SignalId) => signals.some((s) => s.id === id);
  if (!isThere('gb45438.label.present'))
    return isThere('gb45438.label.shell')
      ? [{ said: [said('sentence.label.gbShell')], rank: RANKS.label }]
      : [];
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised');
  const [first = said('sentence.label.reading.none'), ...others] = [
    ...GB_READINGS.filter((one) => isThere(`gb45438.label.${one}`)).map((one) =>
      said(`sentence.label.reading.${one}`),
    ),
    ...(odd ? [said('sentence.label.reading.odd', { value: plain(odd.value ?? '') })] : []),
  ];
  const says = together([first, ...others]);
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  const label = producer
    ? said(odd ? 'sentence.label.gbOddProducer' : 'sentence.label.gbProducer', {
        says,
        by: PRODUCER_CODE.test(producer) ? 'code' : 'name',
        producer: plain(producer),
      })
    : said('sentence.label.gb', { says });
  return [{ said: [label], rank: RANKS.label, caveat: gbCaveat(isThere) }];
}

/** The weakest of its signatures speaks for a label: none of them says who wrote it. */
function gbCaveat(isThere: (id: SignalId) => boolean): Caveat {
  if (isThere('gb45438.security.signatureBroken')) return 'ownSignatureBroken';
  if (isThere('gb45438.security.notCheckable')) return 'ownSignatureUnchecked';
  return isThere('gb45438.security.signatureHolds') ? 'ownSignature' : 'unsigned';
}

const MOST_LINES = 4;
const quotes = (lines: readonly string[]): Said => listSaid(lines.slice(0, MOST_LINES).map(quotedSaid));

/** Credit lines that a vendor writes for AI; other credits are people's and are not repeated here. */
function creditsSaid(signals: readonly Signal[], label: (one: Said) => Statement): Statement[] {
  const credits = signals.filter(({ id }) => rowOf(id).by === 'iptc-credit');
  const read = (some: readonly Signal[]): Said[] => {
    const lines = [...new Set(some.flatMap(({ value }) => value ?? []))];
    return lines.length === 0 ? [] : [said('sentence.label.credits', { lines: quotes(lines) })];
  };
  return [
    ...read(credits.filter(({ grade }) => grade !== 'C')).map(label),
    // That a tool writes it is only claimed: the line is there all the same, and it decides nothing.
    ...read(credits.filter(({ grade }) => grade === 'C')).map(
      (one): Statement => ({ said: [one], rank: RANKS.aside, caveat: 'text' }),
    ),
  ];
}

/** IPTC 2025.1 AISystemUsed. */
function systemsSaid(signals: readonly Signal[]): Said[] {
  const names = signals.flatMap(({ id, value }) =>
    rowOf(id).decides === 'iptc-system' && value !== undefined ? [value] : [],
  );
  return names.length === 0 ? [] : [said('sentence.label.systems', { names: quotes([...new Set(names)]) })];
}
