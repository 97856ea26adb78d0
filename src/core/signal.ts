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

/** One normalised fact with where it stands. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };
