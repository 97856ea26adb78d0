import Type, { type Static } from 'typebox';
import { withDefaultBounds } from '../../base/bounded-schema.js';
import { ISOLATION_LEVELS, ISOLATION_REASONS } from '../../base/isolation-level.js';
import { limits } from '../../base/limits.js';
import {
  localizedMember,
  localizedText,
  messageMembers,
  optionalLocalizedText,
  ParamsSchema,
  type Stored,
  sentencesMember,
  toStoredSchema,
} from '../../base/message-schema.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { CARRIERS } from '../media/carrier.js';
import { MEDIA_KINDS } from '../media/media-kinds.js';
import { BACKINGS } from '../signals/backing.js';
import { BYTES_PARTS } from '../signals/bytes-parts.js';
import { PERSONAL } from '../signals/personal.js';
import { EvidenceViewSchema } from './evidence-view.js';
import { type Finding, FindingSchema } from './finding-schema.js';
import { FileDateSchema, LawSummarySchema } from './law-schema.js';
import { PartSchema } from './part-schema.js';
import {
  COVERAGE_STATES,
  FACT_TERMS,
  FOUR_FACTS,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  READ_STATUSES,
  SIGNED_STATES,
  TRUSTS,
  VALIDITIES,
} from './report-terms.js';
import { BOOK_KINDS } from './rule-terms.js';
import { SIGNAL_IDS, type SignalId } from './signal.js';
import { LocationSchema, SignalSchema } from './signal-schema.js';

/**
 * Schema of a Report. Types, validators, OpenAPI component and docs/report.md all come from this declaration of the
 * localized form. The stored form, which every module but the output handles, lacks the texts.
 */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const maybeText = (description: string) => Type.Optional(Type.String({ description }));

export { COVERAGE_STATES, INTEGRITIES, ORIGINS, PRESENCES, READ_STATUSES, SIGNED_STATES, TRUSTS, VALIDITIES };

const StreamsSchema = Type.Object(
  {
    container: maybeText('Container name, as the file gives it.'),
    durationSeconds: Type.Optional(Type.Number({ minimum: 0 })),
    tracks: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['image', 'video', 'audio', 'subtitle', 'other']),
          codec: maybeText('Codec name, as the file gives it.'),
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
    description: 'Facts about the picture or the audio and video streams, if they were read.',
  },
);

const ClaimedDateSchema = Type.Object(
  {
    name: text('Name of the field.'),
    value: text(
      'Date as written, or in ISO 8601 if the format has its own notation; most dates have no time zone.',
    ),
    carrier: Type.Enum([...CARRIERS, 'file'], { title: 'CarrierOrFile' }),
    locator: text('Location of the field within its carrier.'),
    offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes from the start of the file.' })),
    countedFrom1970: Type.Optional(
      Type.Literal(true, {
        description:
          'The writer of the file counted seconds from 1970, although the standard counts from 1904: read by the standard, the date would be before 1970.',
      }),
    ),
  },
  { ...closed, title: 'ClaimedDate' },
);

const AssetSchema = Type.Object(
  {
    name: text('Base name of the file; never a path.'),
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    mediaType: text(
      'Media type detected from the bytes, never from the name; `application/octet-stream` if unknown.',
    ),
    format: text('Common name of the format, such as `JPEG` or `Canon CR3`.'),
    kind: Type.Enum([...MEDIA_KINDS], { title: 'Kind' }),
    declaredMediaType: maybeText('Media type that the client sent or that the file name extension implies.'),
    servedBy: Type.Optional(
      Type.Object(
        {
          host: Type.String({ pattern: '^[\\x21-\\x7e]{1,300}$', description: '`host` or `host:port`.' }),
          at: text('RFC 3339.'),
          isLengthUnknown: Type.Optional(
            Type.Literal(true, {
              description: 'The host sent no length, so it is unknown whether the whole file was received.',
            }),
          ),
        },
        {
          ...closed,
          title: 'ServedBy',
          description:
            'Host that served a file fetched by a link, and when. Platforms often remove what a file declares about its origin.',
        },
      ),
    ),
    init: Type.Optional(
      Type.Object(
        { bytes: Type.Integer({ minimum: 0 }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
        {
          ...closed,
          description:
            'Initialisation segment that was used to read the file, if the file is a segment of a stream.',
        },
      ),
    ),
    streams: Type.Optional(StreamsSchema),
    claimedDates: Type.Optional(
      Type.Array(ClaimedDateSchema, {
        description:
          'Dates that the file states outside the Content Credentials. Nothing proves them, and no rule is evaluated for them.',
      }),
    ),
  },
  { ...closed, title: 'Asset' },
);

const ReadSchema = Type.Object(
  {
    status: Type.Enum([...READ_STATUSES]),
    code: maybeText(
      'Stable code of the reason why the carrier was not read, or of the error. With `found`: the carrier was read only in part.',
    ),
    params: ParamsSchema,
    reason: optionalLocalizedText('The reason given by `code`, as text for people.'),
    note: optionalLocalizedText('Remarks on how the carrier was read.'),
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
    description: 'Result of reading each carrier. `absent` is reported only if Assay searched the carrier.',
  },
);

const StatusCodeSchema = Type.Object(
  {
    code: text('C2PA or CAWG validation status code, verbatim.'),
    kind: Type.Enum(['success', 'informational', 'failure']),
    url: maybeText('JUMBF URI that the code refers to.'),
    explanation: maybeText('Explanation in the words of the engine.'),
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

const PointSchema = Type.Object({ x: Type.Number(), y: Type.Number() }, { ...closed, title: 'Point' });

const RegionSchema = Type.Object(
  {
    shape: Type.Enum(['rectangle', 'circle', 'polygon']),
    unit: Type.Enum(['percent', 'pixel'], {
      description: 'Percent of the width and height of the picture, or pixels; from its top left.',
    }),
    origin: Type.Optional(PointSchema),
    width: Type.Optional(Type.Number({ description: 'Of a circle, its diameter around the origin.' })),
    height: Type.Optional(Type.Number()),
    vertices: Type.Optional(Type.Array(PointSchema)),
  },
  { ...closed, title: 'StatedRegion' },
);

const ActionSchema = Type.Object(
  {
    action: text('C2PA action, verbatim.'),
    digitalSourceType: maybeText('Value as written in the manifest.'),
    softwareAgent: maybeText('Name and version.'),
    description: maybeText('Text from the file, as written.'),
    when: maybeText('Time claimed by the signer; not proven.'),
    regions: Type.Optional(
      Type.Array(RegionSchema, {
        description: 'Regions of the picture that the action states as changed (`changes`), as written.',
      }),
    ),
    moreRegions: Type.Optional(
      Type.Literal(true, {
        description:
          'The action states more changes than `regions` has: too many, or in a form that is not read.',
      }),
    ),
  },
  { ...closed, title: 'Action' },
);

const IngredientSchema = Type.Object(
  {
    relationship: text('`parentOf`, `componentOf` or `inputTo`, as written.'),
    title: maybeText('Text from the file, as written.'),
    format: maybeText('Media type as written.'),
    manifest: maybeText('Label of the ingredient’s manifest in this store; absent if it has none.'),
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
        description: 'Number of steps from the active manifest; absent if unreachable from it.',
      }),
    ),
    integrity: Type.Enum([...INTEGRITIES], { title: 'Integrity' }),
    claimGenerator: maybeText('Value as written in the manifest.'),
    claimVersion: Type.Optional(Type.Integer()),
    title: maybeText('Text from the file, as written.'),
    signer: maybeText('Organisation or common name in the signer’s certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS], { title: 'Trust' })),
    validity: Type.Optional(
      Type.Enum([...VALIDITIES], {
        title: 'Validity',
        description: 'Validity of the signer’s certificate at the time of use, if the certificate was read.',
      }),
    ),
    revoked: Type.Optional(
      Type.Boolean({
        description: 'A revocation response states that the signer’s certificate was revoked.',
      }),
    ),
    time: maybeText('Time of the manifest’s timestamp, RFC 3339.'),
    proven: maybeText('Same value as `time`, present only if the timestamp authority is on a list.'),
    provenIn: maybeText(
      'Label of the manifest that contains that timestamp (`c2pa.time-stamp`): the signature existed by then, and may be older. Absent if the signature itself contains it.',
    ),
    specVersion: maybeText('C2PA version that the claim names.'),
    update: Type.Optional(
      Type.Boolean({ description: 'Whether this is an update manifest, which changes no content.' }),
    ),
    redacted: Type.Optional(
      Type.Array(Type.String(), { description: 'JUMBF URIs that the signer removed.' }),
    ),
    uncovered: Type.Optional(
      Type.Array(Type.String(), { description: 'Byte ranges or boxes that the hard binding excludes.' }),
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
    assuranceLevel: maybeText('Value from the record in the conforming products list.'),
    status: maybeText('Value from the record in the conforming products list.'),
    disallowed: Type.Array(Type.String(), {
      description: 'Signals that this manifest raises although the product’s record disallows them.',
    }),
  },
  {
    title: 'Conformance',
    ...closed,
    description:
      'Conforming product identified by the name in the signer’s certificate, if the conforming products list has it.',
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
      description:
        'Status codes that only one engine reported: `-` only the first engine, `+` only the second.',
    }),
    integrity: Type.Optional(
      Type.Enum([...INTEGRITIES], {
        title: 'Integrity',
        description: 'Integrity that follows from the second engine’s codes alone.',
      }),
    ),
  },
  { ...closed, title: 'SecondOpinion' },
);

const CertificateSchema = Type.Object(
  {
    subject: maybeText('Common name, else organisation, of the certificate’s subject.'),
    issuer: maybeText('Common name, else organisation, of the certificate’s issuer.'),
    serial: maybeText(
      'Serial number in decimal digits; absent for an issuer of which the list states only facts. For the signer’s own certificate: `[serial number: masked]` unless revealed.',
    ),
    from: text('RFC 3339.'),
    until: text('RFC 3339.'),
    sha256: text(
      'SHA-256 of the certificate’s DER, lower-case hexadecimal. Masked for the signer’s own certificate, like its serial number.',
    ),
    source: Type.Enum(['file', 'list'], {
      description: 'Source of the certificate: the signature (`file`), or only the trust list (`list`).',
    }),
  },
  { ...closed, title: 'Certificate' },
);

const SignerSchema = Type.Object(
  {
    name: maybeText('Organisation in the certificate’s subject, else its common name.'),
    commonName: maybeText('Common name in the certificate’s subject.'),
    issuer: maybeText('Certification authority, if the certificate itself was read.'),
    serial: maybeText(
      'Serial number of the signer’s certificate; `[serial number: masked]` unless revealed.',
    ),
    trust: Type.Enum([...TRUSTS], {
      title: 'Trust',
      description: '`not-checked`: no list is installed, or the chain could not be checked.',
    }),
    trustReason: optionalLocalizedText('Reason why the signer is unlisted or was not checked.'),
    list: optionalLocalizedText('Name of the trust list that `trust` refers to.'),
    messages: messageMembers('trustReason', 'list'),
    conformance: Type.Optional(ConformanceSchema),
    through: Type.Optional(
      Type.Enum(['anchor', 'allowed'], {
        description: 'Kind of match on the list: an issuer (`anchor`) or the certificate itself (`allowed`).',
      }),
    ),
    listDate: maybeText('Issue date of the trust list that `trust` refers to.'),
    certificates: Type.Optional(
      Type.Array(CertificateSchema, {
        description:
          'Certificate chain: the signer’s own certificate first, each issued by the next, up to the anchor if a list has one.',
      }),
    ),
  },
  { ...closed, title: 'Signer' },
);

const TimeSchema = Type.Object(
  {
    timestamp: maybeText('Time in the attached timestamp, RFC 3339.'),
    timestampReason: optionalLocalizedText(
      'Reason why an attached timestamp yields no time: it does not match the signature, or it could not be read or checked.',
    ),
    authority: maybeText('Name in the timestamp authority’s certificate.'),
    authorityTrust: Type.Enum([...TRUSTS], {
      title: 'Trust',
      description: 'Trust in the timestamp authority, checked only against lists of timestamp authorities.',
    }),
    authorityList: optionalLocalizedText('Name and date of the list that `authorityTrust` refers to.'),
    messages: messageMembers('timestampReason', 'authorityList'),
    proven: maybeText(
      'Same value as `timestamp`, present only if the authority is on a list, which makes the time proven.',
    ),
    timestampIn: maybeText(
      'Label of the manifest that contains the timestamp (`c2pa.time-stamp`): the signature existed by then, and may be older. Absent if the signature itself contains it.',
    ),
    certificateFrom: maybeText('RFC 3339.'),
    certificateUntil: maybeText('RFC 3339.'),
    validity: Type.Enum([...VALIDITIES], {
      title: 'Validity',
      description: 'Validity of the signer’s certificate at the time of use.',
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
        'Whether Content Credentials exist. `unreadable`: Assay located a manifest store but could not read it. `unsupported`: Assay did not or could not search for credentials; `reads.c2pa` gives the reason.',
    }),
    integrity: Type.Optional(
      Type.Enum([...INTEGRITIES], {
        title: 'Integrity',
        description: 'Integrity of the active manifest only. Absent if there are no credentials.',
      }),
    ),
    integrityCauses: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Status codes that decided `integrity`, or a keyword if no status code applies.',
      }),
    ),
    ingredientIntegrity: Type.Optional(Type.Enum([...INTEGRITIES], { title: 'Integrity' })),
    formFaults: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Only with `intact`: status codes of formal faults, such as `claim.malformed` for a label, although the signature, hashes and binding are valid.',
      }),
    ),
    remoteUrl: maybeText('Address of a remote manifest store, as plain text; Assay never fetches it.'),
    bytesFault: optionalLocalizedText(
      'Reason why certificates, claims or timestamps could not be read from the file’s own bytes.',
    ),
    bytesFaultMissing: Type.Optional(
      Type.Array(Type.Enum([...BYTES_PARTS]), {
        description:
          'Facts that remain unknown because of `bytesFault`; all others are known. `signer`: which list contains the signer; `time`: when the file was signed; `binding`: what the hash excludes; `claims`: what the C2PA rubric reads; `statements`: what the active manifest states; `backing`: whether signers are vouched for.',
      }),
    ),
    engine: Type.Optional(
      Type.Object(
        { name: Type.Enum(['native', 'wasm']), version: Type.String(), sdk: Type.String() },
        { ...closed, title: 'UsedEngine' },
      ),
    ),
    activeManifest: maybeText('Label of the active manifest.'),
    sidecar: Type.Optional(
      Type.Boolean({ description: 'Whether the manifest store was read from a separate file.' }),
    ),
    secondOpinion: Type.Optional(SecondOpinionSchema),
    ownHash: Type.Optional(
      Type.Object(
        { algorithm: Type.String(), stated: Type.String(), found: Type.String() },
        {
          ...closed,
          description:
            'Only with `altered`, in scans: hash of the bytes that Assay computed instead of running a second engine.',
        },
      ),
    ),
    soleEngine: optionalLocalizedText(
      'Only with `altered`: reason why only one engine reports it. Absent if the other engine was run and gave a result.',
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
    statement: localizedText('Description of the contradiction.'),
    messages: messageMembers('statement'),
  },
  { ...closed, title: 'Contradiction' },
);

const NotCheckedSchema = Type.Object(
  {
    what: localizedText('Subject that this report cannot determine.'),
    why: localizedText('Reason why this report cannot determine it.'),
    ask: optionalLocalizedText('Parties that could determine it.'),
    messages: messageMembers('what', 'why', 'ask'),
    link: maybeText('Address of the vendor’s page. Assay never requests it.'),
  },
  { ...closed, title: 'NotChecked' },
);

const WhyMissingSchema = Type.Object(
  {
    because: Type.Array(Type.Enum(SIGNAL_IDS, { title: 'SignalId' }), {
      minItems: 1,
      description: 'Ids of the signals that show which platform or encoder the file passed through.',
    }),
    says: localizedText(
      'Metadata that this platform or encoder usually removes. A general observation, never a verdict on this file.',
    ),
    source: localizedText('Source of that observation, and its date.'),
    messages: messageMembers('says', 'source'),
  },
  { ...closed, title: 'WhyMissing' },
);

const DeclaredSchema = Type.Object(
  {
    origin: Type.Enum(['ai-generated', 'ai-edited', 'captured', 'other']),
    backing: Type.Enum([...BACKINGS], { title: 'Backing' }),
    term: maybeText('Digital source type that decided `origin`.'),
    where: Type.Enum(['this', 'ancestor', 'component'], {
      description:
        'Subject of the declaration: this file (`this`), an earlier version (`ancestor`) or a part (`component`).',
    }),
    editedAfterCapture: Type.Boolean({
      description: 'Whether a capture was edited afterwards; its `origin` is then `other`.',
    }),
    statement: maybeText('Statement in the signer’s own words, if no digital source type states the origin.'),
    agent: maybeText('Claim generator or software agent of the manifest that contains the declaration.'),
    tool: maybeText('Software agent named in the action that contains the declaration.'),
    manifest: maybeText(
      'Label of the manifest that contains the declaration; absent if it is the active manifest.',
    ),
    signedBy: Type.Optional(
      Type.Enum(['same', 'another'], {
        description:
          'Whether the signer of the active manifest also signed that manifest, compared by certificates, never by name alone. Absent if it is the active manifest.',
      }),
    ),
    edited: Type.Optional(
      Type.Boolean({
        description:
          'Only with `ancestor`: whether an action that perceptibly changes the content was recorded after it. If none was recorded, the declaration applies to this file.',
      }),
    ),
    followedBy: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Only with `ancestor`: actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)`, `(invisible watermark)` or `(watermark)` if the signer states that the edit was only that; such an edit does not set `edited`.',
      }),
    ),
  },
  {
    title: 'Declared',
    ...closed,
    description:
      'Origin that the Content Credentials declare, including through their ingredients; one of the facts in `sentence`.',
  },
);

const CoverageSchema = Type.Object(
  {
    state: Type.Enum([...COVERAGE_STATES], {
      description:
        '`complete`: Assay read every carrier that can hold a label in this format to its end. `nothing`: Assay read none of them.',
    }),
    unread: Type.Array(
      Type.Object(
        {
          carrier: Type.Enum([...CARRIERS], { title: 'Carrier' }),
          code: maybeText('Same value as in `reads`.'),
          params: ParamsSchema,
          reason: optionalLocalizedText('Same value as in `reads`.'),
        },
        closed,
      ),
      {
        description:
          'Carriers that Assay read only in part or not at all, so that a label in them would be missed.',
      },
    ),
  },
  {
    title: 'Coverage',
    ...closed,
    description: 'How much of the file Assay read. Checks that run only on request (`--deep`) do not count.',
  },
);

/** Codes of the four facts, each once. */
const FACT_CODES = [...new Set(FOUR_FACTS.flatMap((name) => FACT_TERMS[name]))];

const FactSchema = Type.Object(
  {
    code: Type.Enum([...FACT_CODES]),
    text: localizedText('The fact in a few words.'),
    messages: messageMembers('text'),
    day: Type.Optional(Type.String({ description: 'Date of the fact; only in `when`.' })),
  },
  { title: 'SummaryFact', ...closed },
);

export const FactsSchema = Type.Object(
  { who: FactSchema, changed: FactSchema, ai: FactSchema, when: FactSchema },
  {
    title: 'FourFacts',
    ...closed,
    description: 'Four facts: who signed, whether the file changed since, what is stated about AI, and when.',
  },
);

export const HeadlineSchema = Type.Object(
  {
    id: Type.String({ description: 'Id of the message in the catalogues.' }),
    params: ParamsSchema,
    text: localizedText(
      'Headline of at most 12 words that can be quoted on its own, in the language of `tool.language`.',
    ),
  },
  { title: 'Headline', ...closed, description: 'Headline shown first to readers.' },
);

const SummarySchema = Type.Object(
  {
    origin: Type.Enum([...ORIGINS], {
      title: 'Origin',
      description:
        'Origin that the file declares, which may differ from what it is. `none`: Assay searched everything and nothing decides the origin. `unknown`: nothing was found, but part of the file was not read.',
    }),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    declared: Type.Optional(DeclaredSchema),
    headline: HeadlineSchema,
    facts: FactsSchema,
    sentence: localizedText('One to three short sentences built from facts.'),
    caption: optionalLocalizedText(
      'Line that may stand under the published file: its confirmed origin, or that it is not known.',
    ),
    messages: sentencesMember('sentence', 'caption'),
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
          name: localizedText('Name of the trust list.'),
          messages: messageMembers('name'),
          date: Type.Optional(Type.String()),
          nextUpdate: Type.Optional(
            Type.String({ description: 'Time by which the publisher announced the next edition.' }),
          ),
        },
        closed,
      ),
    ),
    rulebooks: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          edition: Type.String({ description: 'Date of this edition of the text.' }),
          jurisdiction: Type.String({ description: 'ISO 3166 code, `EU` or `INT`.' }),
          kind: Type.Enum([...BOOK_KINDS], {
            title: 'BookKind',
            description: 'Law, voluntary code, or practice of platforms and standards.',
          }),
          digest: Type.Optional(
            Type.String({
              description:
                'SHA-256 of the rulebook’s clauses and texts, and of what a layer of law adds or disables.',
            }),
          ),
          signer: Type.Optional(
            Type.Object(
              {
                name: Type.String(),
                key: Type.String({ description: 'SHA-256 of the public key.' }),
              },
              {
                ...closed,
                title: 'BookSigner',
                description: 'Who signed the text; absent if it is Assay’s own.',
              },
            ),
          ),
          disabled: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  rule: Type.String({ description: 'Rule id.' }),
                  signal: Type.Optional(
                    Type.String({ description: 'Signal that this version of Assay does not know.' }),
                  ),
                  clause: Type.Optional(Type.String({ description: 'Clause as the instrument numbers it.' })),
                  by: Type.Optional(
                    Type.String({
                      description: 'Name of the signer whose layer of law disables the clause.',
                    }),
                  ),
                  reason: Type.Optional(Type.String({ description: 'The signer’s reason, as written.' })),
                },
                { ...closed, title: 'DisabledClause' },
              ),
              { description: 'Clauses that were not evaluated.' },
            ),
          ),
          title: localizedText('Title of the rulebook, in the language of `tool.language`.'),
        },
        closed,
      ),
    ),
    language: Type.Optional(
      localizedMember(
        Type.Enum([...LANGUAGES], {
          description: 'Language of the sentences and statements in this document; absent means English.',
        }),
      ),
    ),
    asOf: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'Day for which the rules were evaluated.',
    }),
    asOfSource: Type.Enum(['requested', 'today'], {
      description:
        'Source of `asOf`: requested by the caller (`requested`), or the day of the inspection in UTC (`today`).',
    }),
    revealed: Type.Optional(
      Type.Array(Type.Enum([...PERSONAL], { title: 'Personal' }), {
        description: 'Kinds of personal data that the caller requested; all others are masked.',
      }),
    ),
    isolation: Type.Optional(
      Type.Enum([...ISOLATION_LEVELS], {
        description:
          'Isolation of the process that read the file. `sandbox`: without access to other files or the network. ' +
          '`process`: only a separate process, because this machine has no sandbox or is configured to run without one.',
      }),
    ),
    isolationReason: Type.Optional(
      Type.Enum([...ISOLATION_REASONS], {
        description:
          'Reason why no sandbox was used. `switched-off`: the operator disabled it. `not-installed`: the ' +
          'machine has none. `refused`: the sandbox did not work. `too-slow`: no process started in it in time.',
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
      description:
        'Findings for the requested rulebooks, jurisdictions and roles; empty if none were requested.',
    }),
    law: Type.Optional(
      Type.Array(LawSummarySchema, {
        description:
          'One entry for each requested jurisdiction and role; absent in Reports of versions before 0.2.',
      }),
    ),
    fileDates: Type.Optional(Type.Array(FileDateSchema)),
    reads: ReadsSchema,
    whyMissing: Type.Optional(
      Type.Array(WhyMissingSchema, {
        description:
          'Likely reasons why labels are missing. Present only if Assay read everything and found no label, credential or generator trace, but found the trace of a platform or encoder.',
      }),
    ),
    notChecked: Type.Array(NotCheckedSchema),
    parts: Type.Optional(
      Type.Array(PartSchema, {
        description:
          'Assets in the file: the primary asset first, then those after its end or embedded in it. Present only if there is more than one.',
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

/** Report as returned: with the texts of one language. */
export type LocalizedReport = Static<typeof ReportSchema>;

/**
 * Report as made, stored and passed between modules: with messages, without texts. `tool.language` is ruled out, so that
 * no localized Report is taken for a stored one.
 */
export interface StoredReport extends Omit<Stored<LocalizedReport>, 'summary' | 'findings' | 'tool'> {
  summary: StoredSummary;
  findings: Finding[];
  tool: Stored<LocalizedReport['tool']> & { language?: never };
}

/** Versions before 0.2 made Reports without a headline and without facts. */
type MembersSince02 = 'headline' | 'facts';
type StoredSummary = Omit<Stored<LocalizedReport['summary']>, MembersSince02> &
  Partial<Pick<Stored<LocalizedReport['summary']>, MembersSince02>>;

const attachmentMembers = {
  evidence: Type.Optional(EvidenceViewSchema),
  /** See core/pipeline/stored-trust.ts. Present only if it was requested and could be stored. */
  kept: Type.Optional(Type.String({ maxLength: limits.storedTrustCharacters })),
};
/** Result of a reading process after the Report has already been sent. */
export const ReadingAttachmentsSchema = withDefaultBounds(Type.Object(attachmentMembers, closed));
export type ReadingAttachments = Static<typeof ReadingAttachmentsSchema>;

/**
 * Result of a reading process for one file: the Report without everything that depends on the file's name (core/pipeline/rename.ts) or
 * on the rulebooks, the signals that unreadable carriers might hold, and the name hints that nothing in the file
 * contradicts. `evidence` only if requested.
 */
const LocalizedObservationSchema = Type.Object(
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
);
export const ObservationSchema = withDefaultBounds(toStoredSchema(LocalizedObservationSchema));
type LocalizedObservation = Static<typeof LocalizedObservationSchema>;
export type Observation = Omit<LocalizedObservation, 'report' | 'unknowable' | 'fittingHints'> & {
  report: Omit<StoredReport, 'findings' | 'law' | 'fileDates' | 'tool'> & {
    tool: Omit<StoredReport['tool'], 'rulebooks'>;
  };
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
export type Coverage = Stored<Static<typeof CoverageSchema>>;
export type ContentCredentials = Stored<Static<typeof ContentCredentialsSchema>>;
export type Headline = Stored<Static<typeof HeadlineSchema>>;
export type LocalizedHeadline = Static<typeof HeadlineSchema>;
export type FourFacts = Stored<Static<typeof FactsSchema>>;
export type LocalizedFacts = Static<typeof FactsSchema>;
export type Declared = Stored<Static<typeof DeclaredSchema>>;
export type Contradiction = Stored<Static<typeof ContradictionSchema>>;
export type WhyMissing = Stored<Static<typeof WhyMissingSchema>>;
export type NotChecked = Stored<Static<typeof NotCheckedSchema>>;
export type { Part, PartOutcome } from './part-schema.js';
export { LocationSchema, SignalSchema };

/** Line of `inspect --json` for a file that could not be opened. */
export const ErrorRecordSchema = Type.Object(
  {
    schema: Type.Literal('assay.error/1'),
    path: Type.String(),
    pathBytes: Type.Optional(Type.String({ description: 'Path in base64, if its bytes are not UTF-8.' })),
    code: Type.String(),
    message: Type.String(),
    messages: messageMembers('message'),
  },
  { ...closed, $id: 'ErrorRecord' },
);
export type ErrorRecord = Static<typeof ErrorRecordSchema>;
