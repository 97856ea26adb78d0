import type { ContainerTag, ExifField, XmpPacket } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { exifLocation } from './exif-field.js';
import { xmpLocation } from './xmp-locator.js';

/**
 * Detects where the file says it was made. The position appears only in facts, so that it is masked unless the caller
 * requests it.
 */
export const cameraLocation = defineDetector({
  id: 'camera-location',
  needs: ['exif', 'xmp', 'bmffMeta'],
  raises: ['camera.location'],
  detect({ exif, xmp, bmffMeta }): Signal[] {
    const positions = [
      ...readExifPosition(foundValue(exif) ?? []),
      ...(foundValue(xmp) ?? []).flatMap(readXmpPosition),
      ...(foundValue(bmffMeta) ?? []).flatMap(readTagPosition),
    ];
    const [first] = positions;
    if (!first) return [];
    return [
      {
        id: 'camera.location',
        backing: 'inferred',
        facts: [fact('latitude', first.latitude), fact('longitude', first.longitude)],
        basis: positions.slice(0, MAX_LOCATORS).flatMap((p) => p.basis),
      },
    ];
  },
});

interface Position {
  latitude: number;
  longitude: number;
  basis: Location[];
}

const MAX_LOCATORS = 8;

function fact(name: string, value: number): SignalFact {
  return { name, value: value.toFixed(6), personal: 'location' };
}

function position(latitude: number, longitude: number, basis: Location[]): Position[] {
  const holds = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Receivers without a fix write zeros.
  return holds && (latitude !== 0 || longitude !== 0) ? [{ latitude, longitude, basis }] : [];
}

/** EXIF 3.0 §4.6.7: degrees, minutes and seconds, with the hemisphere in a separate field. */
function readExifPosition(fields: readonly ExifField[]): Position[] {
  const find = (name: string) => fields.find((f) => f.block === 'GPS' && f.name === name);
  const latitude = find('GPSLatitude');
  const longitude = find('GPSLongitude');
  if (!latitude || !longitude) return [];
  const sign = (name: string, negative: RegExp) => (negative.test(String(find(name)?.value ?? '')) ? -1 : 1);
  return position(
    degrees(latitude.value) * sign('GPSLatitudeRef', /^s/i),
    degrees(longitude.value) * sign('GPSLongitudeRef', /^w/i),
    [exifLocation(latitude), exifLocation(longitude)],
  );
}

function degrees(value: ExifField['value']): number {
  if (!Array.isArray(value)) return Number.NaN;
  const [whole = Number.NaN, minutes = 0, seconds = 0] = value;
  return whole + minutes / 60 + seconds / 3600;
}

/** XMP form: `48,30.5N` or `48,30,15N`. */
function readXmpPosition(packet: XmpPacket): Position[] {
  const read = (path: string): number => {
    const value = packet.properties.find((p) => p.path === path)?.value ?? '';
    const found = /^(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])$/.exec(
      value.trim(),
    );
    if (!found) return Number.NaN;
    const [, whole, minutes, seconds, side] = found;
    const size = Number(whole) + Number(minutes) / 60 + Number(seconds ?? 0) / 3600;
    return side === 'S' || side === 'W' ? -size : size;
  };
  const [latitude, longitude] = ['exif:GPSLatitude', 'exif:GPSLongitude'] as const;
  return position(read(latitude), read(longitude), [xmpLocation(packet, `${latitude}, ${longitude}`)]);
}

/** ISO 6709 in decimal degrees, as Apple and Android write it: `+48.0000-002.0000+010.000/`. */
function readTagPosition({ key, system, value, offset }: ContainerTag): Position[] {
  if (!/^(com\.apple\.quicktime\.location\.ISO6709|©xyz|loci|location(-\w{3})?)$/.test(key)) return [];
  const found = /^([+-]\d{1,2}(?:\.\d{1,12})?)([+-]\d{1,3}(?:\.\d{1,12})?)/.exec(value.trim());
  return position(Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? Number.NaN), [
    { carrier: 'bmffMeta', locator: `${system} ${key}`, ...(offset === undefined ? {} : { offset }) },
  ]);
}
