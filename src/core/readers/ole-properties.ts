import { limits } from '../ground/limits.js';
import { table } from '../ground/table.js';
import type { Asset } from '../media/asset.js';
import { compoundFile } from './containers/compound-file.js';
import { isEncryptedOffice } from './containers/office-streams.js';
import { type Property, propertySets } from './containers/property-set.js';
import { bounded, malformed } from './containers/walk.js';
import type { TagList } from './tag-list.js';

/** Streams of a document's own properties ([MS-OLEPS] §3.1). */
const STREAMS = ['\x05SummaryInformation', '\x05DocumentSummaryInformation'] as const;

/**
 * Properties by the identifier of their set and their number ([MS-OLEPS] §3.1.2 and 3.1.3). Where Office Open XML has the
 * same one, it is called as there. How long somebody worked on it and its pictures are left out.
 */
const NAMES: Readonly<Record<string, Readonly<Record<number, string>>>> = table({
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

/** Properties of Word, Excel and PowerPoint before Office Open XML; those with a name of their own as they are called. */
export async function oleProperties(asset: Asset, list: TagList): Promise<void> {
  const { root, fault } = await compoundFile(asset);
  for (const name of STREAMS) {
    const stream = root.streams.find((one) => one.name === name);
    if (stream === undefined) continue;
    const most = limits.propertySetBytes;
    const bytes = await stream.read(Math.min(stream.bytes, most));
    const system = name.slice(1);
    if (bytes === undefined) {
      list.fault(malformed('compound.damaged'));
      continue;
    }
    const { items, isDamaged, isCut } = propertySets(bytes);
    for (const property of items) {
      const key = keyOf(property);
      if (key !== undefined) list.add({ system, key, value: property.value, offset: stream.offset });
    }
    if (isCut) list.fault(bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' }));
    if (stream.bytes > most) list.fault(bounded('bound.propertySet', { most }));
    else if (isDamaged) list.fault(malformed('compound.damaged'));
  }
  // An encrypted document keeps its properties in a stream of its own form, and may leave others in the clear.
  if (await isEncryptedOffice(root)) list.fault(bounded('part.encrypted'));
  list.fault(fault);
}

function keyOf({ set, id, name }: Property): string | undefined {
  return NAMES[set]?.[id] ?? name;
}
