import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { readCompoundFile } from '../containers/compound-file.js';
import { isEncryptedOffice } from '../containers/office-streams.js';
import { type Property, parsePropertySets } from '../containers/property-set.js';
import { bounded, malformed } from '../containers/walk.js';
import type { TagList } from '../text/tag-list.js';

/** Streams of a document's properties ([MS-OLEPS] §3.1). */
const STREAMS = ['\x05SummaryInformation', '\x05DocumentSummaryInformation'] as const;

/**
 * Names of properties by set identifier and number ([MS-OLEPS] §3.1.2 and 3.1.3), as in Office Open XML if it has the
 * same one. Editing time and thumbnails are omitted.
 */
const NAMES: Readonly<Record<string, Readonly<Record<number, string>>>> = lookupTable({
  E0859FF2F94F6810AB9108002B27B3D9: {
    2: 'Title',
    3: 'Subject',
    4: 'Author',
    5: 'Keywords',
    6: 'Comments',
    7: 'Template',
    8: 'LastAuthor',
    9: 'RevisionNumber',
    11: 'LastPrinted',
    12: 'CreateTime',
    13: 'LastSavedTime',
    14: 'Pages',
    15: 'Words',
    16: 'Characters',
    18: 'Application',
    19: 'DocSecurity',
  },
  '02D5CDD59C2E1B10939708002B2CF9AE': {
    2: 'Category',
    3: 'PresentationFormat',
    5: 'Lines',
    6: 'Paragraphs',
    7: 'Slides',
    14: 'Manager',
    15: 'Company',
    23: 'AppVersion',
    26: 'ContentType',
    27: 'ContentStatus',
    28: 'Language',
    29: 'DocVersion',
  },
});

/**
 * Reads the properties of Word, Excel and PowerPoint before Office Open XML. User-defined properties have their own
 * names.
 */
export async function readOleProperties(asset: Asset, list: TagList): Promise<void> {
  const { root, fault } = await readCompoundFile(asset);
  for (const name of STREAMS) {
    const stream = root.streams.find((one) => one.name === name);
    if (stream === undefined) continue;
    const most = limits.propertySetBytes;
    const bytes = await stream.read(Math.min(stream.bytes, most));
    const system = name.slice(1);
    if (bytes === undefined) {
      list.addFault(malformed('compound.damaged'));
      continue;
    }
    const { items, isDamaged, isCut } = parsePropertySets(bytes);
    for (const property of items) {
      const key = keyOf(property);
      if (key !== undefined) list.add({ system, key, value: property.value, offset: stream.offset });
    }
    if (isCut) list.addFault(bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' }));
    if (stream.bytes > most) list.addFault(bounded('bound.bytes', { place: 'OLE', most }));
    else if (isDamaged) list.addFault(malformed('compound.damaged'));
  }
  // An encrypted document stores its properties in a special stream, and may leave others unencrypted.
  if (await isEncryptedOffice(root)) list.addFault(bounded('part.encrypted'));
  list.addFault(fault);
}

function keyOf({ set, id, name }: Property): string | undefined {
  return NAMES[set]?.[id] ?? name;
}
