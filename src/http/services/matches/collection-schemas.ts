import Type, { type Static } from 'typebox';
import { ALL_FINGERPRINT_KINDS } from '../../../matching/fingerprint.js';
import { COLLECTION_BOUNDS as bounds } from '../../../storage/fingerprints/collections.js';
import { ETAG_MEMBER } from '../../contract/state-tag.js';

const closed = { additionalProperties: false } as const;
const Time = Type.String({ description: 'RFC 3339.' });
const count = Type.Integer({ minimum: 0 });

export const FindingSchema = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: bounds.text }),
    by: Type.Optional(Type.String({ minLength: 1, maxLength: bounds.by })),
    link: Type.Optional(Type.String({ maxLength: bounds.link, examples: ['https://example.org/check'] })),
  },
  {
    ...closed,
    title: 'ReviewerFinding',
    description: 'Finding of a person or an organisation, quoted as theirs.',
  },
);

const Name = Type.String({ minLength: 1, maxLength: bounds.name, examples: ['debunked'] });
const Watched = Type.Boolean({
  description: 'Whether webhooks are notified of inspections that match (`match.found`).',
});

export const NewCollectionSchema = Type.Object(
  { name: Name, finding: Type.Optional(FindingSchema), watched: Type.Optional(Watched) },
  closed,
);
export const CollectionChangesSchema = Type.Object(
  {
    name: Type.Optional(Name),
    finding: Type.Optional(
      Type.Union([Type.Null(), FindingSchema], {
        description: 'Finding that applies to all items; null removes it.',
      }),
    ),
    watched: Type.Optional(Watched),
  },
  closed,
);

export const CollectionSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    createdAt: Time,
    changedAt: Time,
    finding: Type.Optional(FindingSchema),
    watched: Type.Boolean(),
    items: count,
    notSearchable: Type.Integer({ minimum: 0, description: 'Number of items that no search can find.' }),
  },
  { title: 'Collection' },
);

/** Items per request, as each may hold text. The body is bounded separately (`httpLimits.collectionBodyBytes`). */
export const MAX_ITEMS_PER_REQUEST = 200;

const words = {
  key: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: bounds.key,
      description: 'Client’s own key of the item; a new item with the same key replaces the earlier one.',
    }),
  ),
  name: Type.String({ minLength: 1, maxLength: bounds.itemName }),
  note: Type.Optional(Type.String({ maxLength: bounds.note })),
  finding: Type.Optional(FindingSchema),
};

export const HashSchema = Type.String({
  title: 'PdqHash',
  maxLength: 200,
  description:
    'PDQ hash in 64 hexadecimal digits, highest bit first, as Meta’s reference implementation prints it. A search by hash does not find rotated or mirrored pictures.',
  examples: ['f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22'],
});

export const NewItemSchema = Type.Union(
  [
    Type.Object({ hash: HashSchema, alg: Type.Optional(Type.Literal('pdq')), ...words }, closed),
    Type.Object(
      {
        inspection: Type.String({ description: 'Id of the inspection whose fingerprint the item gets.' }),
        ...words,
      },
      closed,
    ),
  ],
  { title: 'NewItem' },
);
export type NewItem = Static<typeof NewItemSchema>;

export const NewItemsSchema = Type.Object(
  { items: Type.Array(NewItemSchema, { minItems: 1, maxItems: MAX_ITEMS_PER_REQUEST }) },
  closed,
);

export const ItemSchema = Type.Object(
  {
    id: Type.String(),
    ...ETAG_MEMBER,
    name: Type.String(),
    note: Type.Optional(Type.String()),
    finding: Type.Optional(FindingSchema),
    at: Time,
    kinds: Type.Array(Type.Enum([...ALL_FINGERPRINT_KINDS], { title: 'FingerprintKind' }), {
      description: 'Kinds of fingerprint by which the item can be found; empty if there are none.',
    }),
    missing: Type.Array(
      Type.Object({ kind: Type.String(), code: Type.String(), text: Type.String() }, closed),
    ),
    preview: Type.Optional(Type.String({ description: 'Address of the item’s preview picture.' })),
  },
  { title: 'CollectionItem' },
);
