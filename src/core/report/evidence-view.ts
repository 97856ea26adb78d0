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
  locator: Type.String({
    description: 'Location within the carrier, in the notation that the signals of the Report use.',
  }),
  offset: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Offset in bytes from the start of the file; for XMP, the start of the packet.',
    }),
  ),
};

const withheldMember = Type.Optional(
  Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
    description:
      'Kinds of personal data that the value is or may contain. The value is omitted unless all of these kinds are revealed.',
  }),
);

const EvidenceFieldSchema = Type.Object(
  {
    name: Type.String({
      description: 'Tag, property or keyword, as written in its standard or in the file.',
    }),
    ...locatorMembers,
    bytes: Type.Optional(Type.Integer({ minimum: 0, description: 'Length in bytes, if known.' })),
    value: Type.Optional(
      Type.String({
        description:
          'Value as text, as written; only its beginning if `characters` is greater than its length.',
      }),
    ),
    characters: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Number of characters in the whole value, if the value was shortened or withheld.',
      }),
    ),
    withheld: withheldMember,
  },
  closed,
);

const WHY_NO_BYTES = ['no-offset', 'not-found', 'withheld'] as const;

const LabelBytesSchema = Type.Object(
  {
    label: Type.Enum(['gb45438', 'iptc'], {
      description: 'Kind of label: an implicit label of GB 45438, or IPTC’s digital source type.',
    }),
    carrier: Type.Enum([...TEXT_CARRIERS], { title: 'TextCarrier' }),
    locator: locatorMembers.locator,
    offset: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Offset of the label’s first byte from the start of the file.',
      }),
    ),
    bytes: Type.Optional(Type.Integer({ minimum: 0, description: 'Length of the whole label in bytes.' })),
    hex: Type.Optional(
      Type.String({
        pattern: '^([0-9a-f]{2}|[.]{2})*$',
        maxLength: 2 * limits.labelBytes,
        description: `First bytes of the label, at most ${limits.labelBytes}, in hexadecimal; two dots stand for a masked byte.`,
      }),
    ),
    masked: Type.Optional(Type.Integer({ minimum: 1, description: 'Bytes of `hex` that are masked.' })),
    why: Type.Optional(
      Type.Enum([...WHY_NO_BYTES], {
        description:
          'Reason why no bytes are shown: the exact offset is unknown; the label is not stored as plain text there, or is ' +
          'too far from it; or its value is withheld.',
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
              description: 'Number of further fields that were omitted because there are too many.',
            }),
          ),
        },
        closed,
      ),
      {
        maxItems: TEXT_CARRIERS.length,
        description: 'Carriers in which Assay read something; their fields are in the order of the file.',
      },
    ),
    labels: Type.Array(LabelBytesSchema, { maxItems: limits.labelsInBytes }),
    revealed: Type.Optional(
      Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
        description: 'Kinds of personal data that the caller requested.',
      }),
    ),
  },
  {
    ...closed,
    $id: 'Evidence',
    title: 'Evidence',
    description: 'Metadata of one file, field by field with locations (assay.evidence/1).',
  },
);

export type EvidenceView = Static<typeof EvidenceViewSchema>;
export type EvidenceField = Static<typeof EvidenceFieldSchema>;
export type LabelBytes = Static<typeof LabelBytesSchema>;
