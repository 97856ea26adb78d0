import type { BytesPart } from './bytes-parts.js';
import type { DigitalSourceType } from './source-types.js';

/**
 * All that the rest of Assay asks of a signal, beside what it means (`signal.<id>` in the catalogues). Whoever adds one
 * answers each question here, most often by taking the answers of its family (families.ts).
 */
export interface SignalRow {
  /** Whose word it is. */
  by: Party;
  backing: BackingRule;
  /**
   * What it states of how the content came to be. `its-signature`: the row of `signatures/` that was matched says it. Of
   * what a manifest states c2pa-origin.ts makes the origin, with its ingredients; here it is told for contradictions.
   */
  states: Origin | 'its-signature' | 'nothing';
  /** As which kind of statement it may decide the origin of the file; null where it never does. */
  decides: Source | null;
  /** The parts that it can take in a contradiction. */
  contradicts: readonly Side[];
  /** The fact for rules that is gathered from it and its like. */
  gathered: Gathering | null;
  /** Where a page shows it; null: in the details only. */
  row: PageRow | null;
  /** The parts of the manifest store without which it cannot be known; null where it stands elsewhere in the file. */
  inCredentials: readonly BytesPart[] | null;
  /** Why labels might be missing where it was seen: `there` means that something is there, so nothing is missing. */
  missing: 'there' | Path | null;
  /** Which field that may hold personal data is shown because this stands in it: one of free text too, or none. */
  opens: 'free-text' | 'field' | 'nothing';
  /** Where it stands in a Report beside signals that the file's name raises. */
  place: InOrder;
  /** What a generator left there; null where it is no trace of one. */
  trace: Trace | null;
  /** The kind of label whose bytes are shown. */
  label: 'gb45438' | 'iptc' | null;
  /** The term of the vocabulary, where it is one. */
  term?: DigitalSourceType | 'unrecognised';
  /** The tool that left it, where no signature row names it. */
  tool?: string;
  /** Of a label of a platform: who set it. */
  setBy?: 'creator' | 'platform';
  /** Another signal that says less of the same and need not stand beside it. */
  saysMoreThan?: string;
}

export type Party =
  | 'manifest'
  | 'identity'
  | 'iptc'
  | 'iptc-credit'
  | 'gb45438'
  | 'platform-label'
  | 'generator'
  | 'proof'
  | 'watermark'
  | 'exif'
  | 'camera'
  | 'recorder'
  | 'editor'
  | 'platform'
  | 'text'
  | 'assay';

/**
 * What decides how well it is backed. `signer`: who signed the manifest; `identity`: the outcome of an identity's own check;
 * `own-key`: a signature with a key that its maker published; `label`: anybody can write it; `trace`: it can be copied into
 * any file; `seen`: Assay sees it of the file itself, so nobody's word is needed; `gathered`: the best of its sources.
 */
export type BackingRule = 'signer' | 'identity' | 'own-key' | 'label' | 'trace' | 'seen' | 'gathered';

export type Origin = 'ai-generated' | 'ai-edited' | 'captured' | 'other';

/** `iptc-system` names an AI system and yields to a term of the vocabulary, which says it more exactly. */
export type Source = 'iptc' | 'iptc-system' | 'gb45438' | 'label' | 'generator' | 'proof' | 'watermark';

/**
 * - `capture` and `generation` exclude each other; `stated`: on the side of generation where it states that, and
 *   `camera`: on the side of capture where its signature row says that a camera wrote it;
 * - `source-picture`: camera data may be that picture's;
 * - `term`: two different terms of labels differ;
 * - `copies` and `copy`: copies of a label that disagree, and one of them;
 * - `manifest`: a manifest that holds, beside a label of AI, unless something `mentions-ai` in it;
 * - `signer` and `disallowed`: a signer whose product may not claim that;
 * - `dates`: its own two places do not fit each other.
 */
export type Side =
  | 'capture'
  | 'generation'
  | 'stated'
  | 'camera'
  | 'source-picture'
  | 'term'
  | 'copies'
  | 'copy'
  | 'manifest'
  | 'mentions-ai'
  | 'signer'
  | 'disallowed'
  | 'dates';

export interface Gathering {
  into: GatheredId;
  /** Whether that fact is unknown where this could not be looked for. Pixels are looked at only when that is asked for. */
  leavesOpen: boolean;
}
export type GatheredId =
  | 'file.aiMark.signed'
  | 'file.aiMark.unsigned'
  | 'file.aiMark.possible'
  | 'file.aiTrace';

export type PageRow =
  | 'credentials'
  | 'labels'
  | 'otherLabels'
  | 'traces'
  | 'camera'
  | 'editor'
  | 'platform'
  | 'file';

/** Ways that files take and on which labels are lost, in the order in which a Report names them. */
export const PATHS = [
  'facebook',
  'whatsapp',
  'telegram',
  'x',
  'wechat',
  'youtube',
  'tiktok',
  'snapchat',
  'ffmpeg',
  'screenshot',
  'progressive',
] as const;
export type Path = (typeof PATHS)[number];

/** In Report order: the detectors that look at names, and what other detectors raise between them. */
export const IN_ORDER = [
  'before-names',
  'camera-traces',
  'behind-camera-traces',
  'platform-hints',
  'behind-platform-hints',
  'media-type',
  'gathered',
] as const;
export type InOrder = (typeof IN_ORDER)[number];

/**
 * `settings`: what a generator was told, `service`: whom it asked to make the content; `source-picture`: that it began with
 * a picture; `proof-holds` and `proof-broken`: a signature over the pixels; `mark`: any other.
 */
export type Trace = 'mark' | 'settings' | 'service' | 'source-picture' | 'proof-holds' | 'proof-broken';
