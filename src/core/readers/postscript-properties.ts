import type { Asset } from '../media/asset.js';
import { structuringComments } from './containers/postscript.js';
import type { TagList } from './tag-list.js';

/** What a PostScript or EPS file says of itself in the comments at its head. */
export async function postScriptProperties(asset: Asset, list: TagList): Promise<void> {
  const { items, fault } = await structuringComments(asset);
  for (const { key, value, offset } of items)
    if (value !== '') list.add({ system: 'PostScript comment', key, value, offset });
  list.fault(fault);
}
