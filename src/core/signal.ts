import type { Static } from 'typebox';
import type { Said } from '../say/said.js';
import type { SignalSchema } from './signal-schema.js';
import type { SignalId } from './signals/index.js';

/** Reading processes need the ids and not the schemas, which take a tenth of a second to load. */
export { SIGNAL_IDS } from './signals/index.js';
export type { SignalId };

export const BACKINGS = ['trusted', 'valid', 'unsigned', 'inferred', 'invalid'] as const;
/** How well a signal is backed; what each word means stands in the catalogues (`backing.…`). */
export type Backing = (typeof BACKINGS)[number];

export const GRADES = ['V', 'S', 'D', 'O', 'C'] as const;
/** How well it is known that a trace is what it is taken for; what each letter means stands in the catalogues (`grade.…`). */
export type Grade = (typeof GRADES)[number];

/** Kinds of personal data, as `--reveal` names them. */
export const PERSONAL = ['location', 'serial', 'names'] as const;
export type Personal = (typeof PERSONAL)[number];

export interface SignalFact {
  name: string;
  value?: string;
  /** Where the value is no quotation of the file but our own finding. */
  said?: { value?: Said };
  personal?: Personal;
}

/** One normalised fact with where it stands. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };
