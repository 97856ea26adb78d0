import { createHash } from 'node:crypto';
import { encodePath } from '../../base/path-text.js';

/** Returns 128 bits of a digest: short in an index, and collisions cannot be constructed. */
export const pathKey = (path: string): string =>
  createHash('sha256').update(encodePath(path)).digest('base64url').slice(0, 22);
