import { message, type PlainMessageId } from '../../i18n/message.js';
import type { ExifField } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';
import { exifLocation } from './exif-field.js';

/** Detects scanners by the EXIF field FileSource. */
export const cameraScanner = defineDetector({
  id: 'camera-scanner',
  needs: ['exif'],
  raises: ['camera.scanner'],
  detect({ exif }) {
    const field = (foundValue(exif) ?? []).find((f) => f.block === 'Exif' && f.name === 'FileSource');
    const kind = field && SCANNERS[sourceNumber(field.value)];
    if (!field || kind === undefined) return [];
    return [
      {
        id: 'camera.scanner',
        backing: 'inferred',
        grade: 'D',
        messages: { value: message(kind) },
        basis: [exifLocation(field)],
      },
    ];
  },
});

/** EXIF 3.0 §4.6.6, FileSource: 1 film scanner, 2 reflection print scanner, 3 digital camera. */
const SCANNERS: Readonly<Record<number, PlainMessageId>> = {
  1: 'fact.scanner.film',
  2: 'fact.scanner.print',
};

/** Reads a single byte of undefined type: a number, or its hexadecimal digits. */
function sourceNumber(value: ExifField['value']): number {
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'number') return first;
  return /^0[123]$/.test(first ?? '') ? Number(first) : (first ?? '').charCodeAt(0);
}
