import type { BytesPart } from './bytes-parts.js';
import type { DigitalSourceType } from './source-types.js';

/**
 * Properties of a signal, except its meaning (`signal.<id>` in the catalogues). Every signal defines all of them,
 * usually by extending the row of its family (families.ts).
 */
export interface SignalRow {
  /** Author of the statement. */
  maker: StatementMaker;
  backing: BackingRule;
  /**
   * Statement about the origin of the content. `its-signature`: taken from the matched row of `signatures/`. For
   * manifests, c2pa-origin.ts derives the origin including ingredients; here it is only used for contradictions.
   */
  states: StatedOrigin | 'its-signature' | 'nothing';
  /** Kind of statement as which it may decide the origin of the file; null if it never does. */
  decides: OriginSource | null;
  /** Sides that it can take in a contradiction. */
  contradicts: readonly ContradictionSide[];
  /** Fact for rules that is gathered from it and similar signals. */
  gathering: Gathering | null;
  /** Section of the page; null: shown in the details only. */
  pageRow: PageRow | null;
  /** Parts of the manifest store needed to determine it; null if it is elsewhere in the file. */
  neededParts: readonly BytesPart[] | null;
  /** Explanation for missing labels; `there` means that a label is present, so nothing is missing. */
  explainsMissing: 'there' | DistributionPath | null;
  /** Fields with possible personal data that are shown because of it: also free text, dedicated fields only, or none. */
  discloses: 'free-text' | 'field' | 'nothing';
  /** Position in a Report relative to signals raised by the file's name. */
  order: SignalOrder;
  /** Kind of generator trace; null if it is none. */
  trace: GeneratorTrace | null;
  /** Kind of label whose bytes are shown. */
  label: 'gb45438' | 'iptc' | null;
  /** Term of the vocabulary, if it is one. */
  term?: DigitalSourceType | 'unrecognised';
  /** Tool that left it, if no signature row names the tool. */
  tool?: string;
  /** Author of a platform's label. */
  setBy?: 'creator' | 'platform';
  /** Less specific signal that is redundant next to this one. */
  supersedes?: string;
}

export type StatementMaker =
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
 * Rule that determines the backing. `signer`: signer of the manifest; `identity`: result of the identity's own check;
 * `own-key`: signature with a key published by its maker; `label`: anyone can write it; `trace`: it can be copied into
 * any file; `seen`: Assay determines it from the file itself; `gathered`: the best of its sources.
 */
export type BackingRule = 'signer' | 'identity' | 'own-key' | 'label' | 'trace' | 'seen' | 'gathered';

export type StatedOrigin = 'ai-generated' | 'ai-edited' | 'captured' | 'other';

/** `iptc-system` names an AI system and yields to a term of the vocabulary, which is more exact. */
export type OriginSource = 'iptc' | 'iptc-system' | 'gb45438' | 'label' | 'generator' | 'proof' | 'watermark';

/**
 * - `capture` and `generation` exclude each other; `stated` sides with generation if the signal states that, `camera`
 * with capture if its signature row names a camera;
 * - `source-picture`: the camera data may belong to that picture;
 * - `term`: two different terms of labels;
 * - `copies` and `copy`: copies of a label that disagree, and one of them;
 * - `manifest`: a valid manifest next to an AI label, unless something in it is on the side `mentions-ai`;
 * - `signer` and `disallowed`: a signer whose product may not claim that;
 * - `dates`: its own two locators disagree.
 */
export type ContradictionSide =
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
  fact: GatheredId;
  /**
   * Whether the fact is unknown if this signal could not be searched for. False for pixels, which are searched only on
   * request.
   */
  isRequired: boolean;
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

/** Paths of distribution on which labels are lost, in the order of a Report. */
export const DISTRIBUTION_PATHS = [
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
export type DistributionPath = (typeof DISTRIBUTION_PATHS)[number];

/** Positions in the order of a Report: detectors of file names, and signals of other detectors between them. */
export const SIGNAL_ORDER = [
  'before-names',
  'camera-traces',
  'behind-camera-traces',
  'platform-hints',
  'behind-platform-hints',
  'media-type',
  'gathered',
] as const;
export type SignalOrder = (typeof SIGNAL_ORDER)[number];

/**
 * `settings`: instructions to the generator; `service`: service that was asked to create the content; `source-picture`:
 * input picture; `proof-holds` and `proof-broken`: signature over the pixels; `mark`: any other trace.
 */
export type GeneratorTrace =
  | 'mark'
  | 'settings'
  | 'service'
  | 'source-picture'
  | 'proof-holds'
  | 'proof-broken';
