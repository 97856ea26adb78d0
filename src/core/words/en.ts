import { SIGNALS } from '../signals.js';
import { actions, ingredientStates, relationships, removable, sourceTypes, through } from './en-c2pa.js';
import { credentials } from './en-credentials.js';
import { bytes, date, grouped, listed, time } from './en-numbers.js';
import type { Words } from './words.js';

export type { Words } from './words.js';

/**
 * English. Longer than other files because it is one table per vocabulary and nothing else.
 * Neutral on purpose: it says what a file declares and what was looked at, never that something is so.
 */

const carriers = {
  c2pa: 'Content Credentials (C2PA)',
  xmp: 'XMP',
  exif: 'EXIF',
  iptcIim: 'IPTC-IIM',
  pngText: 'PNG text',
  id3: 'ID3 tags',
  vorbisComment: 'Vorbis comments',
  riffInfo: 'RIFF chunks',
  bmffMeta: 'MP4/QuickTime metadata',
  matroskaTags: 'Matroska tags',
  flvMeta: 'FLV metadata',
  streams: 'stream facts',
  parts: 'further parts of the file',
  file: 'the file itself',
} as const satisfies Words['carriers'];

const kinds = {
  image: 'pictures',
  video: 'videos',
  audio: 'sound files',
  document: 'documents',
  other: 'files of an unrecognised format',
} as const satisfies Words['kinds'];

const kindOfThis = {
  image: 'a picture',
  video: 'a video',
  audio: 'a sound file',
  document: 'a document',
  other: 'of a format that was not recognised',
} as const satisfies Words['kinds'];

const presence = {
  present: 'present',
  absent: 'none found',
  unreadable: 'could not be read',
  remote: 'kept elsewhere; they were not fetched',
  unsupported: 'not looked for: not read in this format',
} as const satisfies Words['presence'];

const integrity = {
  intact: 'the file has not changed since signing',
  altered: 'the file has changed since signing',
  undetermined: 'whether the file changed since signing could not be determined',
} as const satisfies Words['integrity'];

const trust = {
  official: 'on the C2PA official list',
  interim: 'on the interim list (frozen 1 Jan 2026)',
  private: 'on a private list installed here',
  unlisted: 'on none of the installed lists: anyone can make such a certificate',
  'not-checked': 'not checked against a trust list',
} as const satisfies Words['trust'];

const validity = {
  inside: 'within its term when used or, where no timestamp proves when that was, when looked at',
  'expired-without-timestamp': 'it has run out, and no timestamp proves when it was used',
  'not-yet-valid': 'its term has not begun',
  outside: 'used outside its term',
  unknown: 'whether it was used within its term is not known',
} as const satisfies Words['validity'];

const revocation = {
  'not-checked': 'whether it was revoked was not checked',
  'not-revoked': 'not revoked when it was used',
  revoked: 'revoked',
} as const satisfies Words['revocation'];

const backing = {
  trusted: 'signed by a listed signer',
  valid: 'signed; the signer is unlisted, expired or was not checked',
  unsigned: 'not signed: anyone can write or remove it',
  inferred: 'a trace that can be copied into any file',
  invalid: 'signed once, but no longer matching this file',
} as const satisfies Words['backing'];

const origins = {
  'ai-generated': 'made with generative AI',
  'ai-edited': 'edited or partly made with generative AI',
  captured: 'captured by a camera or recorder',
  other: 'another origin',
  contradictory: 'statements that exclude each other',
  none: 'none',
} as const satisfies Words['origins'];

const coverage = {
  covered: 'covered by the signature',
  'not-covered': 'not covered by the signature',
  unknown: 'whether the signature covers it is not known',
  'no-signature': 'the file has no signature that could cover it',
} as const satisfies Words['coverage'];

const outcomes = {
  answered: 'answered',
  'partly-answered': 'partly answered',
  'no-signal-found': 'no signal found',
  indeterminate: 'cannot be determined: part of the file could not be read',
  'not-assessable': 'cannot be told from a file',
  'not-applicable': 'does not apply to this file',
  'not-in-force': 'not in force on that day',
  superseded: 'superseded',
} as const satisfies Words['outcomes'];

const next = {
  altered: 'ask the signer, or whoever gave you this file, for the file as it was signed.',
  contradictory:
    'ask whoever made it for the original file, and how the statements that exclude each other came about.',
  undetermined:
    'ask whoever made it for the original file: this copy does not show whether it changed since signing.',
  intact: 'check that the signer is who you expect, and that the content shows what is claimed of it.',
  remote: 'ask whoever made it for the original file with its Content Credentials inside.',
  unreadable:
    'ask whoever made it for the original file: this copy could not be read for Content Credentials.',
  unsupported:
    'ask whoever made it for the original file: Content Credentials were not looked for in this format.',
  absent:
    'ask for the original file from whoever made it, since platforms often remove Content Credentials and labels.',
} as const satisfies Words['next'];

const findings: Words['findings'] = {
  answered: () =>
    'The file carries a signal that answers this clause. Whether the clause binds anyone here cannot be told from the file.',
  'partly-answered': () => 'The file carries signals that answer a part of this clause.',
  'no-signal-found': () =>
    'No signal that answers this clause was found. This says nothing about how the content was made, nor whether the clause binds anyone here.',
  indeterminate: () =>
    'Part of the file could not be read, so whether it carries what this clause asks for cannot be determined.',
  'not-assessable': () => 'What this clause asks for cannot be told from a file.',
  'not-applicable': () => 'The file carries nothing that this clause speaks of.',
  'not-in-force': ({ from, asOf }) =>
    `This clause applies from ${date(from)}; this report speaks of ${date(asOf)}.`,
  superseded: ({ until, asOf }) =>
    `This wording applied until the day before ${date(until ?? asOf)}; this report speaks of ${date(asOf)}.`,
};

const phrases: Words['phrases'] = {
  nextStep: 'What to do next:',
  declaredOrigin: 'Declared origin',
  noneFound: 'none found',
  present: 'present',
  noneFoundWhereRead: 'none found in what could be read',
  notRead: 'not read',
  issuer: 'issued by',
  serial: 'serial number',
  listOf: (day) => `list of ${date(day)}`,
  ingredientAltered:
    'a part that this file was made from does not match its own credentials; the history says which',
  pointsTo: 'address in the file',
  ask: 'Ask:',
  at: 'in',
  byte: (offset) => `byte ${grouped(offset)}`,
  more: (count) => `… and ${grouped(count)} more`,
  rulesOn: (day) => `Rules on ${date(day)}`,
  edition: (day) => `Assay’s text of ${date(day)}`,
  clause: 'Clause',
  finding: 'What the file says to it',
  outcome: 'Outcome',
  because: 'Because of',
  couldNotLookFor: 'Could not look for',
  inForceFrom: (from) => `in force from ${date(from)}`,
  inForceBetween: (from, until) => `in force from ${date(from)}, until the day before ${date(until)}`,
  uncompared: 'Read in secondary sources and not yet compared with the official text',
  uncomparedAll: 'all of these clauses',
  activeManifest: 'active manifest',
  shownAbove: 'shown above',
  noOwnCredentials: 'no credentials of its own',
  madeWith: 'made with',
  unreachable: (count) =>
    `${grouped(count)} further manifest${count === 1 ? '' : 's'} in the store that the active one does not lead to`,
  claimed: 'Claimed',
  claimedNote: 'said by the signer, proven by nothing',
  proven: 'Proven',
  noTimestamp: 'no timestamp is attached',
  certificate: 'Certificate',
  revoked: 'Revocation',
  timestampBy: 'timestamp by',
  codes: 'Validation status codes',
  codesActive: 'active manifest',
  codesIngredients: 'ingredients',
  codesCawg: 'CAWG',
  notLookedAt: 'Could not look',
  readingNotes: 'Notes on reading',
  allSignals: 'Signals',
  digest: 'SHA-256',
  declaredType: 'Declared media type',
  engine: 'Credentials read with',
  versions: 'Versions',
  lists: 'Trust lists',
  noLists: 'none consulted',
  rulebooks: 'Rulebooks',
  asOf: 'As of',
  unrecognisedFormat: 'format not recognised',
};

export const en: Words = {
  language: 'en',
  sections: {
    declares: 'What the file says about itself',
    checks: 'What we could check',
    parts: 'Parts of this file',
    contradictions: 'Contradictions',
    rules: 'Rules',
    history: 'History',
    times: 'Times',
    details: 'Details',
  },
  rows: {
    credentials: 'Credentials',
    labels: 'AI labels',
    otherLabels: 'Other labels',
    traces: 'Traces',
    camera: 'Camera data',
    file: 'The file',
    notChecked: 'Not checked',
  },
  carriers,
  kinds,
  partKinds: {
    primary: 'the main picture or recording',
    'mpf-image': 'a further picture (MPF)',
    'motion-video': 'a motion-photo video',
    'trailing-data': 'data after the end',
  },
  coverage,
  presence,
  integrity,
  trust,
  validity,
  revocation,
  ingredientStates,
  through,
  relationships,
  actions,
  sourceTypes,
  removable,
  backing,
  origins,
  readStatus: {
    found: 'found',
    absent: 'not there',
    unsupported: 'not looked at',
    malformed: 'damaged in the file',
    failed: 'reading failed',
  },
  codeKinds: { success: 'success', informational: 'information', failure: 'failure' },
  signals: SIGNALS,
  outcomes,
  next,
  findings,
  otherKind: (media, kind) =>
    `This clause is looked at for ${listed(media.map((one) => kinds[one]))} only; this file is ${kindOfThis[kind]}.`,
  date,
  time,
  bytes,
  phrases,
  credentials,
};
