import Type, { type Static } from 'typebox';
import { CARRIERS } from './evidence.js';
import { SIGNALS } from './signals.js';

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

export const LocationSchema = Type.Object(
  {
    carrier: Type.Enum([...CARRIERS, 'file'], { description: 'Where in the file’s structure.' }),
    place: Type.String({ description: 'JUMBF URI, XMP path, box path, chunk, or tag name.' }),
    offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes from the start of the file.' })),
  },
  { additionalProperties: false },
);

export const SignalSchema = Type.Object(
  {
    id: Type.Enum(SIGNAL_IDS, { description: 'One of the closed list in docs/signals.md.' }),
    backing: Type.Enum([...BACKINGS], {
      description: Object.entries(BACKING_MEANINGS)
        .map(([k, v]) => `\`${k}\`: ${v}`)
        .join(' '),
    }),
    value: Type.Optional(Type.String({ description: 'The file’s own words, cut where long.' })),
    basis: Type.Array(LocationSchema, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** One normalised fact with where it stands. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };
