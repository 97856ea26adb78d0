import type { Location } from '../evidence.js';
import type { Outcome } from '../finding-schema.js';
import type { Kind } from '../media-types.js';
import type {
  Coverage,
  Integrity,
  Origin,
  Part,
  Presence,
  READ_STATUSES,
  TRUSTS,
  VALIDITIES,
} from '../report.js';
import type { Backing, SignalId } from '../signal.js';
import type { DigitalSourceType } from '../signals.js';
import type { ActionTerm, Relationship, Removable } from './c2pa-terms.js';

export type Trust = (typeof TRUSTS)[number];
export type Validity = (typeof VALIDITIES)[number];
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
  'remote',
  'unreadable',
  'unsupported',
  'absent',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** The rows under "What we could check". */
export const CHECK_ROWS = [
  'credentials',
  'labels',
  'otherLabels',
  'traces',
  'camera',
  'file',
  'notChecked',
] as const;
export type CheckRow = (typeof CHECK_ROWS)[number];

export type Section =
  | 'declares'
  | 'checks'
  | 'parts'
  | 'contradictions'
  | 'rules'
  | 'history'
  | 'times'
  | 'details';

/** Dates a general sentence may name. */
export interface RuleDates {
  from: string;
  until?: string;
  asOf: string;
}

/**
 * One language. Every vocabulary of the Report is a table that must be whole: a second language is a second file
 * with a constant of this type, and a word it lacks does not compile.
 */
export interface Words {
  /** BCP 47. */
  language: string;
  sections: Record<Section, string>;
  rows: Record<CheckRow, string>;
  carriers: Record<Location['carrier'], string>;
  kinds: Record<Kind, string>;
  partKinds: Record<Part['kind'], string>;
  coverage: Record<Coverage, string>;
  presence: Record<Presence, string>;
  integrity: Record<Integrity, string>;
  trust: Record<Trust, string>;
  validity: Record<Validity, string>;
  revocation: Record<Revocation, string>;
  /** Of a manifest that is not the active one: its content is not in this file, so "the file" is never said of it. */
  ingredientStates: Record<Integrity, string>;
  through: Record<Through, string>;
  relationships: Record<Relationship, string>;
  actions: Record<ActionTerm, string>;
  sourceTypes: Record<DigitalSourceType, string>;
  removable: Record<Removable, string>;
  backing: Record<Backing, string>;
  origins: Record<Origin, string>;
  readStatus: Record<ReadStatus, string>;
  codeKinds: Record<CodeKind, string>;
  signals: Record<SignalId, string>;
  outcomes: Record<Outcome, string>;
  next: Record<NextStep, string>;
  /** What a finding says where its rule has no sentence of its own. */
  findings: Record<Outcome, (dates: RuleDates) => string>;
  otherKind(media: readonly Kind[], kind: Kind): string;
  date(iso: string): string;
  /** RFC 3339; anything else comes back as it is. */
  time(stamp: string): string;
  bytes(count: number): string;
  phrases: Phrases;
  credentials: CredentialPhrases;
}

/** What is said of Content Credentials, from the summary to the forensic details. */
export interface CredentialPhrases {
  issuedBy: string;
  named: string;
  unnamed: string;
  sidecar: string;
  enginesDiffer: string;
  watermarkNote: string;
  identityNote: string;
  product: string;
  productList: string;
  assuranceLevel: string;
  status: string;
  disallowed: string;
  signedOn: string;
  provenByTimestamp: string;
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
  certificateOf: string;
  commonName: string;
  list: string;
  trustReason: string;
  record: string;
  manifests: string;
  specification: string;
  claimVersion(version: number): string;
  thumbnail: string;
  notCovered: string;
  uncoveredBytes(first: number, last: number): string;
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
  notRead: string;
  issuer: string;
  serial: string;
  listOf(date: string): string;
  ingredientAltered: string;
  pointsTo: string;
  ask: string;
  at: string;
  byte(offset: number): string;
  more(count: number): string;
  rulesOn(date: string): string;
  edition(date: string): string;
  clause: string;
  finding: string;
  outcome: string;
  because: string;
  couldNotLookFor: string;
  inForceFrom(date: string): string;
  inForceBetween(from: string, until: string): string;
  uncompared: string;
  uncomparedAll: string;
  activeManifest: string;
  shownAbove: string;
  noOwnCredentials: string;
  madeWith: string;
  unreachable(count: number): string;
  claimed: string;
  claimedNote: string;
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
  digest: string;
  declaredType: string;
  engine: string;
  versions: string;
  lists: string;
  noLists: string;
  rulebooks: string;
  asOf: string;
  unrecognisedFormat: string;
}
