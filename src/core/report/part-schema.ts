import Type, { type Static } from 'typebox';
import {
  localizedText,
  messageMembers,
  optionalLocalizedText,
  type Stored,
} from '../../base/message-schema.js';
import { PART_KINDS } from '../evidence/evidence.js';
import { MEDIA_KINDS } from '../media/media-kinds.js';
import { BACKINGS } from '../signals/backing.js';
import {
  COVERAGE_STATES,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  SIGNED_STATES,
  SIGNER_STANDINGS,
  TRUSTS,
} from './report-terms.js';
import { SIGNAL_IDS } from './signal.js';

/** Schemas of embedded assets, each with its own declarations. */

const closed = { additionalProperties: false } as const;
const maybeText = (description: string) => Type.Optional(Type.String({ description }));

const PartSignerSchema = Type.Object(
  {
    name: maybeText('Name of the signer, from the certificate.'),
    trust: Type.Enum([...TRUSTS], { title: 'Trust' }),
    standing: Type.Optional(
      Type.Enum([...SIGNER_STANDINGS], {
        title: 'SignerStanding',
        description: '`listed`, `expired` and `term-unknown` confirm the name.',
      }),
    ),
  },
  closed,
);

const PartOutcomeSchema = Type.Object(
  {
    format: Type.String({ description: 'Common name of the format.' }),
    kind: Type.Enum([...MEDIA_KINDS], { title: 'Kind' }),
    origin: Type.Enum([...ORIGINS], { title: 'Origin' }),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    headline: localizedText('Headline of the part’s own report.'),
    messages: messageMembers('headline'),
    presence: Type.Enum([...PRESENCES], { title: 'Presence' }),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES], { title: 'Integrity' })),
    signer: Type.Optional(PartSignerSchema),
    labels: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' }), {
      description: 'Signals that state how the part was made.',
    }),
    coverage: Type.Enum([...COVERAGE_STATES]),
  },
  {
    ...closed,
    title: 'PartOutcome',
    description: 'Summary of a report on the part alone. It makes no statement about the file.',
  },
);

export const PartSchema = Type.Object(
  {
    kind: Type.Enum([...PART_KINDS]),
    mediaType: maybeText('Media type detected from the part’s bytes.'),
    offset: Type.Integer({
      minimum: 0,
      description: 'Offset in bytes from the start of the file, or of the part given by `within`.',
    }),
    bytes: Type.Integer({ minimum: 0 }),
    locator: Type.String({ description: 'Location of this part in the file’s structure.' }),
    name: maybeText('Name that the file gives to this part.'),
    within: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Index in this list of the part that contains this part.' }),
    ),
    sha256: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the part’s own bytes.' }),
    ),
    signed: Type.Enum([...SIGNED_STATES], {
      title: 'SignedState',
      description: 'Whether the active manifest’s hard binding covers this part and matches.',
    }),
    outcome: Type.Optional(PartOutcomeSchema),
    code: maybeText('Stable code of the reason why the part was not inspected.'),
    reason: optionalLocalizedText('The reason given by `code`, as text for people.'),
    messages: messageMembers('reason'),
  },
  { ...closed, title: 'Part' },
);

export type LocalizedPart = Static<typeof PartSchema>;
export type Part = Stored<Static<typeof PartSchema>>;
export type PartOutcome = Stored<Static<typeof PartOutcomeSchema>>;
