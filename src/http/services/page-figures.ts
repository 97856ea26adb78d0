import { isDifferentThumbnail } from '../../base/thumbnail-differs.js';
import type { Figure, Figures } from '../../core/page/history/figures.js';
import {
  pageReasonMessage,
  parseThumbnails,
  type ThumbnailIndex,
} from '../../service/inspections/thumbnails.js';
import type { Derivative, PictureName } from '../../storage/inspections/inspections.js';

const MISSING = {
  preview: 'preview',
  claim: 'thumbnail',
  stored: 'stored',
  waveform: 'waveform',
} as const;

/** Bytes of pictures embedded in a single-file page; the most useful ones come first. */
const EMBEDDED_BYTES = 300_000;
/** The large picture is left out of a single-file page: there the preview opens instead. */
const ORDER = ['preview', 'waveform', 'thumbnail', 'stored', 'frame', 'inside', 'manifest', 'ingredient'];

/** Returns the stored pictures as figures, each at the address that `srcOf` gives; `undefined` leaves one out. */
function toFigures(
  { pictures, missing, stored }: ThumbnailIndex,
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
    parts: new Map(numbered('inside')),
    ...(missing.some((one) => isAboutFrames(one, pictures)) ? { framesCut: true } : {}),
    missing: missing.flatMap((one) => {
      if (isAboutFrames(one, pictures)) return [];
      const { kind } = one;
      const told = kind === 'preview' || kind === 'claim' || kind === 'stored' || kind === 'waveform';
      return told ? [{ kind: MISSING[kind], why: pageReasonMessage(one) }] : [];
    }),
    storedDiffers: stored !== undefined && isDifferentThumbnail(stored.differing),
    leftOut: pictures.some(({ name }) => name !== 'large' && !shown.has(name)),
  };
}

/**
 * Returns whether the code is about frames that were cut off by time. An earlier version attached that code to a
 * preview that does exist.
 */
const isAboutFrames = (
  { kind, code }: ThumbnailIndex['missing'][number],
  pictures: ThumbnailIndex['pictures'],
): boolean =>
  kind === 'frame' ||
  (kind === 'preview' && code === 'bound.framesMillis' && pictures.some(({ name }) => name === 'preview'));

/** For a page of this server: `base` is the address below which the pictures lie. */
export function linkedFigures(base: string, album: ThumbnailIndex | undefined): Figures | undefined {
  return album && toFigures(album, (name) => `${base}/pictures/${name}`);
}

/** For a single-file page. */
export function embeddedFigures(derivatives: readonly Derivative[]): Figures | undefined {
  const kept = derivatives.find(({ kind }) => kind === 'pictures');
  const album = kept && parseThumbnails(kept.content);
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
  return toFigures(album, (name) => inside.get(name));
}
