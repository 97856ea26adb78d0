import type { Message } from '../../../i18n/message.js';
import type { Fingerprints } from '../../../matching/fingerprint.js';
import { parsePdqHash } from '../../../matching/hash-text.js';
import { Problem } from '../../contract/problems/problem.js';

/** Converts a hash that the client sends to a fingerprint for the search. Throws the problem `hash-bad`. */
export function fingerprintFromHash(hash: string): Fingerprints {
  const bits = parsePdqHash(hash);
  if (!(bits instanceof Uint8Array)) throw badHash(bits);
  // The quality is unknown; the hash is trusted not to be of an empty picture.
  const fingerprint = {
    kind: 'picture',
    quality: 100,
    frames: 1,
    shelf: bits,
    query: bits,
  } as const;
  return { made: [fingerprint], missing: [] };
}

const badHash = (detail: Message): Problem =>
  new Problem('hash-bad', { detail, errors: [{ pointer: '/hash', detail }] });
