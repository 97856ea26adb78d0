import type { Location } from './evidence.js';
import { BACKINGS, type Signal, type SignalId } from './signal.js';
import { SIGNAL_ORIGINS } from './signal-origins.js';

/**
 * Facts that many clauses ask for, gathered once from the signals that state them, so that a rule names one id and
 * not thirty. Which signal states what is signal-origins.ts' knowledge.
 */
interface Row {
  id: SignalId;
  from(signal: Signal): boolean;
  /** Ids of which any may be a source: where one of these could not be looked for, neither could the row. */
  sources: RegExp;
}

const MAY_BE = /^c2pa\.digitalSourceType\.(composite|digitalArt|screenCapture|virtualRecording)$/;
const LABELS: ReadonlySet<string> = new Set(['iptc', 'gb45438', 'label']);
const TRACES: ReadonlySet<string> = new Set(['generator', 'proof', 'watermark']);

const states = (signal: Signal, sources: ReadonlySet<string>, origin: RegExp): boolean => {
  const stated = SIGNAL_ORIGINS.of(signal);
  return stated !== undefined && sources.has(stated.source) && origin.test(stated.origin);
};

const ROWS: readonly Row[] = [
  {
    id: 'file.aiMark.signed',
    from: ({ id }) => id === 'c2pa.ai.created' || id === 'c2pa.ai.altered',
    sources: /^c2pa\.ai\.(created|altered)$/,
  },
  {
    id: 'file.aiMark.unsigned',
    from: (signal) => states(signal, LABELS, /^ai-/),
    sources:
      /^(iptc\.(digitalSourceType\.trainedAlgorithmicMedia|credit\.|ai\.)|gb45438\.label\.generated$|platform\.\w+\.aiLabel)/,
  },
  {
    id: 'file.aiMark.possible',
    from: (signal) =>
      MAY_BE.test(signal.id) ||
      /^iptc\.digitalSourceType\.(composite|digitalArt|screenCapture|virtualRecording)$/.test(signal.id) ||
      states(signal, new Set(['gb45438']), /^other$/),
    sources: /^(gb45438\.label\.(possible|suspected)|(c2pa|iptc)\.digitalSourceType\.composite)$/,
  },
  {
    id: 'file.aiTrace',
    from: (signal) => states(signal, TRACES, /^ai-/),
    sources: /^generator\.a1111$/,
  },
];

const MOST_PLACES = 8;

/** The rows' signals, after those they are made of. */
export function derived(signals: readonly Signal[]): Signal[] {
  return ROWS.flatMap(({ id, from }): Signal[] => {
    const found = signals.filter(from);
    const [best] = [...found].sort((a, b) => BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing));
    if (!best) return [];
    const basis = found.flatMap((signal): Location[] => signal.basis).slice(0, MOST_PLACES);
    const value = best.value === undefined ? {} : { value: best.value };
    return [{ id, backing: best.backing, ...value, basis }];
  });
}

/** What could not be looked for is unknown here too. */
export function derivedUnknowable(unknowable: ReadonlySet<SignalId>): SignalId[] {
  return ROWS.filter(({ sources }) => [...unknowable].some((id) => sources.test(id))).map(({ id }) => id);
}
