import type { Said } from '../../say/said.js';
import type { Report } from '../report/report.js';

/** Small pictures that stand in a report’s page. They are no part of the Report. */
export interface Figures {
  /** The file’s own; of a video, one of its key frames. */
  preview?: Figure;
  /** How loud a sound is over its time. */
  waveform?: Figure;
  /** What the active manifest keeps of its content. */
  thumbnail?: Figure;
  /** What EXIF keeps, small. */
  stored?: Figure;
  frames: readonly Figure[];
  /** By the place of the manifest in the Report: what it keeps of its content… */
  manifests: ReadonlyMap<number, Figure>;
  /** …and of the one ingredient it has that brought no manifest. */
  ingredients: ReadonlyMap<number, Figure>;
  /** Why one that might have been is not there. */
  missing: readonly { kind: 'preview' | 'waveform' | 'thumbnail' | 'stored'; why: Said }[];
  /** There was no time for all key frames. */
  framesCut?: boolean;
  /** Not all are here, to keep the page small. */
  leftOut?: boolean;
  /** The picture in EXIF looks different from the file’s own. */
  storedDiffers: boolean;
}

export interface Figure {
  /** An address of ours, or the picture itself as a `data:` URI. */
  src: string;
  /** Pixels. */
  width: number;
  height: number;
  /** The file is damaged: this is what could be decoded of it. */
  damaged?: boolean;
  /** Of a key frame: at or before this moment; of a waveform: of so long. */
  seconds?: number;
  /** Of a waveform: the sound is longer. */
  cut?: boolean;
  /** The same in more pixels: what it opens as. Left out where there is none, and it opens as it is. */
  large?: Figure;
}

/** Sides that differ by so little come from rounding: such pictures can be laid on each other. */
const SHAPES_DIFFER = 0.02;

export function sameShape(one: Figure, other: Figure): boolean {
  const ratio = (one.width * other.height) / (other.width * one.height);
  return Math.abs(Math.log(ratio)) < SHAPES_DIFFER;
}

type Manifests = readonly NonNullable<Report['contentCredentials']['manifests']>[number][];
type Ingredient = Manifests[number]['ingredients'][number];

/** The picture of a step of the history. */
export function figureOfManifest(
  figures: Figures | undefined,
  manifests: Manifests,
  label: string,
): Figure | undefined {
  const at = manifests.findIndex((one) => one.label === label);
  return manifests[at]?.active ? figures?.thumbnail : figures?.manifests.get(at);
}

/** Where a manifest has several ingredients without one of their own, which picture is whose is not known. */
export function figureOfIngredient(
  figures: Figures | undefined,
  manifests: Manifests,
  user: Manifests[number],
  ingredient: Ingredient,
): Figure | undefined {
  const alone = user.ingredients.filter(({ manifest }) => manifest === undefined);
  if (alone.length !== 1 || alone[0] !== ingredient) return undefined;
  return figures?.ingredients.get(manifests.indexOf(user));
}
