import { shortenUnquoted } from '../../base/quoted.js';
import { message } from '../../i18n/message.js';
import { foundValue } from '../media/carrier.js';
import { KNOWN_MAKES, MAKER_NOTE_HEADS } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { exifLocation, readExifText } from './exif-field.js';

/**
 * Detects a maker note that begins like another maker's than EXIF names: one of the two was written later or copied.
 * Both must be known; a missing note says nothing, since editors drop it.
 */
export const cameraMakerNote = defineDetector({
  id: 'camera-maker-note',
  needs: ['exif'],
  raises: ['camera.makerNoteMismatch'],
  detect({ exif }) {
    const fields = foundValue(exif) ?? [];
    const make = readExifText(fields, 'IFD0', 'Make');
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
        messages: {
          value: message('fact.makerNote', {
            make: shortenUnquoted(make),
            written: shortenUnquoted(written),
          }),
        },
        facts: [
          { name: 'make', value: make },
          { name: 'maker note', value: written },
        ],
        basis: [{ carrier: 'exif', locator: 'IFD0 Make' }, exifLocation(note)],
      },
    ];
  },
});

const HEAD_BYTES = 16;

/** Binary maker notes arrive as hexadecimal. */
function headOf(value: string): string {
  if (!/^([0-9a-f]{2}){8,}$/.test(value)) return value;
  const pairs = value.slice(0, HEAD_BYTES * 2).match(/../g) ?? [];
  return pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}
