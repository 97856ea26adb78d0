import Type from 'typebox';
import { CARRIERS } from './evidence.js';
import { BACKING_MEANINGS, BACKINGS, SIGNAL_IDS } from './signal.js';

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
