import type { MediaType } from '../core/media/media-kinds.js';
import { detectMediaType } from '../core/media/media-type.js';
import { UNKNOWN_MEDIA_TYPE } from '../core/media/media-types.js';
import { said } from '../say/said.js';
import { SourceError } from './entry.js';

/**
 * What a file's first bytes show it to be; undefined where they do not tell. `bytes`: how many it has in all.
 */
export async function typeByHead(head: Buffer, bytes: number): Promise<MediaType | undefined> {
  const beyond = () => {
    throw new Error('not here');
  };
  const type = await detectMediaType(beyond, head, bytes).catch(() => undefined);
  return type?.fault === undefined ? type : undefined;
}

/**
 * Why the rest of a file is not fetched, where its first bytes show that nothing of it would be looked into: no reader
 * knows its format, or none reads it. Undefined where it is to be fetched. Never a statement that it holds no mark.
 */
export async function notFetched(head: Buffer, bytes: number): Promise<SourceError | undefined> {
  // All of it is here already.
  if (head.length >= bytes) return undefined;
  const type = await typeByHead(head, bytes);
  if (type === undefined) return undefined;
  if (type.container === UNKNOWN_MEDIA_TYPE.container)
    return new SourceError('not-fetched', said('scan.sniff.unknown'));
  if (type.container === 'unread')
    return new SourceError('not-fetched', said('scan.sniff.unread', { format: type.format }));
  return undefined;
}
