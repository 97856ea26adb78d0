import { limits } from '../../base/limits.js';
import { type Message, message } from '../../i18n/message.js';
import type { SignalOrigins } from '../detectors/signal-origins.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { canTakeSide, signalRowOf } from '../signals/index.js';
import { exclusionMessage, makerMessage } from './sentence/contradictions.js';

/** Pairs of contradicting statements in one file, each with its locator. They do not decide which of the two is true. */

export interface FoundContradiction {
  between: [Signal, Signal];
  statement: Message;
  /** Form used in the summary, short enough to be one of three sentences. */
  within: Message;
  /** Shorter form, used if the statement about AI was already given. */
  against?: Message;
  /** `excludes`: both cannot be true. `differs`: they do not match. `aside`: about dates and sizes, not the origin. */
  kind: 'excludes' | 'differs' | 'aside';
}

/** Statement on a capture and a generation that exclude each other. */
export const EXCLUSION = 'contradiction.captureAndGeneration';

export interface ContradictionInput {
  signals: readonly Signal[];
  credentials: Pick<ContentCredentials, 'presence' | 'integrity' | 'manifests' | 'activeManifest'>;
  declared?: Declared | undefined;
}

export function findContradictions(input: ContradictionInput, origins: SignalOrigins): FoundContradiction[] {
  const holding = input.signals.filter((s) => s.backing !== 'invalid');
  const found = [
    ...findCaptureConflicts(holding, origins),
    ...findDifferingCopies(holding),
    ...findSilentManifest(input, holding, origins),
    ...conformance(input.signals),
    ...findOtherConflicts(holding),
  ];
  const once = new Map(
    found.map((one) => [`${JSON.stringify(one.statement)} ${placeKey(one.between)}`, one]),
  );
  return [...once.values()].slice(0, limits.contradictions);
}

const placeKey = (between: readonly Signal[]) =>
  between.map(({ id, basis: [place] }) => `${id} ${place?.carrier} ${place?.locator}`).join(' ');

const isGeneratedStatement = (signal: Signal, origins: SignalOrigins): boolean =>
  canTakeSide(signal.id, 'generation') ||
  (canTakeSide(signal.id, 'stated') && origins.originOf(signal)?.origin === 'ai-generated');

const isManifest = ({ id }: Signal) => signalRowOf(id).maker === 'manifest';

/**
 * Finds captures that contradict generation. Two C2PA statements are never compared, because within one manifest store
 * both may be true of different ingredients. Camera data together with a generator's trace may belong to the source
 * picture, if a trace shows that there was one.
 */
function findCaptureConflicts(signals: readonly Signal[], origins: SignalOrigins): FoundContradiction[] {
  const fromSource = signals.some(({ id }) => canTakeSide(id, 'source-picture'));
  const captures = signals.filter(origins.isCapture);
  const generated = signals.filter((s) => isGeneratedStatement(s, origins));
  return captures.flatMap((capture) =>
    generated
      .filter(
        (one) =>
          !(isManifest(capture) && isManifest(one)) &&
          !(fromSource && capture.backing === 'inferred' && one.backing === 'inferred'),
      )
      .map((other): FoundContradiction => {
        const within = exclusionMessage([capture, other], origins);
        return {
          between: [capture, other],
          statement: message(EXCLUSION, {
            capture: makerMessage('first', capture, origins),
            generation: makerMessage('by', other, origins),
          }),
          within,
          ...(within.id === 'sentence.conflict.twoLabels'
            ? {}
            : {
                against: message('sentence.conflict.against', {
                  capture: makerMessage('by', capture, origins),
                }),
              }),
          kind: 'excludes',
        };
      }),
  );
}

function findDifferingCopies(signals: readonly Signal[]): FoundContradiction[] {
  const differs = (between: [Signal, Signal], statement: Message, within: Message): FoundContradiction[] => [
    { between, statement, within, kind: 'differs' },
  ];
  const disagree = signals.find(({ id }) => canTakeSide(id, 'copies'));
  const copies = disagree ? (toCopyPair(signals) ?? splitSides(disagree)) : undefined;
  const terms = signals.filter(({ id }) => canTakeSide(id, 'term'));
  const first = terms[0];
  const other = terms.find((s) => termOf(s) !== (first && termOf(first)));
  return [
    ...(disagree && copies
      ? differs(copies, copiesMessage(fieldsOf(disagree)), message('sentence.conflict.gbCopies'))
      : []),
    ...(first && other
      ? differs(
          [first, other],
          message('contradiction.iptcCopies', { one: termOf(first), other: termOf(other) }),
          message('sentence.conflict.iptcCopies'),
        )
      : []),
  ];
}

const copiesMessage = (fields: readonly string[]): Message =>
  fields.length === 0 ? message('contradiction.gbCopies') : message('contradiction.gbCopiesIn', { fields });

const termOf = ({ id }: Signal): string => signalRowOf(id).term ?? '';

function toCopyPair(signals: readonly Signal[]): [Signal, Signal] | undefined {
  const [one, other] = signals.filter(({ id }) => canTakeSide(id, 'copy'));
  return one && other && [one, other];
}

/** The detector lists the fields as facts or in the value. */
function fieldsOf({ facts = [], value }: Signal): string[] {
  const named = facts.length > 0 ? facts.map(({ name }) => name) : (value?.split(/[,;]\s*/) ?? []);
  return [...new Set(named)].filter((name) => /^[A-Za-z][A-Za-z0-9]{0,40}$/.test(name)).slice(0, 8);
}

/** Finds unsigned AI labels in a file whose manifest is valid, lists actions and does not mention AI. */
function findSilentManifest(
  { credentials, declared }: ContradictionInput,
  signals: readonly Signal[],
  origins: SignalOrigins,
): FoundContradiction[] {
  const { presence, integrity, manifests = [], activeManifest } = credentials;
  const active = manifests.find(({ label }) => label === activeManifest);
  const intact = signals.find(({ id }) => canTakeSide(id, 'manifest'));
  const mentions =
    declared?.origin.startsWith('ai-') ||
    // A capture stated by the manifest is already compared with the label.
    declared?.origin === 'captured' ||
    signals.some(({ id }) => canTakeSide(id, 'mentions-ai'));
  if (presence !== 'present' || integrity !== 'intact' || !active?.actions.length || !intact || mentions)
    return [];
  return signals
    .filter(
      (s) =>
        s.backing === 'unsigned' &&
        canTakeSide(s.id, 'stated') &&
        origins.originOf(s)?.origin.startsWith('ai-'),
    )
    .map((label) => ({
      between: [intact, label],
      statement: message('contradiction.silentManifest', { label: makerMessage('first', label, origins) }),
      within: message('sentence.conflict.silentManifest'),
      kind: 'differs',
    }));
}

function conformance(signals: readonly Signal[]): FoundContradiction[] {
  const signer = signals.find(({ id }) => canTakeSide(id, 'signer'));
  if (!signer) return [];
  return signals
    .filter(({ id }) => canTakeSide(id, 'disallowed'))
    .map((signal) => ({
      between: [signer, signal],
      statement: message('contradiction.conformance'),
      within: message('sentence.conflict.conformance'),
      kind: 'differs',
    }));
}

/**
 * Finds dates in an impossible order: one signal with a locator for each side. Differing sizes are no contradiction:
 * cropping a photo leaves them behind, and both were true at their time.
 */
function findOtherConflicts(signals: readonly Signal[]): FoundContradiction[] {
  return signals.flatMap((signal): FoundContradiction[] => {
    const between = canTakeSide(signal.id, 'dates') ? splitSides(signal) : undefined;
    return between
      ? [
          {
            between,
            statement: message('signal.file.dates.outOfOrder'),
            within: message('sentence.doubt.dates'),
            kind: 'aside',
          },
        ]
      : [];
  });
}

/** Returns `undefined` if the signal has only one locator: that is a fact, not two sides. */
function splitSides(signal: Signal): [Signal, Signal] | undefined {
  const [one, ...others] = signal.basis;
  return one && others.length > 0
    ? [
        { ...signal, basis: [one] },
        { ...signal, basis: others },
      ]
    : undefined;
}
