import { CAPTURED, FULLY_GENERATIVE, GENERATIVE } from './detectors/source-type-term.js';
import type { Origin } from './report.js';
import type { Signal, SignalId } from './signal.js';
import { SIGNATURE_ROWS } from './signatures/index.js';
import type { SignatureRow } from './signatures/row.js';

/** Which signals decide what the file is said to declare. A row of `signatures/` needs no line here: it says what it proves. */

export type DeclaredOrigin = Exclude<Origin, 'contradictory' | 'none' | 'unknown'>;

export interface SignalOrigin {
  origin: DeclaredOrigin;
  source: 'iptc' | 'gb45438' | 'label' | 'generator' | 'proof' | 'watermark';
}

/** Signals that are more than a matched row: whole ids, or all under a prefix. */
const BY_ID: readonly (readonly [RegExp, SignalOrigin])[] = [
  [/^gb45438\.label\.generated$/, { origin: 'ai-generated', source: 'gb45438' }],
  [/^gb45438\.label\.(possible|suspected)$/, { origin: 'other', source: 'gb45438' }],
  // IPTC 2025.1: the engine or model that was used to generate the image.
  [/^iptc\.ai\.systemUsed$/, { origin: 'ai-generated', source: 'iptc' }],
  [/^iptc\.credit\.googleMade$/, { origin: 'ai-generated', source: 'iptc' }],
  [/^iptc\.credit\.(googleEdited|appleCleanUp)$/, { origin: 'ai-edited', source: 'iptc' }],
  // What creators and platforms mark: labels of two of TikTok's kinds, and those that come after it.
  [/^platform\.\w+\.aiLabel(\.\w+)?$/, { origin: 'ai-generated', source: 'label' }],
  [/^generator\.novelai\.proof\.holds$/, { origin: 'ai-generated', source: 'proof' }],
  // Raised by a shape, not by a row: on the way to an output the graph has a step that makes pictures, or edits them.
  [/^generator\.(a1111|comfyui\.(sampler|service))$/, { origin: 'ai-generated', source: 'generator' }],
  [/^generator\.comfyui\.edit$/, { origin: 'ai-edited', source: 'generator' }],
  [/^watermark\.pixels\.\w+/, { origin: 'ai-generated', source: 'watermark' }],
];

const BY_ROW: Readonly<Partial<Record<SignatureRow['proves'], DeclaredOrigin>>> = {
  generated: 'ai-generated',
  edited: 'ai-edited',
};

/** The misspelt XMP property counts as the right one does. */
const TERM = /^iptc\.digitalSource(?:File)?Type\.(\w+)$/;

export interface SignalOrigins {
  of(signal: Signal): SignalOrigin | undefined;
  /** As its maker names it; undefined where no row says. */
  toolOf(signal: Signal): string | undefined;
  /** A camera's or recorder's own trace. */
  isCapture(signal: Signal): boolean;
}

/** Pictures of pictures. */
const COPIES = /\.(scanner|screenshot)$/;

export function signalOrigins(all: readonly SignatureRow[]): SignalOrigins {
  const byId = new Map(all.map((row) => [row.id, row]));
  const rowsOf = ({ basis }: Signal) => basis.flatMap(({ row }) => byId.get(row ?? '') ?? []);
  /** A signal that a row's shape raises besides carries the row's id, and what the row proves is not its own. */
  const own = (signal: Signal) =>
    rowsOf(signal).filter(({ signal: id, grade }) => id === signal.id && grade !== 'C');
  return {
    of(signal) {
      if (signal.grade === 'C' || signal.backing === 'invalid') return undefined;
      const stated = statedBy(signal.id);
      if (stated !== 'its row') return stated;
      const origin = own(signal)
        .map(({ proves }) => BY_ROW[proves])
        .find((one) => one !== undefined);
      return origin && { origin, source: 'generator' };
    },
    toolOf: (signal) => rowsOf(signal)[0]?.tool,
    isCapture: (signal) =>
      !COPIES.test(signal.id) &&
      (signal.id === 'camera.exif' || own(signal).some(({ proves }) => proves === 'camera')),
  };
}

/** What the id alone says. Remembered: the list of ids is closed, and a report asks for the same few many times. */
function statedBy(id: SignalId): SignalOrigin | 'its row' | undefined {
  if (!STATED.has(id)) {
    const term = TERM.exec(id)?.[1];
    const known = () => BY_ID.find(([pattern]) => pattern.test(id))?.[1] ?? 'its row';
    STATED.set(id, term === undefined ? known() : ofTerm(term));
  }
  return STATED.get(id);
}

const STATED = new Map<SignalId, SignalOrigin | 'its row' | undefined>();

function ofTerm(term: string): SignalOrigin | undefined {
  if (term === 'unrecognised') return undefined;
  if (FULLY_GENERATIVE.has(term)) return { origin: 'ai-generated', source: 'iptc' };
  if (GENERATIVE.has(term)) return { origin: 'ai-edited', source: 'iptc' };
  return { origin: CAPTURED.has(term) ? 'captured' : 'other', source: 'iptc' };
}

export const SIGNAL_ORIGINS = signalOrigins(SIGNATURE_ROWS);

/** A term of the vocabulary says it more exactly than the name of a system does. */
export function yieldsToTerm(signal: Signal, signals: readonly Signal[]): boolean {
  return (
    signal.id.startsWith('iptc.ai.') &&
    signals.some(({ id }) => (TERM.exec(id)?.[1] ?? 'unrecognised') !== 'unrecognised')
  );
}

/** Observed by others only: counts where nothing better speaks, and excludes nothing. */
export function isObserved({ grade }: Pick<Signal, 'grade'>): boolean {
  return grade === 'O';
}
