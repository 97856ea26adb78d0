import type { Message } from '../../../i18n/message.js';
import type { StoredReport } from '../../report/report.js';

/** Small pictures in a report’s page, which are not part of the Report. */
export interface Figures {
  /** Preview of the file, or one key frame of a video. */
  preview?: Figure;
  /** Loudness of a sound over time. */
  waveform?: Figure;
  /** Thumbnail of the content stored in the active manifest. */
  thumbnail?: Figure;
  /** Thumbnail stored in EXIF. */
  stored?: Figure;
  frames: readonly Figure[];
  /** Thumbnails stored in manifests, by index of the manifest in the Report. */
  manifests: ReadonlyMap<number, Figure>;
  /** Thumbnail of a manifest's only ingredient without a manifest, by index of that manifest. */
  ingredients: ReadonlyMap<number, Figure>;
  /** Pictures inside a document, mail or archive, by index in the Report's `parts`. */
  parts: ReadonlyMap<number, Figure>;
  /** Reasons why expected pictures are missing. */
  missing: readonly { kind: 'preview' | 'waveform' | 'thumbnail' | 'stored'; why: Message }[];
  /** True if time ran out before all key frames were read. */
  framesCut?: boolean;
  /** True if pictures were omitted to keep the page small. */
  leftOut?: boolean;
  /** True if the picture in EXIF looks different from the file’s own. */
  storedDiffers: boolean;
}

export interface Figure {
  /** Address on this server, or the picture itself as a `data:` URI. */
  src: string;
  /** Width and height in pixels. */
  width: number;
  height: number;
  /** True if the file is damaged and the picture shows only the part that could be decoded. */
  damaged?: boolean;
  /** For a key frame, the frame is at or before this time; for a waveform, its duration. */
  seconds?: number;
  /** True if the sound is longer than the waveform. */
  cut?: boolean;
  /** Larger version that opens on click. Absent if there is none; the picture itself then opens. */
  large?: Figure;
}

/** Relative difference of aspect ratios explained by rounding; such pictures can be overlaid. */
const MAX_RATIO_DIFFERENCE = 0.02;

export function haveSameShape(one: Figure, other: Figure): boolean {
  const ratio = (one.width * other.height) / (other.width * one.height);
  return Math.abs(Math.log(ratio)) < MAX_RATIO_DIFFERENCE;
}

type Manifests = readonly NonNullable<StoredReport['contentCredentials']['manifests']>[number][];
type Ingredient = Manifests[number]['ingredients'][number];

/** Returns the picture of a history step. */
export function findManifestFigure(
  figures: Figures | undefined,
  manifests: Manifests,
  label: string,
): Figure | undefined {
  const at = manifests.findIndex((one) => one.label === label);
  return manifests[at]?.active ? figures?.thumbnail : figures?.manifests.get(at);
}

/** If a manifest has several ingredients without manifests, the pictures cannot be assigned to them. */
export function findIngredientFigure(
  figures: Figures | undefined,
  manifests: Manifests,
  user: Manifests[number],
  ingredient: Ingredient,
): Figure | undefined {
  const alone = user.ingredients.filter(({ manifest }) => manifest === undefined);
  if (alone.length !== 1 || alone[0] !== ingredient) return undefined;
  return figures?.ingredients.get(manifests.indexOf(user));
}
