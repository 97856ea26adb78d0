import { join } from 'node:path';
import { bundledParts } from './licences.js';

/** Copied whole by scripts/native-engine.js. */
const CARRIED = ['@contentauth/c2pa-node'];

/** Returns whether a package that is no dependency is shipped nevertheless, because the last build bundled or copied it. */
export function isShipped(root) {
  const bundled = new Set(bundledParts(join(root, 'dist')).map(({ name, version }) => `${name}@${version}`));
  return (name, version) => CARRIED.includes(name) || bundled.has(`${name}@${version}`);
}
