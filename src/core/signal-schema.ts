import Type from 'typebox';
import { CARRIERS } from './evidence.js';
import { BACKING_MEANINGS, BACKINGS, GRADE_MEANINGS, GRADES, PERSONAL, SIGNAL_IDS } from './signal.js';

export const LocationSchema = Type.Object(
  {
    carrier: Type.Enum([...CARRIERS, 'file'], { description: 'Where in the file’s structure.' }),
    place: Type.String({ description: 'JUMBF URI, XMP path, box path, chunk, or tag name.' }),
    offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes from the start of the file.' })),
    row: Type.Optional(Type.String({ description: 'Row of docs/signatures.md that matched here.' })),
  },
  { title: 'Basis', additionalProperties: false },
);

const FactSchema = Type.Object(
  {
    name: Type.String({ description: 'What it is: `model`, `prompt`, `seed`, `provider`, …' }),
    value: Type.Optional(
      Type.String({ description: 'The file’s own words, cut where long. Left out where masked.' }),
    ),
    personal: Type.Optional(
      Type.Enum([...PERSONAL], {
        title: 'Personal',
        description: 'Kind of personal data. Its value is left out unless that kind is revealed.',
      }),
    ),
  },
  { title: 'Fact', additionalProperties: false },
);

export const SignalSchema = Type.Object(
  {
    id: Type.Enum(SIGNAL_IDS, {
      title: 'SignalId',
      description: 'One of the closed list in docs/signals.md.',
    }),
    backing: Type.Enum([...BACKINGS], {
      title: 'Backing',
      description: Object.entries(BACKING_MEANINGS)
        .map(([k, v]) => `\`${k}\`: ${v}`)
        .join(' '),
    }),
    value: Type.Optional(Type.String({ description: 'The file’s own words, cut where long.' })),
    grade: Type.Optional(
      Type.Enum([...GRADES], {
        title: 'Grade',
        description: Object.entries(GRADE_MEANINGS)
          .map(([k, v]) => `\`${k}\`: ${v}`)
          .join(' '),
      }),
    ),
    facts: Type.Optional(
      Type.Array(FactSchema, { description: 'What was parsed there, each in the file’s own words.' }),
    ),
    basis: Type.Array(LocationSchema, { minItems: 1 }),
  },
  { title: 'Signal', additionalProperties: false },
);
