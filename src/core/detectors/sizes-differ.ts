import { message } from '../../i18n/message.js';
import type { Evidence, ExifField, XmpPacket } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { exifLocation } from './exif-field.js';
import { xmpLocation } from './xmp-locator.js';

/** Formats that contain one picture. TIFF and raw files contain several, and their fields may describe another one. */
const ONE_PICTURE: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'heif', 'gif', 'jxl']);

/** Detects metadata whose size differs from the picture's. Width and height may be swapped, since orientation does that. */
export const sizesDiffer = defineDetector({
  id: 'sizes-differ',
  needs: ['exif', 'xmp', 'pngText', 'streams'],
  raises: ['file.sizesDiffer'],
  detect(evidence, asset): Signal[] {
    const track = foundValue(evidence.streams)?.tracks[0];
    if (!ONE_PICTURE.has(asset.mediaType.container) || !track?.width || !track.height) return [];
    const { width, height } = track;
    const found: Size = { width, height };
    const differing = findStatedSizes(evidence).filter(
      (s) => !(s.width === width && s.height === height) && !(s.width === height && s.height === width),
    );
    // Several fields often repeat one size; only the first location is shown.
    const same = (one: StatedSize) => (other: StatedSize) =>
      one.width === other.width && one.height === other.height;
    const distinct = differing.filter((stated, at) => differing.findIndex(same(stated)) === at);
    return distinct.slice(0, MAX_SIZES).map((stated) => ({
      id: 'file.sizesDiffer',
      backing: 'inferred',
      messages: { value: message('fact.sizes', { stated: formatSize(stated), found: formatSize(found) }) },
      facts: [
        { name: 'stated', value: formatSize(stated) },
        { name: 'found', value: formatSize(found) },
      ],
      basis: [stated.location, { carrier: 'streams', locator: 'picture size' }],
    }));
  },
});

const MAX_SIZES = 4;

interface Size {
  width: number;
  height: number;
}
interface StatedSize extends Size {
  location: Location;
}

const formatSize = ({ width, height }: Size): string => `${width}×${height}`;

type SizeEvidence = Pick<Evidence, 'exif' | 'xmp' | 'pngText'>;

function findStatedSizes({ exif, xmp, pngText }: SizeEvidence): StatedSize[] {
  const fields = foundValue(exif) ?? [];
  const texts = [
    ...(foundValue(pngText) ?? []).map((t) => ({
      text: t.text,
      location: { carrier: 'pngText' as const, locator: `${t.chunk} ${t.keyword}`, offset: t.offset },
    })),
    ...fields.flatMap((f) =>
      f.name === 'UserComment' && typeof f.value === 'string'
        ? [{ text: f.value, location: exifLocation(f) }]
        : [],
    ),
  ];
  return [
    ...readExifSizes(fields, 'Exif', 'ExifImageWidth', 'ExifImageHeight'),
    ...readExifSizes(fields, 'IFD0', 'ImageWidth', 'ImageHeight'),
    ...(foundValue(xmp) ?? []).flatMap((packet) => [
      ...readXmpSizes(packet, 'exif:PixelXDimension', 'exif:PixelYDimension'),
      ...readXmpSizes(packet, 'tiff:ImageWidth', 'tiff:ImageLength'),
    ]),
    ...texts.flatMap(({ text, location }) => readSettingsSize(text, location)),
  ];
}

function readExifSizes(fields: readonly ExifField[], block: 'Exif' | 'IFD0', wide: string, high: string) {
  const find = (name: string) => fields.find((f) => f.block === block && f.name === name);
  const width = find(wide);
  const height = find(high);
  return width && height ? size(width.value, height.value, exifLocation(width)) : [];
}

function readXmpSizes(packet: XmpPacket, wide: string, high: string) {
  const find = (path: string) => packet.properties.find((p) => p.path === path)?.value.trim() ?? '';
  const number = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
  return size(number(find(wide)), number(find(high)), xmpLocation(packet, wide));
}

/**
 * Reads the size from the settings line of Stable Diffusion web UI. If the line says that the picture was scaled, its
 * size is that of another picture.
 */
function readSettingsSize(text: string, location: Location) {
  const line = /(?:^|\n)Steps: \d{1,5}, [^\n]*/.exec(text)?.[0] ?? '';
  const found = /, Size: (\d{1,6})x(\d{1,6})\b/.exec(line);
  if (!found || /\b(hires|upscale|resize|postprocess|tiled diffusion|ultimate)/i.test(line)) return [];
  return size(Number(found[1]), Number(found[2]), location);
}

/** Zeros mean that the size is unknown. */
function size(width: ExifField['value'], height: ExifField['value'], location: Location): StatedSize[] {
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? [{ width, height, location }]
    : [];
}
