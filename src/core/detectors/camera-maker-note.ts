import { said } from '../../say/said.js';
import { plain } from '../ground/quoted.js';
import { readValue } from '../media/carrier.js';
import { KNOWN_MAKES, MAKER_NOTE_HEADS } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { exifPlace, exifTextOf } from './exif-field.js';

/**
 * EXIF names one maker and the maker note begins as another's: one of them was written later or copied. Only where
 * both are known; a missing note says nothing, since editors drop it.
 */
export const cameraMakerNote = defineDetector({
  id: 'camera-maker-note',
  needs: ['exif'],
  raises: ['camera.makerNoteMismatch'],
  detect({ exif }) {
    const fields = readValue(exif) ?? [];
    const make = exifTextOf(fields, 'IFD0', 'Make');
    const note = fields.find((f) => f.block === 'Exif' && f.name === 'MakerNote');
    if (!make || !KNOWN_MAKES.test(make) || typeof note?.value !== 'string') return [];
    const head = headOf(note.value);
    const row = MAKER_NOTE_HEADS.find((r) => r.head.test(head));
    if (!row || row.makes.test(make)) return [];
    const written = row.head.exec(head)?.[0] ?? '';
    return [
      {
        id: 'camera.makerNoteMismatch',
        backing: 'inferred',
        said: { value: said('fact.makerNote', { make: plain(make), written: plain(written) }) },
        facts: [
          { name: 'make', value: make },
          { name: 'maker note', value: written },
        ],
        basis: [{ carrier: 'exif', place: 'IFD0 Make' }, exifPlace(note)],
      },
    ];
  },
});

const HEAD_BYTES = 16;

/** Notes that are no text come as hexadecimal. */
function headOf(value: string): string {
  if (!/^([0-9a-f]{2}){8,}$/.test(value)) return value;
  const pairs = value.slice(0, HEAD_BYTES * 2).match(/../g) ?? [];
  return pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}
