import { type Said, said } from '../../say/said.js';
import { isObserved } from '../detectors/signal-origins.js';
import { plainName } from '../ground/quoted.js';
import type { Signal, SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Facts } from './sentence-facts.js';
import { type Caveat, fileThenSidecar, RANKS, type Statement } from './sentence-said.js';
import { nameQuoted, shortTool, sourceTypeSaid } from './terms.js';

/** What the summary says of labels that anyone can write: IPTC, GB 45438, and those of creators and platforms. */
export function labelsSaid({
  signals,
  origins,
  credentials,
}: Pick<Facts, 'signals' | 'origins' | 'credentials'>): Statement[] {
  return fileThenSidecar(signals, (some) => [
    ...termsSaid(some, credentials.presence === 'present' ? 'beside' : 'other'),
    ...gbSaid(some),
    ...creditsSaid(some),
    ...platformsSaid(some, origins),
    ...systemsSaid(some),
  ]);
}

const label = (one: Said, over: Partial<Statement> = {}): Statement => ({
  said: [one],
  is: 'label',
  rank: RANKS.label,
  ofAi: true,
  caveat: 'unsigned',
  ...over,
});

/** One of AI goes before others; that they differ is a doubt of its own. */
function termsSaid(signals: readonly Signal[], how: 'beside' | 'other'): Statement[] {
  const terms = signals.filter(({ id }) => rowOf(id).by === 'iptc' && rowOf(id).term !== undefined);
  const ofAi = ({ id }: Signal) => rowOf(id).states === 'ai-generated' || rowOf(id).states === 'ai-edited';
  const one = terms.find(ofAi) ?? terms[0];
  if (one === undefined) return [];
  const { term = '' } = rowOf(one.id);
  const says =
    term === 'unrecognised'
      ? said('sentence.label.noTerm', { written: plainName(one.value ?? '') })
      : said('sentence.label.term', { how, is: sourceTypeSaid(term) });
  return [label(says, { ofAi: ofAi(one) })];
}

function platformsSaid(signals: readonly Signal[], origins: Facts['origins']): Statement[] {
  return signals
    .filter(({ id, grade }) => rowOf(id).by === 'platform-label' && grade !== 'C')
    .map((signal) => {
      const tool = origins.toolOf(signal);
      const marked = said('sentence.label.marked', {
        tool: tool === undefined ? said('sentence.label.somePlatform') : shortTool(tool),
        by: rowOf(signal.id).setBy ?? 'other',
      });
      return label(marked, isObserved(signal) ? { rank: RANKS.observed } : {});
    });
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;
/** GB 45438 lets a producer be named by a code or by a name. */
const PRODUCER_CODE = /^\d[0-9A-Z]+$/;

function gbSaid(signals: readonly Signal[]): Statement[] {
  const isThere = (id: SignalId) => signals.some((s) => s.id === id);
  if (!isThere('gb45438.label.present')) {
    if (!isThere('gb45438.label.shell')) return [];
    return [label(said('sentence.label.gbShell'), { ofAi: false })];
  }
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised')?.value;
  const reading = GB_READINGS.find((one) => isThere(`gb45438.label.${one}`));
  const says =
    reading !== undefined
      ? said(`sentence.label.reading.${reading}`)
      : odd === undefined
        ? said('sentence.label.reading.none')
        : said('sentence.label.reading.odd', { value: plainName(odd) });
  return [
    label(said('sentence.label.gb', { says, by: producerSaid(signals) }), {
      caveat: gbCaveat(isThere),
      ofAi: reading !== undefined,
    }),
  ];
}

/** The name is ours to look up: the file holds the code alone. */
function producerSaid(signals: readonly Signal[]): Said {
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  if (producer === undefined || producer === '') return said('sentence.label.producer.none');
  const written = nameQuoted(producer);
  const name = producerName(signals, producer);
  if (name !== undefined) return said('sentence.label.producer.listed', { code: written, name });
  return PRODUCER_CODE.test(producer)
    ? said('sentence.label.producer.code', { code: written })
    : said('sentence.label.producer.name', { name: written });
}

/** Whom our table has for the code of the producer. */
export function producerName(signals: readonly Signal[], producer: string | undefined): Said | undefined {
  const listed = signals.find(({ id, value }) => id === 'gb45438.provider.listed' && value === producer);
  return listed?.facts?.find(({ name }) => name === 'companyLookUp')?.said?.value;
}

/** The weakest of its signatures speaks for a label: none of them says who wrote it. */
function gbCaveat(isThere: (id: SignalId) => boolean): Caveat {
  if (isThere('gb45438.security.signatureBroken')) return 'ownSignatureBroken';
  if (isThere('gb45438.security.notCheckable')) return 'ownSignatureUnchecked';
  return isThere('gb45438.security.signatureHolds') ? 'ownSignature' : 'unsigned';
}

/** Credit lines that a vendor writes for AI; other credits are people's and are not repeated here. */
function creditsSaid(signals: readonly Signal[]): Statement[] {
  const credits = signals.filter(({ id, value }) => rowOf(id).by === 'iptc-credit' && value !== undefined);
  const line = ({ value = '' }: Signal) => said('sentence.label.credit', { line: nameQuoted(value) });
  const known = credits.find(({ grade }) => grade !== 'C');
  if (known !== undefined) return [label(line(known))];
  // That a tool writes it is only claimed: the line is there all the same, and it decides nothing.
  const [claimed] = credits;
  return claimed === undefined ? [] : [label(line(claimed), { rank: RANKS.aside, caveat: 'claimed' })];
}

/** IPTC 2025.1 AISystemUsed. */
function systemsSaid(signals: readonly Signal[]): Statement[] {
  const system = signals.find(({ id, value }) => rowOf(id).decides === 'iptc-system' && value !== undefined);
  return system?.value === undefined
    ? []
    : [label(said('sentence.label.system', { name: nameQuoted(system.value) }))];
}
