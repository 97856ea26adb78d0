import type { Static } from 'typebox';
import type { SignalSchema } from './signal-schema.js';
import { SIGNALS } from './signals.js';

/** Reading processes need the words and not the schemas, which take a tenth of a second to load. */
export type SignalId = keyof typeof SIGNALS;
export const SIGNAL_IDS = Object.keys(SIGNALS) as SignalId[];

export const BACKINGS = ['trusted', 'valid', 'unsigned', 'inferred', 'invalid'] as const;
/** How well a signal is backed; `BACKING_MEANINGS` says what each word means. */
export type Backing = (typeof BACKINGS)[number];

export const BACKING_MEANINGS = {
  trusted: 'A signature holds, and its signer was on an installed list at the proven time.',
  valid: 'A signature holds; the signer is unlisted, expired or was not checked against a list.',
  unsigned: 'A standard label that anyone can write or remove.',
  inferred: 'A trace that a generator, editor or platform usually leaves; it can be copied into any file.',
  invalid: 'Signed once, but the signature or a hash no longer matches this file.',
} as const satisfies Record<Backing, string>;

export const GRADES = ['V', 'S', 'D', 'O', 'C'] as const;
/** How well it is known that a trace is what it is taken for; `GRADE_MEANINGS` says what each letter means. */
export type Grade = (typeof GRADES)[number];

export const GRADE_MEANINGS = {
  V: 'Verified byte for byte in a real file.',
  S: 'Read in the writer’s own source code.',
  D: 'From the vendor’s documentation or a standard.',
  O: 'Observed by others in dated samples, not reproduced by us.',
  C: 'Only claimed: a hint that never decides an origin.',
} as const satisfies Record<Grade, string>;

/** Kinds of personal data, as `--reveal` names them. */
export const PERSONAL = ['location', 'serial', 'names'] as const;
export type Personal = (typeof PERSONAL)[number];

export interface SignalFact {
  name: string;
  value?: string;
  personal?: Personal;
}

/** One normalised fact with where it stands. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };
