import type { Asset } from '../../media/asset.js';
import { readStructuringComments } from '../containers/postscript.js';
import type { TagList } from '../text/tag-list.js';

/** Reads the comments at the head of a PostScript or EPS file. */
export async function readPostScriptProperties(asset: Asset, list: TagList): Promise<void> {
  const { items, fault } = await readStructuringComments(asset);
  for (const { key, value, offset } of items)
    if (value !== '') list.add({ system: 'PostScript comment', key, value, offset });
  list.addFault(fault);
}
