import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { IimField } from '../../evidence/evidence.js';
import type { MetadataBlock } from '../blocks/block.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import { conclude, toNotes, type WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';

/** Familiar names of IPTC-IIM 4.2 application record datasets. */
const NAMES: Readonly<Record<string, string>> = lookupTable({
  '1:90': 'CodedCharacterSet',
  '2:5': 'ObjectName',
  '2:25': 'Keywords',
  '2:40': 'SpecialInstructions',
  '2:55': 'DateCreated',
  '2:60': 'TimeCreated',
  '2:65': 'OriginatingProgram',
  '2:70': 'ProgramVersion',
  '2:80': 'Byline',
  '2:90': 'City',
  '2:101': 'Country',
  '2:103': 'OriginalTransmissionReference',
  '2:105': 'Headline',
  '2:110': 'Credit',
  '2:115': 'Source',
  '2:116': 'CopyrightNotice',
  '2:120': 'Caption',
  '2:122': 'Writer',
});

const UTF8_DESIGNATION = '\u001b%G';

/** Reads IPTC-IIM datasets: 0x1c, record, dataset, 16-bit length, data. Extended lengths are skipped. */
export const iptcIimReader: Reader<'iptcIim'> = {
  carrier: 'iptcIim',

  async read(asset) {
    const blocks = await readMetadataBlocks(asset);
    const fields: IimField[] = [];
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.iim;
    for (const block of blocks.iim) fault ??= readBlock(block, fields);
    return conclude(fields, fields.length === 0, fault, toNotes(blocks.note));
  },
};

function readBlock({ bytes, locator: place }: MetadataBlock, into: IimField[]): WalkFault | undefined {
  const utf8 = bytes.toString('latin1').includes(`\u001c\u0001\u005a\u0000\u0003${UTF8_DESIGNATION}`);
  let at = 0;
  while (at + 5 <= bytes.length) {
    // A zero marks the padding that is common at the end.
    if (bytes[at] === 0) return undefined;
    if (into.length >= limits.tagsPerCarrier)
      return bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' });
    if (bytes[at] !== 0x1c) return malformed('iim.marker', { place });
    const dataset = `${bytes[at + 1]}:${bytes[at + 2]}`;
    const length = bytes.readUInt16BE(at + 3);
    const extended = length > 0x7fff;
    const size = extended ? bytes.length : length;
    if (extended || at + 5 + size > bytes.length) {
      return malformed('iim.length', { place });
    }
    const value = bytes.subarray(at + 5, at + 5 + size);
    into.push({
      dataset,
      name: NAMES[dataset] ?? dataset,
      value: value.toString(utf8 ? 'utf8' : 'latin1'),
    });
    at += 5 + size;
  }
  return undefined;
}
