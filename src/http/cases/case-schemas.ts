import Type, { type Static } from 'typebox';
import { AUTHOR_TYPES, CASE_ITEM_KINDS } from '../../storage/cases/cases.js';
import { CASE_BOUNDS as bounds } from '../../storage/inspections/case-bounds.js';
import { ETAG_MEMBER } from '../contract/state-tag.js';

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const maybe = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));
const Kind = Type.Enum([...CASE_ITEM_KINDS], { title: 'CaseItemKind' });
const words = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description === undefined ? {} : { description }) });
const link = Type.Optional(Type.String({ maxLength: bounds.link }));

const FindingSchema = Type.Object(
  {
    claim: words(bounds.text, 'Claim that was reviewed, as made in public.'),
    conclusion: words(bounds.text),
    rating: Type.Optional(words(bounds.rating, 'Rating in the authors’ own words.')),
    url: link,
    published: Type.Optional(
      Type.String({ description: 'Day of publication.', examples: ['2026-11-29'], maxLength: 10 }),
    ),
    author: Type.Optional(words(bounds.person, 'Name under which the finding was published.')),
    authorType: Type.Optional(Type.Enum([...AUTHOR_TYPES])),
    claimant: Type.Optional(words(bounds.person, 'Person or organisation that makes the claim.')),
    appearance: link,
  },
  {
    ...closed,
    title: 'CaseFinding',
    description: 'Finding of a person or an organisation, quoted as theirs.',
  },
);

const Name = words(bounds.name);
export const NewCaseSchema = Type.Object({ name: Name }, closed);
export const CaseChangesSchema = Type.Object(
  {
    name: Type.Optional(Name),
    closed: Type.Optional(
      Type.Boolean({
        description: 'Whether the case is marked as closed. A closed case still accepts changes.',
      }),
    ),
  },
  closed,
);

const caseMembers = {
  id: Type.String(),
  caseRef: Type.String({
    description: '`caseRef` of the case’s inspections; it stays when the name is changed.',
  }),
  name: Type.String(),
  createdAt: Type.String(),
  createdBy: maybe(),
  changedAt: Type.String(),
  closedAt: maybe(),
  closedBy: maybe(),
  counts: Type.Object({ inspection: count, note: count, link: count, match: count, finding: count }, closed),
  former: Type.Integer({
    minimum: 0,
    description: `Number of inspections removed, deleted or expired; the items list the first ${bounds.formerTold}.`,
  }),
};
export const CaseSchema = Type.Object(caseMembers, { ...closed, title: 'Case' });

/** Reference to one match of an inspection, by the members of its view. */
const MatchRefSchema = Type.Object(
  {
    inspection: maybe(),
    collection: maybe(),
    item: maybe(),
    scan: maybe(),
    path: maybe(),
    pathBytes: maybe(),
  },
  {
    ...closed,
    description: 'Match from `GET /v1/inspections/{id}/matches`, identified by the members that it contains.',
  },
);
export type MatchRef = Static<typeof MatchRefSchema>;

export const NewCaseItemSchema = Type.Object(
  {
    kind: Kind,
    inspection: maybe(
      'Id of the inspection, for an `inspection`; for a `match`, id of the inspection whose matches were requested.',
    ),
    text: Type.Optional(words(bounds.text, 'Text of a `note`, or a comment on a `link` or `match`.')),
    link,
    match: Type.Optional(MatchRefSchema),
    finding: Type.Optional(FindingSchema),
  },
  { ...closed, title: 'NewCaseItem' },
);
export type NewCaseItemBody = Static<typeof NewCaseItemSchema>;

export const CaseItemSchema = Type.Object(
  {
    id: Type.String({
      description: 'Id of the item; for an inspection that still exists, the id of the inspection.',
    }),
    ...ETAG_MEMBER,
    kind: Kind,
    at: Type.String(),
    by: maybe('Name of the API key that added the item; absent if unknown.'),
    inspection: maybe(),
    text: maybe(),
    link: maybe(),
    match: Type.Optional(
      Type.Unsafe<object>({ type: 'object', description: 'Match as it was when it was added.' }),
    ),
    finding: Type.Optional(FindingSchema),
    removed: Type.Optional(
      Type.Object(
        { at: Type.String(), by: maybe() },
        { ...closed, description: 'Time and author of the removal; nothing else of the item is stored.' },
      ),
    ),
    gone: Type.Optional(
      Type.Object(
        { at: Type.String(), reason: Type.Enum(['deleted', 'expired']) },
        { ...closed, description: 'Time and reason of the inspection’s deletion.' },
      ),
    ),
  },
  { ...closed, title: 'CaseItem' },
);

export const CaseWithItemsSchema = Type.Object(
  {
    ...caseMembers,
    items: Type.Array(CaseItemSchema, { description: 'The newest first.' }),
    next: maybe('`cursor` of the next page.'),
  },
  closed,
);

export const CasesPageSchema = Type.Object(
  { cases: Type.Array(CaseSchema), next: maybe('`cursor` of the next page.') },
  closed,
);

export const ClaimReviewsSchema = Type.Unsafe<object>({
  type: 'object',
  properties: { '@context': { type: 'string' }, '@graph': { type: 'array', items: { type: 'object' } } },
  required: ['@context', '@graph'],
});
