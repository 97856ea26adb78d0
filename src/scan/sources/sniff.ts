import type { MediaType } from '../../core/media/media-kinds.js';
import { detectMediaType } from '../../core/media/media-type.js';
import { UNKNOWN_MEDIA_TYPE } from '../../core/media/media-types.js';
import { message } from '../../i18n/message.js';
import { SourceError } from './entry.js';

/**
 * Returns the media type by the first bytes; `undefined` if they are not conclusive. `bytes` is the size of the whole
 * file.
 */
export async function detectTypeOfHead(head: Buffer, bytes: number): Promise<MediaType | undefined> {
  const beyond = () => {
    throw new Error('not here');
  };
  const type = await detectMediaType(beyond, head, bytes).catch(() => undefined);
  return type?.fault === undefined ? type : undefined;
}

/**
 * Returns the reason not to fetch the rest of a file: its first bytes show an unknown format, or one that no reader
 * reads. Returns `undefined` if it must be fetched. The reason never states that the file has no label.
 */
export async function skipReason(head: Buffer, bytes: number): Promise<SourceError | undefined> {
  // The head is the whole file.
  if (head.length >= bytes) return undefined;
  const type = await detectTypeOfHead(head, bytes);
  if (type === undefined) return undefined;
  if (type.container === UNKNOWN_MEDIA_TYPE.container)
    return new SourceError('not-fetched', message('scan.sniff.unknown'));
  if (type.container === 'unread')
    return new SourceError('not-fetched', message('scan.sniff.unread', { format: type.format }));
  return undefined;
}
