import Type, { type Static } from 'typebox';
import { limits } from '../../base/limits.js';
import { TEXT_CARRIERS } from '../media/carrier.js';
import { PERSONAL } from '../signals/personal.js';

/**
 * Evidence view of a file, separate from its Report: names and values of its fields, their locators, and the bytes of
 * its labels. Masked like the Report. Type, validator and OpenAPI component come from this declaration.
 */

const closed = { additionalProperties: false } as const;

const locatorMembers = {
  locator: Type.String({ description: 'As the signals of the Report name it.' }),
  offset: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Bytes from the start of the file; of XMP where the packet begins.',
    }),
  ),
};

const withheldMember = Type.Optional(
  Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
    description:
      'The value is left out: it is, or may hold, personal data of these kinds. Shown where all of them are revealed.',
  }),
);

const EvidenceFieldSchema = Type.Object(
  {
    name: Type.String({ description: 'Tag, property or keyword, as its standard or the file writes it.' }),
    ...locatorMembers,
    bytes: Type.Optional(Type.Integer({ minimum: 0, description: 'Length, where it is known.' })),
    value: Type.Optional(
      Type.String({ description: 'As written, as text; the start of it where `characters` is longer.' }),
    ),
    characters: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Of the whole value, where it was cut or withheld.' }),
    ),
    withheld: withheldMember,
  },
  closed,
);

const WHY_NO_BYTES = ['no-offset', 'not-found', 'withheld'] as const;

const LabelBytesSchema = Type.Object(
  {
    label: Type.Enum(['gb45438', 'iptc'], {
      description: 'An implicit label of GB 45438, or IPTC’s digital source type.',
    }),
    carrier: Type.Enum([...TEXT_CARRIERS], { title: 'TextCarrier' }),
    locator: locatorMembers.locator,
    offset: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Of the first byte of the label itself, from the start of the file.',
      }),
    ),
    bytes: Type.Optional(Type.Integer({ minimum: 0, description: 'Of the whole label.' })),
    hex: Type.Optional(
      Type.String({
        pattern: '^([0-9a-f]{2}|[.]{2})*$',
        maxLength: 2 * limits.labelBytes,
        description: `Its first bytes, ${limits.labelBytes} at most, in hexadecimal; two dots for a masked one.`,
      }),
    ),
    masked: Type.Optional(Type.Integer({ minimum: 1, description: 'Bytes of `hex` that are masked.' })),
    why: Type.Optional(
      Type.Enum([...WHY_NO_BYTES], {
        description:
          'Why there are none: the place is not known to the byte; the label is not stored as plain text there, or ' +
          'too far from it; its value is withheld.',
      }),
    ),
  },
  closed,
);

export const EvidenceViewSchema = Type.Object(
  {
    schema: Type.Literal('assay.evidence/1'),
    asset: Type.Object(
      { name: Type.String(), bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() },
      { ...closed, description: 'The file, as in its Report.' },
    ),
    carriers: Type.Array(
      Type.Object(
        {
          carrier: Type.Enum([...TEXT_CARRIERS], { title: 'TextCarrier' }),
          fields: Type.Array(EvidenceFieldSchema, { maxItems: limits.evidenceFields }),
          more: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: 'Further fields that were left out: there are too many.',
            }),
          ),
        },
        closed,
      ),
      {
        maxItems: TEXT_CARRIERS.length,
        description: 'Those in which something was read, and in each the fields in the order of the file.',
      },
    ),
    labels: Type.Array(LabelBytesSchema, { maxItems: limits.labelsInBytes }),
    revealed: Type.Optional(
      Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
        description: 'Kinds of personal data that were asked for.',
      }),
    ),
  },
  {
    ...closed,
    $id: 'Evidence',
    title: 'Evidence',
    description: 'What one file says field by field, and where (assay.evidence/1).',
  },
);

export type EvidenceView = Static<typeof EvidenceViewSchema>;
export type EvidenceField = Static<typeof EvidenceFieldSchema>;
export type LabelBytes = Static<typeof LabelBytesSchema>;
