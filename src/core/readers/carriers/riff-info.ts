import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { type RiffChunk, readAiffChunks, readListChunks, readRiffForms } from '../containers/riff-chunks.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText } from '../text/tag-text.js';

/**
 * Reads text in the chunks of WAV, AVI and AIFF: children of `LIST` chunks of type `INFO`, the private `AIGC` chunk
 * that TC260-PG-202510A puts into WAV, dates and names in AVI's headers, AIFF's text chunks.
 */
export const riffInfoReader: Reader<'riffInfo'> = {
  carrier: 'riffInfo',

  async read(asset) {
    const list = new TagList();
    const lists = { left: limits.riffLists };
    const aiff = asset.mediaType.container === 'aiff';
    const forms = aiff ? [await readAiffChunks(asset)] : await readRiffForms(asset);
    for (const form of forms) {
      for (const chunk of form.items) {
        if (list.isFull) break;
        if (aiff ? AIFF_TEXTS.has(chunk.id) : chunk.id === 'AIGC')
          await addText(asset, chunk, aiff ? 'AIFF' : 'RIFF chunk', list);
        else if (chunk.id === 'LIST' && !aiff) await readList(asset, chunk, lists, list);
      }
      list.addFault(form.fault);
    }
    const after = asset.bytes - (forms.at(-1)?.end ?? asset.bytes);
    return list.conclude(after > 1 ? message('note.bytesBehindEnd', { bytes: after }) : undefined);
  },
};

/**
 * Text chunks of AIFF 1.3 (name, author, copyright, annotation), and the label's key in case a writer puts it here as
 * into WAV.
 */
const AIFF_TEXTS: ReadonlySet<string> = new Set(['NAME', 'AUTH', '(c) ', 'ANNO', 'AIGC']);
/** Lists of AVI headers that may contain other lists. */
const AVI_LISTS: ReadonlySet<string> = new Set(['hdrl', 'strl']);
const AVI_TEXTS: ReadonlySet<string> = new Set(['IDIT', 'ISFT', 'ISMP', 'strn', 'AIGC']);

async function readList(
  asset: Asset,
  chunk: RiffChunk,
  lists: { left: number },
  list: TagList,
): Promise<void> {
  const type = (await asset.read(chunk.dataOffset, 4)).toString('latin1');
  const info = type === 'INFO';
  if (!info && !AVI_LISTS.has(type)) return;
  lists.left -= 1;
  if (lists.left < 0) {
    list.addFault(bounded('bound.entries', { place: 'RIFF INFO', most: limits.riffLists }));
    return;
  }
  const { items, fault } = await readListChunks(asset, chunk);
  for (const item of items) {
    if (list.isFull) return;
    if (item.id === 'LIST') await readList(asset, item, lists, list);
    else if (info) await addText(asset, item, 'RIFF INFO', list);
    else if (AVI_TEXTS.has(item.id)) await addText(asset, item, `AVI ${type}`, list);
  }
  list.addFault(fault);
}

async function addText(asset: Asset, chunk: RiffChunk, system: string, list: TagList): Promise<void> {
  const { id, dataOffset, dataBytes } = chunk;
  const bytes = await asset.read(dataOffset, Math.min(dataBytes, limits.tagValueBytes));
  list.add({ system, key: id, value: decodeTagText(bytes), offset: dataOffset }, dataBytes);
}
