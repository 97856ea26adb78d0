import type { Origin } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { canTakeSide, signalRowOf } from '../signals/index.js';
import type { OriginSource } from '../signals/row.js';
import { SIGNATURE_ROWS } from '../signatures/index.js';
import { type SignatureRow, UNLISTED_TOOL } from '../signatures/row.js';

/** Signals that decide the file's declared origin, according to their rows or to the row of `signatures/` that matched. */

export type DeclaredOrigin = Exclude<Origin, 'contradictory' | 'none' | 'unknown'>;

export interface SignalOrigin {
  origin: DeclaredOrigin;
  source: OriginSource;
}

const BY_SIGNATURE: Readonly<Partial<Record<SignatureRow['proves'], DeclaredOrigin>>> = {
  generated: 'ai-generated',
  edited: 'ai-edited',
};

export interface SignalOrigins {
  originOf(signal: Signal): SignalOrigin | undefined;
  /** Tool name as its maker writes it; `undefined` if no row names one. */
  toolOf(signal: Signal): string | undefined;
  /** True for a trace of a camera or recorder, or a statement that something was captured with one. */
  isCapture(signal: Signal): boolean;
}

export function signalOrigins(all: readonly SignatureRow[]): SignalOrigins {
  const byId = new Map(all.map((row) => [row.id, row]));
  const rowsOf = ({ basis }: Signal) => basis.flatMap(({ row }) => byId.get(row ?? '') ?? []);
  /** An additional signal raised by a row's parser carries the row's id, but the row's proof does not apply to it. */
  const own = (signal: Signal) =>
    rowsOf(signal).filter(({ signal: id, grade }) => id === signal.id && grade !== 'C');
  return {
    originOf(signal) {
      const { states, decides: source } = signalRowOf(signal.id);
      if (signal.grade === 'C' || signal.backing === 'invalid' || source === null) return undefined;
      const origin =
        states === 'its-signature'
          ? own(signal)
              .map(({ proves }) => BY_SIGNATURE[proves])
              .find((one) => one !== undefined)
          : states;
      return origin === undefined || origin === 'nothing' ? undefined : { origin, source };
    },
    toolOf: (signal) => rowsOf(signal).find(({ tool }) => tool !== UNLISTED_TOOL)?.tool,
    isCapture: (signal) =>
      canTakeSide(signal.id, 'capture') ||
      (canTakeSide(signal.id, 'camera') && own(signal).some(({ proves }) => proves === 'camera')),
  };
}

export const SIGNAL_ORIGINS = signalOrigins(SIGNATURE_ROWS);

/** Returns whether a vocabulary term is present, which is more precise than the name of an AI system. */
export function hasVocabularyTerm(signal: Signal, signals: readonly Signal[]): boolean {
  return (
    signalRowOf(signal.id).decides === 'iptc-system' && signals.some(({ id }) => canTakeSide(id, 'term'))
  );
}

/**
 * Returns whether only third parties observed the signal: it counts only if nothing better is present and excludes
 * nothing.
 */
export function isObserved({ grade }: Pick<Signal, 'grade'>): boolean {
  return grade === 'O';
}
