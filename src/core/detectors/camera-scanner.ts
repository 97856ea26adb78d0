import { type PlainId, said } from '../../say/said.js';
import type { ExifField } from '../evidence/evidence.js';
import { readValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';
import { exifPlace } from './exif-field.js';

/** Scanners by their EXIF field. */
export const cameraScanner = defineDetector({
  id: 'camera-scanner',
  needs: ['exif'],
  raises: ['camera.scanner'],
  detect({ exif }) {
    const field = (readValue(exif) ?? []).find((f) => f.block === 'Exif' && f.name === 'FileSource');
    const kind = field && SCANNERS[sourceNumber(field.value)];
    if (!field || kind === undefined) return [];
    return [
      {
        id: 'camera.scanner',
        backing: 'inferred',
        grade: 'D',
        said: { value: said(kind) },
        basis: [exifPlace(field)],
      },
    ];
  },
});

/** EXIF 3.0 §4.6.6, FileSource: 1 film scanner, 2 reflection print scanner, 3 digital camera. */
const SCANNERS: Readonly<Record<number, PlainId>> = { 1: 'fact.scanner.film', 2: 'fact.scanner.print' };

/** A single byte of undefined type: a number, or its hexadecimal digits. */
function sourceNumber(value: ExifField['value']): number {
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'number') return first;
  return /^0[123]$/.test(first ?? '') ? Number(first) : (first ?? '').charCodeAt(0);
}
