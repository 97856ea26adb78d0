import { said } from '../../say/said.js';
import type { Evidence, ExifField, XmpPacket } from '../evidence/evidence.js';
import { type Location, readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { exifPlace } from './exif-field.js';
import { xmpPlace } from './xmp-place.js';

/** TIFF and raw files keep several pictures, and the fields there may be those of another one. */
const ONE_PICTURE: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'heif', 'gif', 'jxl']);

/** Metadata that gives another size than the picture has. Width and height may be exchanged: orientation does that. */
export const sizesDiffer = defineDetector({
  id: 'sizes-differ',
  needs: ['exif', 'xmp', 'pngText', 'streams'],
  raises: ['file.sizesDiffer'],
  detect(evidence, asset): Signal[] {
    const track = readValue(evidence.streams)?.tracks[0];
    if (!ONE_PICTURE.has(asset.mediaType.container) || !track?.width || !track.height) return [];
    const { width, height } = track;
    const found: Size = { width, height };
    const differing = statedSizes(evidence).filter(
      (s) => !(s.width === width && s.height === height) && !(s.width === height && s.height === width),
    );
    // Several fields often repeat one size; its first place is shown.
    const same = (one: StatedSize) => (other: StatedSize) =>
      one.width === other.width && one.height === other.height;
    const distinct = differing.filter((stated, at) => differing.findIndex(same(stated)) === at);
    return distinct.slice(0, MOST_SIZES).map((stated) => ({
      id: 'file.sizesDiffer',
      backing: 'inferred',
      said: { value: said('fact.sizes', { stated: shown(stated), found: shown(found) }) },
      facts: [
        { name: 'stated', value: shown(stated) },
        { name: 'found', value: shown(found) },
      ],
      basis: [stated.location, { carrier: 'streams', place: 'picture size' }],
    }));
  },
});

const MOST_SIZES = 4;

interface Size {
  width: number;
  height: number;
}
interface StatedSize extends Size {
  location: Location;
}

const shown = ({ width, height }: Size): string => `${width}×${height}`;

type SizeEvidence = Pick<Evidence, 'exif' | 'xmp' | 'pngText'>;

function statedSizes({ exif, xmp, pngText }: SizeEvidence): StatedSize[] {
  const fields = readValue(exif) ?? [];
  const texts = [
    ...(readValue(pngText) ?? []).map((t) => ({
      text: t.text,
      location: { carrier: 'pngText' as const, place: `${t.chunk} ${t.keyword}`, offset: t.offset },
    })),
    ...fields.flatMap((f) =>
      f.name === 'UserComment' && typeof f.value === 'string'
        ? [{ text: f.value, location: exifPlace(f) }]
        : [],
    ),
  ];
  return [
    ...exifSize(fields, 'Exif', 'ExifImageWidth', 'ExifImageHeight'),
    ...exifSize(fields, 'IFD0', 'ImageWidth', 'ImageHeight'),
    ...(readValue(xmp) ?? []).flatMap((packet) => [
      ...xmpSize(packet, 'exif:PixelXDimension', 'exif:PixelYDimension'),
      ...xmpSize(packet, 'tiff:ImageWidth', 'tiff:ImageLength'),
    ]),
    ...texts.flatMap(({ text, location }) => settingsSize(text, location)),
  ];
}

function exifSize(fields: readonly ExifField[], block: 'Exif' | 'IFD0', wide: string, high: string) {
  const find = (name: string) => fields.find((f) => f.block === block && f.name === name);
  const width = find(wide);
  const height = find(high);
  return width && height ? size(width.value, height.value, exifPlace(width)) : [];
}

function xmpSize(packet: XmpPacket, wide: string, high: string) {
  const find = (path: string) => packet.properties.find((p) => p.path === path)?.value.trim() ?? '';
  const number = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
  return size(number(find(wide)), number(find(high)), xmpPlace(packet, wide));
}

/** The settings line of Stable Diffusion web UI. Where it says that the picture was scaled, its size is another's. */
function settingsSize(text: string, location: Location) {
  const line = /(?:^|\n)Steps: \d{1,5}, [^\n]*/.exec(text)?.[0] ?? '';
  const found = /, Size: (\d{1,6})x(\d{1,6})\b/.exec(line);
  if (!found || /\b(hires|upscale|resize|postprocess|tiled diffusion|ultimate)/i.test(line)) return [];
  return size(Number(found[1]), Number(found[2]), location);
}

/** Zeros say that a size is not known. */
function size(width: ExifField['value'], height: ExifField['value'], location: Location): StatedSize[] {
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? [{ width, height, location }]
    : [];
}
