import { MASKED } from '../../mask-words.js';
import type { Personal } from '../../signal.js';
import { SIGNALS } from '../../signals.js';
import type { Words } from '../words.js';
import { actions, ingredientStates, relationships, removable, sourceTypes, through } from './c2pa.js';
import { carriers } from './carriers.js';
import { compare } from './compare.js';
import { credentials } from './credentials.js';
import { evidence } from './evidence.js';
import { facts } from './facts.js';
import { fileRemarks } from './file-remarks.js';
import { bytes, date, grouped, listed, plural, time } from './numbers.js';
import { pictures } from './pictures.js';

export type { Words } from '../words.js';

/**
 * English. Longer than other files because it is one table per vocabulary and nothing else.
 * Neutral on purpose: it says what a file declares and what was looked at, never that something is so.
 */

const kinds = {
  image: 'pictures',
  video: 'videos',
  audio: 'sound files',
  document: 'documents',
  other: 'files of an unrecognised format',
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
  inside: 'within its term',
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
  valid: 'signed; no trust list vouches for the signer at the time of signing',
  unsigned: 'not signed by anyone listed: anyone can write or remove it',
  inferred: 'a trace that can be copied into any file',
  invalid: 'signed once, but no longer matching this file',
} as const satisfies Words['backing'];

const validBecause = {
  unlisted: 'signed; the signer is on none of the installed lists',
  'not-checked': 'signed; the signer was not checked against a trust list',
  'expired-without-timestamp': 'signed by a known signer, whose certificate has since expired',
  'not-yet-valid': 'signed by a known signer, whose certificate is not valid yet',
  outside: 'signed by a known signer, outside the term of the certificate',
  unknown: 'signed by a known signer; whether within the term of the certificate is not known',
  revoked: 'signed by a known signer, whose certificate was revoked',
  ownKey: 'signed with its maker’s own key, without a certificate',
} as const satisfies Words['validBecause'];

/** How well it is known that a trace is what it is taken for. */
const grades = {
  V: 'a form that we have seen byte for byte in a file of that origin',
  S: 'a form read in its writer’s own source code',
  D: 'a form from its maker’s documentation or a standard',
  O: 'a form observed by others; we have no sample of it',
  C: 'a form only claimed by others: a hint that decides nothing',
} as const satisfies Words['grades'];

const personal = {
  location: 'location',
  serial: 'serial numbers',
  names: 'names',
} as const satisfies Record<Personal, string>;

const origins = {
  'ai-generated': 'made with generative AI',
  'ai-edited': 'edited or partly made with generative AI',
  captured: 'captured by a camera or recorder',
  other: 'another origin',
  contradictory: 'statements that exclude each other',
  none: 'none',
  unknown: 'not known (could not look everywhere)',
} as const satisfies Words['origins'];

const signedStates = {
  covered: 'covered by the signature',
  'not-covered': 'not covered by the signature',
  unknown: 'whether the signature covers it is not known',
  'no-signature': 'the file has no signature that could cover it',
} as const satisfies Words['signedStates'];

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
    'ask whoever made it for the original file: in this format nothing could be checked for Content Credentials.',
  unsigned:
    'what it says is not signed by anyone listed, so anyone can write it. Ask whoever published the file who wrote it, and whoever made it for the original.',
  absent:
    'ask for the original file from whoever made it, since platforms often remove Content Credentials and labels.',
} as const satisfies Words['next'];

const phrases: Words['phrases'] = {
  nextStep: 'What to do next: ',
  declaredOrigin: 'Declared origin',
  noneFound: 'none found',
  present: 'present',
  noneFoundWhereRead: 'none found in what could be read',
  termMeans: (said) => `it ${said}`,
  notStated: 'not stated',
  setAside: 'set aside, because the file was changed',
  partlyAi: 'partly made with generative AI',
  editedWithAi: 'edited with generative AI',
  validOnProven: (day) => `valid on the proven date (${date(day)})`,
  validOnAsked: (day) => `valid on ${date(day)}, the day of this report; when it was used is not proven`,
  noneOutsideCredentials: 'none found outside the Content Credentials',
  noneOutsideCredentialsWhereRead: 'none found in what could be read outside the Content Credentials',
  notLookedFor: 'not looked for',
  unreadPlaces: (count) =>
    count === 1 ? '1 place that can hold a label' : `${count} places that can hold a label`,
  originOfNothingRead: 'not known (nothing in the file was read)',
  foundInPart: 'found, and not read to its end',
  issuer: 'issued by ',
  serial: 'serial number ',
  listOf: (day) => `list of ${date(day)}`,
  ingredientAltered:
    'a part that this file was made from does not match its own credentials; the history says which',
  pointsTo: 'address in the file',
  ask: 'Ask: ',
  source: 'Source: ',
  personal: 'Personal data',
  revealed: (kinds) => `shown because it was asked for: ${listed(kinds.map((kind) => personal[kind]))}`,
  at: 'in ',
  byte: (offset) => `byte ${grouped(offset)}`,
  identityAlone: 'of this identity alone, not of the file or its signer',
  more: (count) => `… and ${grouped(count)} more`,
  rulesOn: (day) => `Rules on ${date(day)}`,
  edition: (day) => `Assay’s text of ${date(day)}`,
  clause: 'Clause',
  finding: 'What the file says to it',
  because: 'Because of',
  couldNotLookFor: 'Could not look for',
  inForceFrom: (from) => `in force from ${date(from)}`,
  inForceBetween: (from, until) => `in force from ${date(from)}, until the day before ${date(until)}`,
  uncompared: 'Read in secondary sources and not yet compared with the official text',
  uncomparedAll: 'all of these clauses',
  activeManifest: 'active manifest',
  picture: 'The history as a picture; the list says the same',
  shownAbove: 'shown above',
  noOwnCredentials: 'no credentials of its own',
  madeWith: 'made with ',
  unreachable: (count) =>
    `${grouped(count)} further ${plural(count, 'manifest', 'manifests')} in the store that the active one does not lead to`,
  claimed: 'Claimed',
  claimedNote: 'said by the signer, proven by nothing',
  timeOf: 'Whose time',
  time: 'Time',
  timeBacking: 'What backs it',
  noZone: 'no zone given',
  ofTheFile: 'In the file',
  ofTheFileNote: 'as written there, proven by nothing',
  proven: 'Proven',
  noTimestamp: 'no timestamp is attached',
  certificate: 'Certificate',
  revoked: 'Revocation',
  timestampBy: 'timestamp by ',
  codes: 'Validation status codes',
  codesActive: 'active manifest',
  codesIngredients: 'ingredients',
  codesCawg: 'CAWG',
  notLookedAt: 'Could not look',
  readingNotes: 'Notes on reading',
  allSignals: 'Signals',
  signal: 'signal',
  where: 'Where in the file',
  digest: 'SHA-256',
  declaredType: 'Declared media type',
  engine: 'Credentials read with',
  versions: 'Versions',
  lists: 'Trust lists',
  noLists: 'none consulted',
  rulebooks: 'Rulebooks',
  asOf: 'As of',
  asOfBecause: { asked: 'the day asked for', today: 'the day of the inspection, UTC' },
  isolation: 'Reading',
  isolationBecause: {
    'switched-off': 'without a sandbox: it was switched off where this file was read',
    'not-installed': 'without a sandbox: none is installed where this file was read',
    refused: 'without a sandbox: it did not work where this file was read',
    'too-slow': 'without a sandbox: it did not start in time where this file was read',
  },
  unrecognisedFormat: 'format not recognised',
};

export const en: Words = {
  language: 'en',
  marks: {
    open: ' (',
    close: ')',
    colon: ': ',
    comma: ', ',
    item: ', ',
    semicolon: '; ',
    stop: '.',
    gap: ' ',
  },
  ownStep: /^(?:Inspect|Install|Fetch) /,
  ours: (english) => english,
  sections: {
    declares: 'What the file says about itself',
    checks: 'What we could check',
    whyMissing: 'Why might nothing be there?',
    parts: 'Parts of this file',
    contradictions: 'Contradictions',
    pictures: 'Pictures',
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
    editor: 'Editor traces',
    platform: 'Platform traces',
    file: 'The file',
    notLookedInto: 'Could not look',
    notChecked: 'Not checked',
  },
  carriers,
  kinds,
  partKinds: {
    primary: 'the main picture or recording',
    'mpf-image': 'a further picture (MPF)',
    'motion-video': 'a motion-photo video',
    'gain-map': 'a gain map',
    'trailing-data': 'data after the end',
    attachment: 'an attached file',
    'cover-picture': 'a cover picture',
    'embedded-picture': 'a picture within the file',
  },
  signedStates,
  presence,
  integrity,
  trust,
  validity,
  revocation,
  states: {
    intact: 'matches its credentials',
    altered: 'does not match them',
    undetermined: 'match not determined',
  },
  ingredientStates,
  through,
  relationships,
  actions,
  sourceTypes,
  removable,
  backing,
  validBecause,
  grades,
  facts,
  masked: MASKED,
  origins,
  readStatus: {
    found: 'found',
    absent: 'not there',
    unsupported: 'not looked at',
    malformed: 'damaged in the file',
    failed: 'reading failed',
  },
  coverageStates: {
    complete: 'every place that can hold a label was read to its end',
    partial: 'some places that can hold a label were not read, or not to their end',
    nothing: 'nothing in the file was read',
  },
  codeKinds: { success: 'success', informational: 'information', failure: 'failure' },
  signals: SIGNALS,
  next,
  date,
  time,
  bytes,
  phrases,
  credentials,
  fileRemarks,
  compare,
  pictures,
  evidence,
  notes: { heading: 'Notes by people', by: 'Note by a person, not by Assay:' },
};
