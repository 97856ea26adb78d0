import type { Statement } from './sentence.js';
import { RANKS, type Said } from './sentence-said.js';
import type { Signal, SignalId } from './signal.js';
import { isObserved } from './signal-origins.js';
import type { Caveat, GbReading, SentenceWords } from './words/sentence.js';

type LabelWords = SentenceWords['labels'];

/** What the summary says of labels that anyone can write: IPTC, GB 45438, and those of creators and platforms. */
export function labelsSaid(
  { signals, origins }: Pick<Statement, 'signals' | 'origins'>,
  { labels: words }: SentenceWords,
): Said[] {
  const label = (text: string): Said => ({ text, rank: RANKS.label, caveat: 'unsigned' });
  return [
    ...termTexts(signals, words).map(label),
    ...gbSaid(signals, words),
    ...creditsSaid(signals, words, label),
    ...signals
      .filter(({ id, grade }) => AI_LABEL.test(id) && grade !== 'C')
      .map((signal): Said => {
        const observed = isObserved(signal);
        const text = words.marked(markedBy(signal), origins.toolOf(signal), observed);
        return observed ? { ...label(text), rank: RANKS.observed } : label(text);
      }),
    ...systemTexts(signals, words).map(label),
  ];
}

function termTexts(signals: readonly Signal[], words: LabelWords): string[] {
  const labels = signals.flatMap(({ id, value }) => {
    const term = /^iptc\.digitalSource(?:File)?Type\.(\w+)$/.exec(id)?.[1];
    if (term === undefined) return [];
    return [{ term, ...(value === undefined || isTermItself(term, value) ? {} : { written: value }) }];
  });
  return labels.length === 0 ? [] : [words.sourceTypes(labels)];
}

/** As the vocabulary has it, by any of its addresses; else it is a name, today's or an earlier one. */
function isTermItself(term: string, written: string): boolean {
  const last = written.trim().replace(/\/$/, '').split(/[/:.]/).at(-1)?.toLowerCase();
  return term !== 'unrecognised' && last?.replace(/digitalsource$/, '') === term.toLowerCase();
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;

function gbSaid(signals: readonly Signal[], words: LabelWords): Said[] {
  const isThere = (id: SignalId) => signals.some((s) => s.id === id);
  if (!isThere('gb45438.label.present'))
    return isThere('gb45438.label.shell') ? [{ text: words.gbShell, rank: RANKS.label }] : [];
  const readings: GbReading[] = GB_READINGS.filter((one) => isThere(`gb45438.label.${one}`));
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised');
  if (odd) readings.push({ odd: odd.value ?? '' });
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  return [{ text: words.gb(readings, producer || undefined), rank: RANKS.label, caveat: gbCaveat(isThere) }];
}

/** The weakest of its signatures speaks for a label: none of them says who wrote it. */
function gbCaveat(isThere: (id: SignalId) => boolean): Caveat {
  if (isThere('gb45438.security.signatureBroken')) return 'ownSignatureBroken';
  if (isThere('gb45438.security.notCheckable')) return 'ownSignatureUnchecked';
  return isThere('gb45438.security.signatureHolds') ? 'ownSignature' : 'unsigned';
}

/** Credit lines that a vendor writes for AI; other credits are people's and are not repeated here. */
function creditsSaid(signals: readonly Signal[], words: LabelWords, label: (text: string) => Said): Said[] {
  const credits = signals.filter(({ id }) => /^iptc\.credit\.(google|apple)\w+$/.test(id));
  const lines = (some: readonly Signal[]) => [...new Set(some.flatMap(({ value }) => value ?? []))];
  const known = lines(credits.filter(({ grade }) => grade !== 'C'));
  const claimed = lines(credits.filter(({ grade }) => grade === 'C'));
  return [
    ...(known.length === 0 ? [] : [label(words.credits(known))]),
    // That a tool writes it is only claimed: the line is there all the same, and it decides nothing.
    ...(claimed.length === 0
      ? []
      : [{ text: words.credits(claimed), rank: RANKS.aside, caveat: 'text' as const }]),
  ];
}

const AI_LABEL = /^platform\.\w+\.aiLabel(\.\w+)?$/;

function markedBy({ id }: Signal): 'creator' | 'platform' | 'unknown' {
  if (id.endsWith('.creator')) return 'creator';
  return id.endsWith('.platform') ? 'platform' : 'unknown';
}

/** IPTC 2025.1 AISystemUsed. */
function systemTexts(signals: readonly Signal[], words: LabelWords): string[] {
  const names = signals.flatMap(({ id, value }) =>
    /^iptc\.ai\.systemUsed$/.test(id) && value !== undefined ? [value] : [],
  );
  return names.length === 0 ? [] : [words.systems([...new Set(names)])];
}
