import { createHash } from 'node:crypto';
import { bytesOfPath } from '../core/ground/path-text.js';

/** 128 bits of a digest: short in an index, and no two paths are made to meet. */
export const keyOf = (path: string): string =>
  createHash('sha256').update(bytesOfPath(path)).digest('base64url').slice(0, 22);
