import { type Said, said } from '../../say/said.js';
import type { SignalOrigins } from '../detectors/signal-origins.js';
import { limits } from '../ground/limits.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf, takes } from '../signals/index.js';
import { speakerSaid } from './sentence-contradictions.js';

/** Pairs of statements of one file that do not go together, each with its place. Which of the two holds is not said. */

export interface FoundContradiction {
  between: [Signal, Signal];
  statement: Said;
  /** How the summary says it, in a sentence short enough to be one of three. */
  within: Said;
  /** The same where the statement of AI is told by then. */
  against?: Said;
  /** `excludes`: both cannot be so. `differs`: they do not fit. `aside`: of dates and sizes, not of the origin. */
  kind: 'excludes' | 'differs' | 'aside';
}

export interface ContradictionInput {
  signals: readonly Signal[];
  credentials: Pick<ContentCredentials, 'presence' | 'integrity' | 'manifests' | 'activeManifest'>;
  declared?: Declared | undefined;
}

export function findContradictions(input: ContradictionInput, origins: SignalOrigins): FoundContradiction[] {
  const holding = input.signals.filter((s) => s.backing !== 'invalid');
  const found = [
    ...captureAgainstGeneration(holding, origins),
    ...labelCopies(holding),
    ...silentManifest(input, holding, origins),
    ...conformance(input.signals),
    ...besideOrigin(holding),
  ];
  const once = new Map(
    found.map((one) => [`${JSON.stringify(one.statement)} ${placeKey(one.between)}`, one]),
  );
  return [...once.values()].slice(0, limits.contradictions);
}

const placeKey = (between: readonly Signal[]) =>
  between.map(({ id, basis: [place] }) => `${id} ${place?.carrier} ${place?.place}`).join(' ');

const saysGenerated = (signal: Signal, origins: SignalOrigins): boolean =>
  takes(signal.id, 'generation') ||
  (takes(signal.id, 'stated') && origins.of(signal)?.origin === 'ai-generated');

const isManifest = ({ id }: Signal) => rowOf(id).by === 'manifest';

/**
 * Within one manifest store both may be true of different ingredients, so two C2PA statements are never set
 * against each other. Camera data beside a generator's trace may be the source picture's, where a trace says
 * that there was one.
 */
function captureAgainstGeneration(signals: readonly Signal[], origins: SignalOrigins): FoundContradiction[] {
  const fromSource = signals.some(({ id }) => takes(id, 'source-picture'));
  const captures = signals.filter(origins.isCapture);
  const generated = signals.filter((s) => saysGenerated(s, origins));
  return captures.flatMap((capture) =>
    generated
      .filter(
        (one) =>
          !(isManifest(capture) && isManifest(one)) &&
          !(fromSource && capture.backing === 'inferred' && one.backing === 'inferred'),
      )
      .map((other): FoundContradiction => {
        const generation = speakerSaid('by', other, origins);
        return {
          between: [capture, other],
          statement: said('contradiction.captureAndGeneration', {
            capture: speakerSaid('first', capture, origins),
            generation,
          }),
          ...inSentence(speakerSaid('by', capture, origins), generation),
          kind: 'excludes',
        };
      }),
  );
}

const inSentence = (capture: Said, generation: Said): Pick<FoundContradiction, 'within' | 'against'> =>
  capture.id === 'contradiction.by.iptc' && generation.id === capture.id
    ? { within: said('sentence.conflict.twoLabels') }
    : {
        within: said('sentence.conflict.excludes', { capture, generation }),
        against: said('sentence.conflict.against', { capture }),
      };

function labelCopies(signals: readonly Signal[]): FoundContradiction[] {
  const differs = (between: [Signal, Signal], statement: Said, within: Said): FoundContradiction[] => [
    { between, statement, within, kind: 'differs' },
  ];
  const disagree = signals.find(({ id }) => takes(id, 'copies'));
  const copies = disagree ? (twoCopies(signals) ?? halves(disagree)) : undefined;
  const terms = signals.filter(({ id }) => takes(id, 'term'));
  const first = terms[0];
  const other = terms.find((s) => termOf(s) !== (first && termOf(first)));
  return [
    ...(disagree && copies
      ? differs(copies, copiesSaid(fieldsOf(disagree)), said('sentence.conflict.gbCopies'))
      : []),
    ...(first && other
      ? differs(
          [first, other],
          said('contradiction.iptcCopies', { one: termOf(first), other: termOf(other) }),
          said('sentence.conflict.iptcCopies'),
        )
      : []),
  ];
}

const copiesSaid = (fields: readonly string[]): Said =>
  fields.length === 0 ? said('contradiction.gbCopies') : said('contradiction.gbCopiesIn', { fields });

const termOf = ({ id }: Signal): string => rowOf(id).term ?? '';

function twoCopies(signals: readonly Signal[]): [Signal, Signal] | undefined {
  const [one, other] = signals.filter(({ id }) => takes(id, 'copy'));
  return one && other && [one, other];
}

/** The detector names the fields as facts or in the value. */
function fieldsOf({ facts = [], value }: Signal): string[] {
  const named = facts.length > 0 ? facts.map(({ name }) => name) : (value?.split(/[,;]\s*/) ?? []);
  return [...new Set(named)].filter((name) => /^[A-Za-z][A-Za-z0-9]{0,40}$/.test(name)).slice(0, 8);
}

/** Unsigned labels of AI in a file whose manifest holds, lists actions and says nothing of AI. */
function silentManifest(
  { credentials, declared }: ContradictionInput,
  signals: readonly Signal[],
  origins: SignalOrigins,
): FoundContradiction[] {
  const { presence, integrity, manifests = [], activeManifest } = credentials;
  const active = manifests.find(({ label }) => label === activeManifest);
  const intact = signals.find(({ id }) => takes(id, 'manifest'));
  const mentions =
    declared?.origin.startsWith('ai-') ||
    // A capture that the manifest states is set against the label already.
    declared?.origin === 'captured' ||
    signals.some(({ id }) => takes(id, 'mentions-ai'));
  if (presence !== 'present' || integrity !== 'intact' || !active?.actions.length || !intact || mentions)
    return [];
  return signals
    .filter(
      (s) => s.backing === 'unsigned' && takes(s.id, 'stated') && origins.of(s)?.origin.startsWith('ai-'),
    )
    .map((label) => ({
      between: [intact, label],
      statement: said('contradiction.silentManifest', { label: speakerSaid('first', label, origins) }),
      within: said('sentence.conflict.silentManifest'),
      kind: 'differs',
    }));
}

function conformance(signals: readonly Signal[]): FoundContradiction[] {
  const signer = signals.find(({ id }) => takes(id, 'signer'));
  if (!signer) return [];
  return signals
    .filter(({ id }) => takes(id, 'disallowed'))
    .map((signal) => ({
      between: [signer, signal],
      statement: said('contradiction.conformance'),
      within: said('sentence.conflict.conformance'),
      kind: 'differs',
    }));
}

/**
 * Dates in an order that cannot be: one signal with a place for each side. Sizes that are not the picture's are none:
 * whoever crops a photo leaves them behind, and both are true of their time.
 */
function besideOrigin(signals: readonly Signal[]): FoundContradiction[] {
  return signals.flatMap((signal): FoundContradiction[] => {
    const between = takes(signal.id, 'dates') ? halves(signal) : undefined;
    return between
      ? [
          {
            between,
            statement: said('signal.file.dates.outOfOrder'),
            within: said('sentence.doubt.dates'),
            kind: 'aside',
          },
        ]
      : [];
  });
}

/** Undefined where it names one place only: that is a fact, not two sides. */
function halves(signal: Signal): [Signal, Signal] | undefined {
  const [one, ...others] = signal.basis;
  return one && others.length > 0
    ? [
        { ...signal, basis: [one] },
        { ...signal, basis: others },
      ]
    : undefined;
}
