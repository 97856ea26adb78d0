import { Metadata } from '@tus/server';
import { said } from '../../say/said.js';
import { httpLimits } from '../limits.js';
import { Problem } from '../problem.js';

/** What a client says of its upload. Bounded, since it is kept and said back; the names are never paths. */
export function uploadMetadata(header: string | string[] | undefined): void {
  if (header === undefined) return;
  const text = String(header);
  if (text.length > httpLimits.uploadMetadataCharacters) {
    throw new Problem('upload-bad', {
      detail: said('problem.upload-bad.metadata', { most: httpLimits.uploadMetadataCharacters }),
    });
  }
  try {
    Metadata.parse(text);
  } catch (cause) {
    throw new Problem('upload-bad', { cause });
  }
}
