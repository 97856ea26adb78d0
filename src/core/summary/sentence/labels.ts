import { shortenName } from '../../../base/quoted.js';
import { type Message, message } from '../../../i18n/message.js';
import { isObserved } from '../../detectors/signal-origins.js';
import type { Signal, SignalId } from '../../report/signal.js';
import { signalRowOf } from '../../signals/index.js';
import { quoteName, shortToolMessage, sourceTypeMessage } from '../terms.js';
import { type Caveat, fileBeforeSidecar, RANKS, type Statement } from './caveats.js';
import type { Facts } from './facts.js';

/** Returns statements for labels that anyone can write: IPTC, GB 45438, and those of creators and platforms. */
export function labelStatements({
  signals,
  origins,
  credentials,
}: Pick<Facts, 'signals' | 'origins' | 'credentials'>): Statement[] {
  return fileBeforeSidecar(signals, (some) => [
    ...termStatements(some, credentials.presence === 'present' ? 'beside' : 'other'),
    ...gbStatements(some),
    ...creditStatements(some),
    ...platformStatements(some, origins),
    ...systemStatements(some),
  ]);
}

const label = (one: Message, over: Partial<Statement> = {}): Statement => ({
  messages: [one],
  is: 'label',
  rank: RANKS.label,
  ofAi: true,
  caveat: 'unsigned',
  ...over,
});

/** A term about AI precedes others; differing terms are a separate doubt. */
function termStatements(signals: readonly Signal[], how: 'beside' | 'other'): Statement[] {
  const terms = signals.filter(
    ({ id }) => signalRowOf(id).maker === 'iptc' && signalRowOf(id).term !== undefined,
  );
  const ofAi = ({ id }: Signal) =>
    signalRowOf(id).states === 'ai-generated' || signalRowOf(id).states === 'ai-edited';
  const one = terms.find(ofAi) ?? terms[0];
  if (one === undefined) return [];
  const { term = '' } = signalRowOf(one.id);
  const says =
    term === 'unrecognised'
      ? message('sentence.label.noTerm', { written: shortenName(one.value ?? '') })
      : message('sentence.label.term', { how, is: sourceTypeMessage(term) });
  return [label(says, { ofAi: ofAi(one) })];
}

function platformStatements(signals: readonly Signal[], origins: Facts['origins']): Statement[] {
  return signals
    .filter(({ id, grade }) => signalRowOf(id).maker === 'platform-label' && grade !== 'C')
    .map((signal) => {
      const tool = origins.toolOf(signal);
      const marked = message('sentence.label.marked', {
        tool: tool === undefined ? message('sentence.label.somePlatform') : shortToolMessage(tool),
        by: signalRowOf(signal.id).setBy ?? 'other',
      });
      return label(marked, isObserved(signal) ? { rank: RANKS.observed } : {});
    });
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;
/** Code of a GB 45438 producer, who may also be given by name. */
const PRODUCER_CODE = /^\d[0-9A-Z]+$/;

function gbStatements(signals: readonly Signal[]): Statement[] {
  const isThere = (id: SignalId) => signals.some((s) => s.id === id);
  if (!isThere('gb45438.label.present')) {
    if (!isThere('gb45438.label.shell')) return [];
    return [label(message('sentence.label.gbShell'), { ofAi: false })];
  }
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised')?.value;
  const reading = GB_READINGS.find((one) => isThere(`gb45438.label.${one}`));
  const says =
    reading !== undefined
      ? message(`sentence.label.reading.${reading}`)
      : odd === undefined
        ? message('sentence.label.reading.none')
        : message('sentence.label.reading.odd', { value: shortenName(odd) });
  return [
    label(message('sentence.label.gb', { says, by: producerMessage(signals) }), {
      caveat: gbCaveat(isThere),
      ofAi: reading !== undefined,
    }),
  ];
}

/** The file contains only the code; Assay looks up the name. */
function producerMessage(signals: readonly Signal[]): Message {
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  if (producer === undefined || producer === '') return message('sentence.label.producer.none');
  const written = quoteName(producer);
  const name = findProducerName(signals, producer);
  if (name !== undefined) return message('sentence.label.producer.listed', { code: written, name });
  return PRODUCER_CODE.test(producer)
    ? message('sentence.label.producer.code', { code: written })
    : message('sentence.label.producer.name', { name: written });
}

/** Returns the producer that our table lists for the code. */
export function findProducerName(
  signals: readonly Signal[],
  producer: string | undefined,
): Message | undefined {
  const listed = signals.find(({ id, value }) => id === 'gb45438.provider.listed' && value === producer);
  return listed?.facts?.find(({ name }) => name === 'companyLookUp')?.messages?.value;
}

/** The weakest of a label's signatures determines the caveat; none of them says who wrote it. */
function gbCaveat(isThere: (id: SignalId) => boolean): Caveat {
  if (isThere('gb45438.security.signatureBroken')) return 'ownSignatureBroken';
  if (isThere('gb45438.security.notCheckable')) return 'ownSignatureUnchecked';
  return isThere('gb45438.security.signatureHolds') ? 'ownSignature' : 'unsigned';
}

/** Returns credit lines that vendors write for AI; other credits name people and are not repeated here. */
function creditStatements(signals: readonly Signal[]): Statement[] {
  const credits = signals.filter(
    ({ id, value }) => signalRowOf(id).maker === 'iptc-credit' && value !== undefined,
  );
  const line = ({ value = '' }: Signal) => message('sentence.label.credit', { line: quoteName(value) });
  const known = credits.find(({ grade }) => grade !== 'C');
  if (known !== undefined) return [label(line(known))];
  // Only third parties claim that a tool writes this line, so it is quoted but decides nothing.
  const [claimed] = credits;
  return claimed === undefined ? [] : [label(line(claimed), { rank: RANKS.aside, caveat: 'claimed' })];
}

/** Returns the statement of IPTC 2025.1 AISystemUsed. */
function systemStatements(signals: readonly Signal[]): Statement[] {
  const system = signals.find(
    ({ id, value }) => signalRowOf(id).decides === 'iptc-system' && value !== undefined,
  );
  return system?.value === undefined
    ? []
    : [label(message('sentence.label.system', { name: quoteName(system.value) }))];
}
