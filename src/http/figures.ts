import { thumbnailDiffers } from '../core/ground/thumbnail-differs.js';
import type { Figure, Figures } from '../core/renderers/figures.js';
import type { Derivative, PictureName } from '../store/inspections.js';
import { type Album, albumIn, pageWhy } from '../worker/album.js';

const MISSING = {
  preview: 'preview',
  claim: 'thumbnail',
  stored: 'stored',
  waveform: 'waveform',
} as const;

/** Bytes of pictures in a page that is one file: what is most worth looking at comes first. */
const EMBEDDED_BYTES = 300_000;
/** The large one is left out of a page that is one file, and nobody misses it: there the preview opens. */
const ORDER = ['preview', 'waveform', 'thumbnail', 'stored', 'frame', 'manifest', 'ingredient'];

/** The kept pictures as a page shows them, each at the address that `srcOf` gives; undefined: it is left out. */
function figuresOf(
  { pictures, missing, stored }: Album,
  srcOf: (name: PictureName) => string | undefined,
): Figures {
  const shown = new Map<PictureName, Figure>();
  for (const { name, width, height, damaged, seconds, cut } of pictures) {
    const src = srcOf(name);
    if (src === undefined) continue;
    shown.set(name, {
      src,
      width,
      height,
      ...(damaged && { damaged }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(cut && { cut }),
    });
  }
  const numbered = (kind: string) =>
    [...shown].flatMap(([name, figure]): [number, Figure][] => {
      const [before, number] = name.split('-');
      return before === kind && number !== undefined ? [[Number(number), figure]] : [];
    });
  const [preview, thumbnail, small] = [shown.get('preview'), shown.get('thumbnail'), shown.get('stored')];
  const [large, waveform] = [shown.get('large'), shown.get('waveform')];
  return {
    ...(preview ? { preview: { ...preview, ...(large ? { large } : {}) } } : {}),
    ...(waveform ? { waveform } : {}),
    ...(thumbnail ? { thumbnail } : {}),
    ...(small ? { stored: small } : {}),
    frames: numbered('frame')
      .sort(([one], [other]) => one - other)
      .map(([, figure]) => figure),
    manifests: new Map(numbered('manifest')),
    ingredients: new Map(numbered('ingredient')),
    ...(missing.some((one) => isOfOtherFrames(one, pictures)) ? { framesCut: true } : {}),
    missing: missing.flatMap((one) => {
      if (isOfOtherFrames(one, pictures)) return [];
      const { kind } = one;
      const told = kind === 'preview' || kind === 'claim' || kind === 'stored' || kind === 'waveform';
      return told ? [{ kind: MISSING[kind], why: pageWhy(one) }] : [];
    }),
    storedDiffers: stored !== undefined && thumbnailDiffers(stored.differing),
    leftOut: pictures.some(({ name }) => name !== 'large' && !shown.has(name)),
  };
}

/** Of frames that time cut off. A version before told that of the preview, which is there. */
const isOfOtherFrames = ({ kind, code }: Album['missing'][number], pictures: Album['pictures']): boolean =>
  kind === 'frame' ||
  (kind === 'preview' && code === 'bound.framesMillis' && pictures.some(({ name }) => name === 'preview'));

/** For a page of this server: `base` is where the pictures lie. */
export function figuresByAddress(base: string, album: Album | undefined): Figures | undefined {
  return album && figuresOf(album, (name) => `${base}/pictures/${name}`);
}

/** For a page that is one file. */
export function figuresInside(derivatives: readonly Derivative[]): Figures | undefined {
  const kept = derivatives.find(({ kind }) => kind === 'pictures');
  const album = kept && albumIn(kept.content);
  if (album === undefined) return undefined;
  const rank = ({ kind }: Derivative) => ORDER.indexOf(kind.split('-')[0] ?? '');
  let bytes = 0;
  const inside = new Map<string, string>();
  for (const one of [...derivatives].sort((a, b) => rank(a) - rank(b))) {
    if (one.mediaType !== 'image/webp' || one.kind === 'large' || bytes + one.content.length > EMBEDDED_BYTES)
      continue;
    bytes += one.content.length;
    inside.set(one.kind, `data:image/webp;base64,${one.content.toString('base64')}`);
  }
  return figuresOf(album, (name) => inside.get(name));
}
