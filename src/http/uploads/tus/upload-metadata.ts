import { Metadata } from '@tus/server';
import { message } from '../../../i18n/message.js';
import { httpLimits } from '../../contract/limits.js';
import { Problem } from '../../contract/problems/problem.js';

/** Validates the metadata of an upload. It is bounded, since it is stored and sent back; its names never become paths. */
export function assertMetadata(header: string | string[] | undefined): void {
  if (header === undefined) return;
  const text = String(header);
  if (text.length > httpLimits.uploadMetadataCharacters) {
    throw new Problem('upload-bad', {
      detail: message('problem.upload-bad.metadata', { most: httpLimits.uploadMetadataCharacters }),
    });
  }
  try {
    Metadata.parse(text);
  } catch (cause) {
    throw new Problem('upload-bad', { cause });
  }
}
