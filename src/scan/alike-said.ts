import { limits } from '../core/ground/limits.js';
import { type Said, said } from '../say/said.js';
import type { Alike, AlikeGroup } from './alike.js';

/** How many files, and how near. */
export const groupSaid = ({ same, files }: AlikeGroup): Said =>
  same.length === 1
    ? said('overview.alike.same', { count: files })
    : said('overview.alike.similar', { count: files, pictures: same.length });

/** How much was compared, and what was not. */
export function alikeNotes({ count, files, compared, left, withCuts, notSearchable, groups }: Alike): Said[] {
  return [
    count === 0
      ? said('overview.alike.none', { compared })
      : said('overview.alike.count', { count, files, compared }),
    ...(count > groups.length ? [said('overview.alike.cut', { shown: groups.length })] : []),
    ...(withCuts ? [] : [said('overview.alike.whole', { most: limits.alikePicturesWithCuts })]),
    ...(left === 0 ? [] : [said('overview.alike.left', { count: left, most: limits.alikePictures })]),
    ...(notSearchable === 0 ? [] : [said('overview.alike.notCompared', { count: notSearchable })]),
  ];
}
