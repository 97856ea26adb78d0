import Type, { type Static } from 'typebox';
import { withDefaultBounds } from '../../base/bounded-schema.js';
import { ISOLATION_LEVELS, ISOLATION_REASONS } from '../../base/isolation-level.js';
import { limits } from '../../base/limits.js';
import {
  localizedText,
  messageMembers,
  optionalLocalizedText,
  ParamsSchema,
  sentencesMember,
} from '../../base/message-schema.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { CARRIERS } from '../media/carrier.js';
import { MEDIA_KINDS } from '../media/media-kinds.js';
import { BACKINGS } from '../signals/backing.js';
import { BYTES_PARTS } from '../signals/bytes-parts.js';
import { PERSONAL } from '../signals/personal.js';
import { EvidenceViewSchema } from './evidence-sheet.js';
import { FindingSchema } from './finding-schema.js';
import { FileDateSchema, LawSummarySchema } from './law-schema.js';
import { PartSchema } from './part-schema.js';
import {
  COVERAGE_STATES,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  READ_STATUSES,
  SIGNED_STATES,
  TRUSTS,
  VALIDITIES,
} from './report-terms.js';
import { SIGNAL_IDS, type SignalId } from './signal.js';
import { LocationSchema, SignalSchema } from './signal-schema.js';

/** Schema of a Report. Type, validator, OpenAPI component and docs/report.md all come from this declaration. */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const maybeText = (description: string) => Type.Optional(Type.String({ description }));

export { COVERAGE_STATES, INTEGRITIES, ORIGINS, PRESENCES, READ_STATUSES, SIGNED_STATES, TRUSTS, VALIDITIES };

const StreamsSchema = Type.Object(
  {
    container: maybeText('As the container names itself.'),
    durationSeconds: Type.Optional(Type.Number({ minimum: 0 })),
    tracks: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['image', 'video', 'audio', 'subtitle', 'other']),
          codec: maybeText('As the file names it.'),
          width: Type.Optional(Type.Integer({ minimum: 0, description: 'Pixels.' })),
          height: Type.Optional(Type.Integer({ minimum: 0, description: 'Pixels.' })),
          sampleRateHertz: Type.Optional(Type.Number({ minimum: 0 })),
          channels: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
  },
  {
    title: 'Streams',
    ...closed,
    description: 'Facts of the picture or of the sound and video streams, where they were read.',
  },
);

const ClaimedDateSchema = Type.Object(
  {
    name: text('What the field is called.'),
    value: text(
      'As written, or in ISO 8601 where the format has a form of its own; most carry no time zone.',
    ),
    carrier: Type.Enum([...CARRIERS, 'file'], { title: 'CarrierOrFile' }),
    locator: text('Where it stands.'),
    offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes from the start of the file.' })),
    countedFrom1970: Type.Optional(
      Type.Literal(true, {
        description:
          'Its writer counted seconds from 1970, where the standard counts from 1904: read by the standard it would be a day before 1970.',
      }),
    ),
  },
  { ...closed, title: 'ClaimedDate' },
);

const AssetSchema = Type.Object(
  {
    name: text('Base name; never a path.'),
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    mediaType: text('From the bytes, never from the name. `application/octet-stream` where unknown.'),
    format: text('The format’s usual name, as `JPEG` or `Canon CR3`.'),
    kind: Type.Enum([...MEDIA_KINDS], { title: 'Kind' }),
    declaredMediaType: maybeText('What the client or the name’s ending said.'),
    servedBy: Type.Optional(
      Type.Object(
        {
          host: Type.String({ pattern: '^[\\x21-\\x7e]{1,300}$', description: '`host` or `host:port`.' }),
          at: text('RFC 3339.'),
          isLengthUnknown: Type.Optional(
            Type.Literal(true, {
              description: 'The host named no length: whether all of the file came cannot be told.',
            }),
          ),
        },
        {
          ...closed,
          title: 'ServedBy',
          description:
            'Of a file fetched by a link: which host gave it, and when. Platforms often remove what a file says of its origin.',
        },
      ),
    ),
    init: Type.Optional(
      Type.Object(
        { bytes: Type.Integer({ minimum: 0 }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
        { ...closed, description: 'Of a segment: the initialisation segment that it was read with.' },
      ),
    ),
    streams: Type.Optional(StreamsSchema),
    claimedDates: Type.Optional(
      Type.Array(ClaimedDateSchema, {
        description:
          'Dates the file gives itself, outside the Content Credentials. Nothing proves them, and no rule is asked about them.',
      }),
    ),
  },
  { ...closed, title: 'Asset' },
);

const ReadSchema = Type.Object(
  {
    status: Type.Enum([...READ_STATUSES]),
    code: maybeText(
      'Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.',
    ),
    params: ParamsSchema,
    reason: optionalLocalizedText('The same for people.'),
    note: optionalLocalizedText('What a reader should know of how it was read.'),
    messages: sentencesMember('note'),
  },
  { ...closed, title: 'Read' },
);

const ReadsSchema = Type.Object(
  Object.fromEntries(CARRIERS.map((carrier) => [carrier, ReadSchema])) as Record<
    (typeof CARRIERS)[number],
    typeof ReadSchema
  >,
  {
    title: 'Reads',
    ...closed,
    description: 'Per carrier, how reading ended. `absent` is said only where Assay looked.',
  },
);

const StatusCodeSchema = Type.Object(
  {
    code: text('C2PA or CAWG validation status code, verbatim.'),
    kind: Type.Enum(['success', 'informational', 'failure']),
    url: maybeText('JUMBF URI the code speaks of.'),
    explanation: maybeText('The engine’s words.'),
  },
  { ...closed, title: 'StatusCode' },
);

const CodesSchema = Type.Object(
  {
    active: Type.Array(StatusCodeSchema),
    ingredients: Type.Array(StatusCodeSchema),
    cawg: Type.Array(StatusCodeSchema),
  },
  { ...closed, title: 'Codes' },
);

const ActionSchema = Type.Object(
  {
    action: text('C2PA action, verbatim.'),
    digitalSourceType: maybeText('As written.'),
    softwareAgent: maybeText('Name and version.'),
    description: maybeText('The file’s words.'),
    when: maybeText('As claimed by the signer; not proven.'),
  },
  { ...closed, title: 'Action' },
);

const IngredientSchema = Type.Object(
  {
    relationship: text('`parentOf`, `componentOf` or `inputTo`, as written.'),
    title: maybeText('The file’s words.'),
    format: maybeText('Media type as written.'),
    manifest: maybeText('Label of its manifest in this store; left out where it has none.'),
  },
  { ...closed, title: 'Ingredient' },
);

const ManifestSchema = Type.Object(
  {
    label: text('JUMBF label.'),
    active: Type.Boolean(),
    depth: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Steps from the active manifest; left out where unreachable.',
      }),
    ),
    integrity: Type.Enum([...INTEGRITIES], { title: 'Integrity' }),
    claimGenerator: maybeText('As written.'),
    claimVersion: Type.Optional(Type.Integer()),
    title: maybeText('The file’s words.'),
    signer: maybeText('Organisation or common name in its certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS], { title: 'Trust' })),
    validity: Type.Optional(
      Type.Enum([...VALIDITIES], {
        title: 'Validity',
        description: 'Its signer’s certificate against the time of use, where the certificate was read.',
      }),
    ),
    revoked: Type.Optional(Type.Boolean({ description: 'An answer says that its certificate was revoked.' })),
    time: maybeText('Time of its timestamp, RFC 3339.'),
    proven: maybeText('The same where the timestamp’s authority is on a list.'),
    provenIn: maybeText(
      'Label of the manifest that keeps that timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.',
    ),
    specVersion: maybeText('C2PA version that the claim names.'),
    update: Type.Optional(Type.Boolean({ description: 'An update manifest: it changes no content.' })),
    redacted: Type.Optional(
      Type.Array(Type.String(), { description: 'JUMBF URIs that the signer removed.' }),
    ),
    uncovered: Type.Optional(
      Type.Array(Type.String(), { description: 'What its hard binding leaves out: byte ranges or boxes.' }),
    ),
    hasThumbnail: Type.Optional(Type.Boolean()),
    actions: Type.Array(ActionSchema),
    ingredients: Type.Array(IngredientSchema),
  },
  { ...closed, title: 'Manifest' },
);

const ConformanceSchema = Type.Object(
  {
    product: text('Name of the record in the conforming products list.'),
    assuranceLevel: maybeText('As the record gives it.'),
    status: maybeText('As the record gives it.'),
    disallowed: Type.Array(Type.String(), {
      description: 'Signals that this manifest raises although the record disallows them.',
    }),
  },
  {
    title: 'Conformance',
    ...closed,
    description: 'The product that the signer’s certificate name stands for, where that list is installed.',
  },
);

const SecondOpinionSchema = Type.Object(
  {
    engine: Type.Object(
      { name: Type.Enum(['native', 'wasm']), version: Type.String(), sdk: Type.String() },
      { ...closed, title: 'UsedEngine' },
    ),
    agrees: Type.Boolean(),
    differences: Type.Array(Type.String(), {
      description: '`-` only the first engine gave it, `+` only the second.',
    }),
    integrity: Type.Optional(
      Type.Enum([...INTEGRITIES], {
        title: 'Integrity',
        description: 'What the codes of the second engine alone come to.',
      }),
    ),
  },
  { ...closed, title: 'SecondOpinion' },
);

const CertificateSchema = Type.Object(
  {
    subject: maybeText('Common name, else organisation, of whom it is for.'),
    issuer: maybeText('The same of who issued it.'),
    serial: text('Decimal digits. Of the signer’s own: `[serial number: masked]` unless revealed.'),
    from: text('RFC 3339.'),
    until: text('RFC 3339.'),
    sha256: text('Of its DER, lower-case hexadecimal. Of the signer’s own: masked as its serial number.'),
    source: Type.Enum(['file', 'list'], {
      description: 'Where it stands: in the signature, or on the list alone.',
    }),
  },
  { ...closed, title: 'Certificate' },
);

const SignerSchema = Type.Object(
  {
    name: maybeText('Organisation in the certificate’s subject, else its common name.'),
    commonName: maybeText('Common name in the certificate’s subject.'),
    issuer: maybeText('The certification authority, where the certificate itself was read.'),
    serial: maybeText('Of its certificate. `[serial number: masked]` unless revealed.'),
    trust: Type.Enum([...TRUSTS], {
      title: 'Trust',
      description: '`not-checked`: no list is installed, or the chain could not be checked.',
    }),
    trustReason: optionalLocalizedText('Why it is unlisted or was not checked.'),
    list: optionalLocalizedText('The list that `trust` speaks of.'),
    messages: messageMembers('trustReason', 'list'),
    conformance: Type.Optional(ConformanceSchema),
    through: Type.Optional(
      Type.Enum(['anchor', 'allowed'], {
        description: 'An issuer is on the list, or the certificate itself.',
      }),
    ),
    listDate: maybeText('Issue date of the list that `trust` speaks of.'),
    certificates: Type.Optional(
      Type.Array(CertificateSchema, {
        description:
          'The signer’s own first, each issued by the next; up to the anchor where a list has one.',
      }),
    ),
  },
  { ...closed, title: 'Signer' },
);

const TimeSchema = Type.Object(
  {
    timestamp: maybeText('Time in the attached timestamp, RFC 3339.'),
    timestampReason: optionalLocalizedText(
      'Why an attached timestamp gives no time: it does not fit the signature, or could not be read or checked.',
    ),
    authority: maybeText('Name in the timestamp authority’s certificate.'),
    authorityTrust: Type.Enum([...TRUSTS], {
      title: 'Trust',
      description: 'Against lists of timestamp authorities only.',
    }),
    authorityList: optionalLocalizedText('The list that `authorityTrust` speaks of, with its date.'),
    messages: messageMembers('timestampReason', 'authorityList'),
    proven: maybeText('The same time where the authority is on a list: then it is proven.'),
    timestampIn: maybeText(
      'Label of the manifest that keeps the timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.',
    ),
    certificateFrom: maybeText('RFC 3339.'),
    certificateUntil: maybeText('RFC 3339.'),
    validity: Type.Enum([...VALIDITIES], {
      title: 'Validity',
      description: 'The signer’s certificate against the time of use.',
    }),
    revocation: Type.Enum(['not-checked', 'not-revoked', 'revoked']),
  },
  { ...closed, title: 'SigningTime' },
);

const ContentCredentialsSchema = Type.Object(
  {
    presence: Type.Enum([...PRESENCES], {
      title: 'Presence',
      description:
        '`unreadable`: Assay located a manifest store, and it could not be read. `unsupported`: credentials were not looked for, or could not be; `reads.c2pa` says why.',
    }),
    integrity: Type.Optional(
      Type.Enum([...INTEGRITIES], {
        title: 'Integrity',
        description: 'Of the active manifest alone. Left out when absent.',
      }),
    ),
    integrityCauses: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Status codes, or a word where no code speaks, that decided it.',
      }),
    ),
    ingredientIntegrity: Type.Optional(Type.Enum([...INTEGRITIES], { title: 'Integrity' })),
    formFaults: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Of `intact`: status codes of faults of form, as `claim.malformed` for a label, beside a signature, hashes and a binding that hold.',
      }),
    ),
    remoteUrl: maybeText('Inert text; never fetched.'),
    bytesFault: optionalLocalizedText(
      'Why certificates, claims or timestamps could not be read from the file’s own bytes.',
    ),
    bytesFaultMissing: Type.Optional(
      Type.Array(Type.Enum([...BYTES_PARTS]), {
        description:
          'What `bytesFault` leaves open; all else is known. `signer`: on which list the signer stands; `time`: when it was signed; `binding`: what the hash leaves out; `claims`: what the C2PA rubric reads; `statements`: what the active manifest states; `backing`: whether signers are vouched for.',
      }),
    ),
    engine: Type.Optional(
      Type.Object(
        { name: Type.Enum(['native', 'wasm']), version: Type.String(), sdk: Type.String() },
        { ...closed, title: 'UsedEngine' },
      ),
    ),
    activeManifest: maybeText('Label.'),
    sidecar: Type.Optional(Type.Boolean({ description: 'The manifest store came from a file of its own.' })),
    secondOpinion: Type.Optional(SecondOpinionSchema),
    ownHash: Type.Optional(
      Type.Object(
        { algorithm: Type.String(), stated: Type.String(), found: Type.String() },
        {
          ...closed,
          description: 'Of `altered`, in scans: Assay’s own hash of the bytes, in place of a second engine.',
        },
      ),
    ),
    soleEngine: optionalLocalizedText(
      'Of `altered`: why the engine that says it is the only one that does. Left out where the other was asked and answered.',
    ),
    messages: messageMembers('bytesFault', 'soleEngine'),
    signer: Type.Optional(SignerSchema),
    time: Type.Optional(TimeSchema),
    codes: Type.Optional(CodesSchema),
    manifests: Type.Optional(Type.Array(ManifestSchema)),
  },
  { ...closed, title: 'ContentCredentials' },
);

const ContradictionSchema = Type.Object(
  {
    between: Type.Tuple([SignalSchema, SignalSchema]),
    statement: localizedText('What does not go together.'),
    messages: messageMembers('statement'),
  },
  { ...closed, title: 'Contradiction' },
);

const NotCheckedSchema = Type.Object(
  {
    what: localizedText('What this report cannot tell.'),
    why: localizedText('Why it cannot.'),
    ask: optionalLocalizedText('Who could tell.'),
    messages: messageMembers('what', 'why', 'ask'),
    link: maybeText('The vendor’s own page. Assay never calls it.'),
  },
  { ...closed, title: 'NotChecked' },
);

const WhyMissingSchema = Type.Object(
  {
    because: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' }), {
      minItems: 1,
      description: 'Ids of the signals that show the path.',
    }),
    says: localizedText('What that path usually removes. A habit, never a verdict.'),
    source: localizedText('Who says so, and when.'),
    messages: messageMembers('says', 'source'),
  },
  { ...closed, title: 'WhyMissing' },
);

const DeclaredSchema = Type.Object(
  {
    origin: Type.Enum(['ai-generated', 'ai-edited', 'captured', 'other']),
    backing: Type.Enum([...BACKINGS], { title: 'Backing' }),
    term: maybeText('The digital source type that decided it.'),
    where: Type.Enum(['this', 'ancestor', 'component'], {
      description: 'Where in the history it is said: of this file, of an earlier version, of a part.',
    }),
    editedAfterCapture: Type.Boolean({ description: 'A capture that was edited afterwards is `other`.' }),
    statement: maybeText('Words of the signer, where no digital source type states the origin.'),
    agent: maybeText('Claim generator or software agent of the manifest that says it.'),
    tool: maybeText('The software agent that the statement’s own action names.'),
    manifest: maybeText('Label of the manifest that says it; left out where it is the active one.'),
    signedBy: Type.Optional(
      Type.Enum(['same', 'another'], {
        description:
          'Whether who signed the active manifest signed that one too: by certificates, never by a name alone. Left out where it is the active one.',
      }),
    ),
    edited: Type.Optional(
      Type.Boolean({
        description:
          'Of an `ancestor`: whether an action that changes what is perceived was recorded after it. Where none was, the statement holds of this file.',
      }),
    ),
    followedBy: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Of an `ancestor`: the actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)`, `(invisible watermark)` or `(watermark)` where the signer’s own words say that the edit was that alone; it does not count as `edited`.',
      }),
    ),
  },
  {
    title: 'Declared',
    ...closed,
    description:
      'What the Content Credentials declare, followed through their ingredients: a fact of `sentence`.',
  },
);

const CoverageSchema = Type.Object(
  {
    state: Type.Enum([...COVERAGE_STATES], {
      description:
        '`complete`: every carrier that can hold a label in this format was read to its end. `nothing`: none of them was read.',
    }),
    unread: Type.Array(
      Type.Object(
        {
          carrier: Type.Enum([...CARRIERS], { title: 'Carrier' }),
          code: maybeText('As in `reads`.'),
          params: ParamsSchema,
          reason: optionalLocalizedText('As in `reads`.'),
        },
        closed,
      ),
      { description: 'Carriers in which a label would have been missed, in part or whole.' },
    ),
  },
  {
    title: 'Coverage',
    ...closed,
    description:
      'How far the file was looked into. What is only looked at when asked (`--deep`) does not count.',
  },
);

/** Codes of the four facts, in this order: signer, changes since, AI, time. */
export const FACT_CODES = [
  ...(['listed', 'private', 'unlisted', 'not-checked', 'unnamed', 'nobody', 'elsewhere'] as const),
  ...(['revoked', 'out-of-term', 'signature-broken', 'own-key'] as const),
  ...(['no', 'not-in-signed-part', 'yes', 'cannot-tell', 'nothing-to-compare'] as const),
  ...([
    'stated-signed',
    'label',
    'trace',
    'possible',
    'mentioned',
    'text',
    'contradictory',
    'set-aside',
    'in-part',
  ] as const),
  'not-stated',
  ...(['could-not-look', 'proven', 'claimed', 'not-known'] as const),
] as const;

const FactSchema = Type.Object(
  {
    code: Type.Enum([...FACT_CODES]),
    text: localizedText('In a few words.'),
    messages: messageMembers('text'),
    day: Type.Optional(Type.String({ description: 'Of `when`.' })),
  },
  { title: 'SummaryFact', ...closed },
);

export const FactsSchema = Type.Object(
  { who: FactSchema, changed: FactSchema, ai: FactSchema, when: FactSchema },
  {
    title: 'FourFacts',
    ...closed,
    description: 'Who stands behind it, whether it changed since, how AI is stated, when.',
  },
);

export const HeadlineSchema = Type.Object(
  {
    id: Type.String({ description: 'Of the catalogues.' }),
    params: ParamsSchema,
    text: localizedText('At most 12 words, quotable alone, in the language of `tool.language`.'),
  },
  { title: 'Headline', ...closed, description: 'What a person reads first.' },
);

const SummarySchema = Type.Object(
  {
    origin: Type.Enum([...ORIGINS], {
      title: 'Origin',
      description:
        'What the file declares; not what it is. `none`: looked everywhere, and nothing decides. `unknown`: nothing was found, and a part was not looked into.',
    }),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    declared: Type.Optional(DeclaredSchema),
    headline: Type.Optional(HeadlineSchema),
    facts: Type.Optional(FactsSchema),
    sentence: localizedText('One to three short sentences built from facts.'),
    messages: sentencesMember('sentence'),
    coverage: CoverageSchema,
  },
  { ...closed, title: 'Summary' },
);

const ToolSchema = Type.Object(
  {
    name: Type.Literal('assay'),
    version: Type.String(),
    c2paEngines: Type.Array(
      Type.Object(
        { name: Type.Enum(['native', 'wasm']), version: Type.String(), sdk: Type.String() },
        { ...closed, title: 'UsedEngine' },
      ),
    ),
    lists: Type.Array(
      Type.Object(
        {
          name: localizedText('What it is called.'),
          messages: messageMembers('name'),
          date: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    rulebooks: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          edition: Type.String({ description: 'Date of our text.' }),
          jurisdiction: Type.String({ description: 'ISO 3166 code, `EU` or `INT`.' }),
          digest: Type.Optional(Type.String({ description: 'sha256 of its clauses and words.' })),
          disabled: Type.Optional(
            Type.Array(Type.String(), {
              description: 'Clauses that name a signal which this version does not know: not looked at.',
            }),
          ),
          title: localizedText('In the language of `tool.language`.'),
        },
        closed,
      ),
    ),
    language: Type.Optional(
      Type.Enum([...LANGUAGES], {
        description: 'Language of the sentences and statements in this document; left out: English.',
      }),
    ),
    asOf: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'The day the rules were asked about.',
    }),
    asOfSource: Type.Enum(['requested', 'today'], {
      description: 'Why that day: somebody asked for it, or it was the day of the inspection (UTC).',
    }),
    revealed: Type.Optional(
      Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
        description: 'Kinds of personal data that were asked for; all others are masked.',
      }),
    ),
    isolation: Type.Optional(
      Type.Enum([...ISOLATION_LEVELS], {
        description:
          '`sandbox`: the file was read where nothing else is to be seen: no other file, no network. ' +
          '`process`: in a process of its own only, as this machine has no sandbox or was told to do without.',
      }),
    ),
    isolationReason: Type.Optional(
      Type.Enum([...ISOLATION_REASONS], {
        description:
          'Why not in a sandbox, where it was in none. `switched-off`: whoever runs this chose so. `not-installed`: the ' +
          'machine has none. `refused`: it has one, which did not work. `too-slow`: nothing had started in it in time.',
      }),
    ),
  },
  { ...closed, title: 'Tool' },
);

export const ReportSchema = Type.Object(
  {
    schema: Type.Literal('assay.report/1'),
    asset: AssetSchema,
    summary: SummarySchema,
    contentCredentials: ContentCredentialsSchema,
    signals: Type.Array(SignalSchema),
    contradictions: Type.Array(ContradictionSchema),
    findings: Type.Array(FindingSchema, {
      description: 'Of the rulebooks, places and roles that were asked for; none where nothing was.',
    }),
    law: Type.Optional(
      Type.Array(LawSummarySchema, {
        description: 'One for each place, and role, asked for; left out by versions before 0.2.',
      }),
    ),
    fileDates: Type.Optional(Type.Array(FileDateSchema)),
    reads: ReadsSchema,
    whyMissing: Type.Optional(
      Type.Array(WhyMissingSchema, {
        description:
          'Only where all was looked into, no label, credential or generator trace was found, and a platform’s or encoder’s trace was.',
      }),
    ),
    notChecked: Type.Array(NotCheckedSchema),
    parts: Type.Optional(
      Type.Array(PartSchema, {
        description:
          'Each asset in the file, its own first, and those behind its end or embedded in it. Only where there is more than one.',
      }),
    ),
    tool: ToolSchema,
  },
  {
    ...closed,
    $id: 'Report',
    title: 'Report',
    description: 'What one file declares about its origin (assay.report/1).',
  },
);

export type Report = Static<typeof ReportSchema>;

const attachmentMembers = {
  evidence: Type.Optional(EvidenceViewSchema),
  /** See kept-trust.ts. Present only if it was requested and could be stored. */
  kept: Type.Optional(Type.String({ maxLength: limits.storedTrustCharacters })),
};
/** Result of a reading process after the Report has already been sent. */
export const ReadingAttachmentsSchema = withDefaultBounds(Type.Object(attachmentMembers, closed));
export type ReadingAttachments = Static<typeof ReadingAttachmentsSchema>;

/**
 * Result of a reading process for one file: the Report without everything that depends on the file's name (named.ts) or
 * on the rulebooks, the signals that unreadable carriers might hold, and the name hints that nothing in the file
 * contradicts. `evidence` only if requested.
 */
export const ObservationSchema = withDefaultBounds(
  Type.Object(
    {
      report: Type.Object(
        {
          ...Type.Omit(ReportSchema, ['findings', 'law', 'fileDates']).properties,
          tool: Type.Omit(ToolSchema, ['rulebooks'], closed),
        },
        closed,
      ),
      unknowable: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' })),
      fittingHints: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' })),
      ...attachmentMembers,
    },
    closed,
  ),
);
export type Observation = Omit<Static<typeof ObservationSchema>, 'unknowable' | 'fittingHints'> & {
  unknowable: SignalId[];
  fittingHints: SignalId[];
};
/** Observation of a part of a file, by its index in `parts`. */
export interface PartObservation {
  number: number;
  observation: Observation;
}
/** Observation with those of its parts, if requested. */
export type WholeObservation = Observation & { parts?: PartObservation[] };

export type Presence = (typeof PRESENCES)[number];
export type Integrity = (typeof INTEGRITIES)[number];
export type Origin = (typeof ORIGINS)[number];
export type SignedState = (typeof SIGNED_STATES)[number];
export type Coverage = Static<typeof CoverageSchema>;
export type ContentCredentials = Static<typeof ContentCredentialsSchema>;
export type Headline = Static<typeof HeadlineSchema>;
export type FourFacts = Static<typeof FactsSchema>;
export type Declared = Static<typeof DeclaredSchema>;
export type Contradiction = Static<typeof ContradictionSchema>;
export type WhyMissing = Static<typeof WhyMissingSchema>;
export type NotChecked = Static<typeof NotCheckedSchema>;
export type { Part, PartOutcome } from './part-schema.js';
export { LocationSchema, SignalSchema };

/** Line of `inspect --json` for a file that could not be opened. */
export const ErrorRecordSchema = Type.Object(
  {
    schema: Type.Literal('assay.error/1'),
    path: Type.String(),
    pathBytes: Type.Optional(
      Type.String({ description: 'The path in base64, where its bytes are not UTF-8.' }),
    ),
    code: Type.String(),
    message: Type.String(),
    messages: messageMembers('message'),
  },
  { ...closed, $id: 'ErrorRecord' },
);
export type ErrorRecord = Static<typeof ErrorRecordSchema>;
