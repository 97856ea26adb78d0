import type { EngineChoice } from '../../core/c2pa/engine-names.js';
import { OPTION_SPECS, type RequestedOptions } from './members.js';
import type { LawOptions, LawSelection } from './resolved-law.js';

/** Options with all defaults applied, as executed, stored, compared and passed on. */
export interface ResolvedOptions extends Omit<RequestedOptions, keyof LawOptions>, LawSelection {
  asOf: string;
  /** Defaults to `asked`. */
  asOfSource?: 'requested' | 'today';
  engine: EngineChoice;
}

const RESOLVED_MEMBERS = {
  asOf: true,
  asOfSource: true,
  rulebooks: true,
  jurisdictions: true,
  roles: true,
  summed: true,
  engine: true,
  deep: true,
  visible: true,
  reveal: true,
} as const satisfies Record<keyof ResolvedOptions, true>;

/** Picks the options from an object with further members. */
export function pickResolvedOptions(holder: ResolvedOptions): ResolvedOptions {
  const entries = Object.entries(holder).filter(
    ([name, value]) => name in RESOLVED_MEMBERS && value !== undefined,
  );
  return { asOf: holder.asOf, engine: holder.engine, ...Object.fromEntries(entries) };
}

/** Returns the current day as `YYYY-MM-DD`, UTC. */
export const utcDay = (): string => new Date().toISOString().slice(0, 10);

/** Options that always state whether the day was requested. */
export type ResolvedOptionsWithSource = ResolvedOptions & Required<Pick<ResolvedOptions, 'asOfSource'>>;

/** Applies the defaults. `law`: the resolved law selection (`resolveLawSelection`). */
export function resolveOptions(
  requested: RequestedOptions,
  law: LawSelection,
  today = utcDay(),
): ResolvedOptionsWithSource {
  const {
    asOf,
    rulebooks: _,
    jurisdiction: __,
    role: ___,
    engine = OPTION_SPECS.engine.defaultValue,
    ...rest
  } = requested;
  return {
    ...rest,
    asOf: asOf ?? today,
    asOfSource: asOf === undefined ? 'today' : 'requested',
    engine,
    ...law,
  };
}
