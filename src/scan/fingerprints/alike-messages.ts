import { limits } from '../../base/limits.js';
import { type Message, message } from '../../i18n/message.js';
import type { AlikeGroup, AlikePictures } from './alike.js';

/** Returns the number of files and how near they are. */
export const alikeGroupMessage = ({ same, files }: AlikeGroup): Message =>
  same.length === 1
    ? message('overview.similar.same', { count: files })
    : message('overview.similar.similar', { count: files, pictures: same.length });

/** Returns notes on how much was compared and what was not. */
export function alikeNoteMessages({
  count,
  files,
  compared,
  notCompared: left,
  withCuts,
  notSearchable,
  groups,
}: AlikePictures): Message[] {
  return [
    count === 0
      ? message('overview.similar.none', { compared })
      : message('overview.similar.count', { count, files, compared }),
    ...(count > groups.length ? [message('overview.similar.cut', { shown: groups.length })] : []),
    ...(withCuts ? [] : [message('overview.similar.whole', { most: limits.similarPicturesWithCrops })]),
    ...(left === 0 ? [] : [message('overview.similar.left', { count: left, most: limits.similarPictures })]),
    ...(notSearchable === 0 ? [] : [message('overview.similar.notCompared', { count: notSearchable })]),
  ];
}
