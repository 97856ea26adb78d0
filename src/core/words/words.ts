import type { Language } from '../../say/languages.js';
import type { Location } from '../evidence.js';
import type { IsolationReason } from '../isolation-level.js';
import type { Kind } from '../media-types.js';
import type {
  Coverage,
  Integrity,
  Origin,
  Part,
  Presence,
  READ_STATUSES,
  SignedState,
  TRUSTS,
  VALIDITIES,
} from '../report.js';
import type { Backing, Grade, Personal, SignalId } from '../signal.js';
import type { DigitalSourceType } from '../signals.js';
import type { ActionTerm, Relationship, Removable } from './c2pa-terms.js';
import type { CompareWords } from './compare.js';
import type { EvidenceWords } from './evidence.js';
import type { FactName } from './fact-names.js';
import type { FileRemarkWords } from './file-remarks.js';
import type { PictureWords } from './pictures.js';

export type Trust = (typeof TRUSTS)[number];
export type Validity = (typeof VALIDITIES)[number];
/** Why a signature that holds has no list behind it at the time it was made. `ownKey`: it is of a maker's own key, without a certificate. */
export type Unvouched =
  | Exclude<Trust, 'official' | 'interim' | 'private'>
  | Exclude<Validity, 'inside'>
  | 'revoked'
  | 'ownKey';
export type Revocation = 'not-checked' | 'not-revoked' | 'revoked';
export type ReadStatus = (typeof READ_STATUSES)[number];
export type Through = 'anchor' | 'allowed';
export type CodeKind = 'success' | 'informational' | 'failure';

/** What to do next, chosen from facts in renderers/page.ts. */
export const NEXT_STEPS = [
  'altered',
  'contradictory',
  'undetermined',
  'intact',
  'unsigned',
  'remote',
  'unreadable',
  'unsupported',
  'absent',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** Between our words: Chinese has marks of its own and no spaces. */
export interface Marks {
  open: string;
  close: string;
  colon: string;
  comma: string;
  /** Between the items of a list that is no sentence. */
  item: string;
  semicolon: string;
  stop: string;
  /** Between two sentences. */
  gap: string;
}

/** The rows under "What we could check". */
export const CHECK_ROWS = [
  'credentials',
  'labels',
  'otherLabels',
  'traces',
  'camera',
  'editor',
  'platform',
  'file',
  'notLookedInto',
  'notChecked',
] as const;
export type CheckRow = (typeof CHECK_ROWS)[number];

export type Section =
  | 'declares'
  | 'checks'
  | 'whyMissing'
  | 'parts'
  | 'contradictions'
  | 'pictures'
  | 'rules'
  | 'history'
  | 'times'
  | 'details';

/** Of what people wrote beside a Report. */
export interface NoteWords {
  heading: string;
  /** Before the name, each time: nobody takes it for ours. */
  by: string;
}

/**
 * One language. Words that lead something in (`issuedBy`, `at`, `ask` …) hold the space or colon after them. Every vocabulary of the Report is a table that must be whole: a second language is a second file
 * with a constant of this type, and a word it lacks does not compile.
 */
export interface Words {
  language: Language;
  marks: Marks;
  /**
   * Our own English in a Report that is no key: why something was not read, what was not checked. In this language
   * where the table has it, else as it is.
   */
  ours(english: string): string;
  /** Of what may be asked: what the reader does alone. Tried on this language's words, which a Report may hold already. */
  ownStep: RegExp;
  sections: Record<Section, string>;
  rows: Record<CheckRow, string>;
  carriers: Record<Location['carrier'], string>;
  kinds: Record<Kind, string>;
  partKinds: Record<Part['kind'], string>;
  signedStates: Record<SignedState, string>;
  presence: Record<Presence, string>;
  integrity: Record<Integrity, string>;
  trust: Record<Trust, string>;
  validity: Record<Validity, string>;
  revocation: Record<Revocation, string>;
  /** Of any manifest, in two or three words. */
  states: Record<Integrity, string>;
  /** Of a manifest that is not the active one: its content is not in this file, so "the file" is never said of it. */
  ingredientStates: Record<Integrity, string>;
  through: Record<Through, string>;
  relationships: Record<Relationship, string>;
  actions: Record<ActionTerm, string>;
  sourceTypes: Record<DigitalSourceType, string>;
  removable: Record<Removable, string>;
  backing: Record<Backing, string>;
  /** In place of `backing.valid`, where it is known why nobody vouches for the signer. */
  validBecause: Record<Unvouched, string>;
  grades: Record<Grade, string>;
  /** Of facts that have a name of ours; they stand before the value, with the mark that leads to it. */
  facts: Record<FactName, string>;
  masked: Record<Personal, string>;
  origins: Record<Origin, string>;
  readStatus: Record<ReadStatus, string>;
  coverageStates: Record<Coverage['state'], string>;
  codeKinds: Record<CodeKind, string>;
  signals: Record<SignalId, string>;
  next: Record<NextStep, string>;
  date(iso: string): string;
  /** RFC 3339; anything else comes back as it is. */
  time(stamp: string): string;
  bytes(count: number): string;
  phrases: Phrases;
  credentials: CredentialPhrases;
  fileRemarks: FileRemarkWords;
  compare: CompareWords;
  pictures: PictureWords;
  evidence: EvidenceWords;
  notes: NoteWords;
}

/** What is said of Content Credentials, from the summary to the forensic details. */
export interface CredentialPhrases {
  issuedBy: string;
  named: string;
  unnamed: string;
  sidecar: string;
  enginesDiffer: string;
  /** Both say the same of whether the file was changed: with the same codes, or with others. */
  enginesAgree: string;
  enginesOtherCodes: string;
  /** Why no second engine was heard follows. */
  saidAlone: string;
  formFault(code: string): string;
  /** In place of `integrity.intact`, where the signature leaves out more than the credentials themselves. */
  coveredUnchanged: string;
  watermarkNote: string;
  identityNote: string;
  product: string;
  productList: string;
  assuranceLevel: string;
  status: string;
  disallowed: string;
  signedOn: string;
  provenByTimestamp: string;
  signedBy: string;
  keptIn: string;
  keptInNote: string;
  attachedTime: string;
  claimedTime: string;
  states: string;
  updateManifest: string;
  removedBySigner: string;
  removedUnnamed: string;
  fault: string;
  missing: string;
  between(count: number): string;
  chainStart: string;
  unconfirmed: string;
  attached: string;
  attachedNote: string;
  provenByNothing: string;
  termFrom: string;
  termUntil: string;
  termGap: string;
  certificateOf: string;
  chain: string;
  /** Where a certificate stands. */
  inFile: string;
  onList: string;
  commonName: string;
  list: string;
  trustReason: Record<'unlisted' | 'not-checked', string>;
  record: string;
  manifests: string;
  specification: string;
  claimVersion(version: number): string;
  thumbnail: string;
  notCovered: string;
  /** `what`: whether that is only where the credentials themselves stand; left out where it was not looked at. */
  uncoveredBytes(first: number, last: number, what: 'credentials' | 'more' | undefined): string;
  uncoveredBoxes: string;
  uncovered: string;
  bytesFault: string;
  secondOpinion: string;
  agrees: string;
  differs: string;
  onlyFirst: string;
  onlySecond: string;
}

/** Short words of the page's frame. Those with a number or a date are functions: languages order them differently. */
export interface Phrases {
  nextStep: string;
  declaredOrigin: string;
  noneFound: string;
  present: string;
  noneFoundWhereRead: string;
  /** What a term of the vocabulary says, after the term. */
  termMeans(said: string): string;
  /** Of Content Credentials that are there and declare no origin. */
  notStated: string;
  /** The same where the file was changed: what they declare is not taken for a description of it. */
  setAside: string;
  /** Of AI that had a share: in a part, or over the whole. */
  partlyAi: string;
  editedWithAi: string;
  /** Of a certificate that was valid: on the proven day, or on the day that the report speaks of. */
  validOnProven(day: string): string;
  validOnAsked(day: string): string;
  /** Of labels, in a file with Content Credentials: these say for themselves what they state. */
  noneOutsideCredentials: string;
  noneOutsideCredentialsWhereRead: string;
  /** Of a row all of whose places were left unread. */
  notLookedFor: string;
  /** How many places that can hold a label were not looked into. */
  unreadPlaces(count: number): string;
  /** In place of an origin: nothing of the file was read. */
  originOfNothingRead: string;
  /** Of a carrier that was found and not read to its end. */
  foundInPart: string;
  issuer: string;
  serial: string;
  listOf(date: string): string;
  ingredientAltered: string;
  pointsTo: string;
  ask: string;
  source: string;
  personal: string;
  revealed(kinds: readonly Personal[]): string;
  at: string;
  byte(offset: number): string;
  /** In place of a backing: how the check of a CAWG identity ended says nothing of the file. */
  identityAlone: string;
  more(count: number): string;
  rulesOn(date: string): string;
  edition(date: string): string;
  clause: string;
  finding: string;
  because: string;
  couldNotLookFor: string;
  inForceFrom(date: string): string;
  inForceBetween(from: string, until: string): string;
  uncompared: string;
  uncomparedAll: string;
  activeManifest: string;
  picture: string;
  shownAbove: string;
  noOwnCredentials: string;
  madeWith: string;
  unreachable(count: number): string;
  claimed: string;
  claimedNote: string;
  timeOf: string;
  time: string;
  timeBacking: string;
  noZone: string;
  ofTheFile: string;
  ofTheFileNote: string;
  proven: string;
  noTimestamp: string;
  certificate: string;
  revoked: string;
  timestampBy: string;
  codes: string;
  codesActive: string;
  codesIngredients: string;
  codesCawg: string;
  notLookedAt: string;
  readingNotes: string;
  allSignals: string;
  /** Before a number. */
  signal: string;
  where: string;
  digest: string;
  declaredType: string;
  engine: string;
  versions: string;
  lists: string;
  noLists: string;
  rulebooks: string;
  asOf: string;
  asOfBecause: Record<'asked' | 'today', string>;
  isolation: string;
  /** Of what was read without a sandbox. */
  isolationBecause: Record<IsolationReason, string>;
  unrecognisedFormat: string;
}
