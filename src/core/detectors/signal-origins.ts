import type { Origin } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf, takes } from '../signals/index.js';
import type { Source } from '../signals/row.js';
import { SIGNATURE_ROWS } from '../signatures/index.js';
import { type SignatureRow, UNLISTED_TOOL } from '../signatures/row.js';

/** Which signals decide what the file is said to declare: their rows say it, or the row of `signatures/` that was matched. */

export type DeclaredOrigin = Exclude<Origin, 'contradictory' | 'none' | 'unknown'>;

export interface SignalOrigin {
  origin: DeclaredOrigin;
  source: Source;
}

const BY_SIGNATURE: Readonly<Partial<Record<SignatureRow['proves'], DeclaredOrigin>>> = {
  generated: 'ai-generated',
  edited: 'ai-edited',
};

export interface SignalOrigins {
  of(signal: Signal): SignalOrigin | undefined;
  /** As its maker names it; undefined where no row says. */
  toolOf(signal: Signal): string | undefined;
  /** A camera's or recorder's own trace, or a statement that something stood before one. */
  isCapture(signal: Signal): boolean;
}

export function signalOrigins(all: readonly SignatureRow[]): SignalOrigins {
  const byId = new Map(all.map((row) => [row.id, row]));
  const rowsOf = ({ basis }: Signal) => basis.flatMap(({ row }) => byId.get(row ?? '') ?? []);
  /** A signal that a row's shape raises besides carries the row's id, and what the row proves is not its own. */
  const own = (signal: Signal) =>
    rowsOf(signal).filter(({ signal: id, grade }) => id === signal.id && grade !== 'C');
  return {
    of(signal) {
      const { states, decides: source } = rowOf(signal.id);
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
      takes(signal.id, 'capture') ||
      (takes(signal.id, 'camera') && own(signal).some(({ proves }) => proves === 'camera')),
  };
}

export const SIGNAL_ORIGINS = signalOrigins(SIGNATURE_ROWS);

/** A term of the vocabulary says it more exactly than the name of a system does. */
export function yieldsToTerm(signal: Signal, signals: readonly Signal[]): boolean {
  return rowOf(signal.id).decides === 'iptc-system' && signals.some(({ id }) => takes(id, 'term'));
}

/** Observed by others only: counts where nothing better speaks, and excludes nothing. */
export function isObserved({ grade }: Pick<Signal, 'grade'>): boolean {
  return grade === 'O';
}
