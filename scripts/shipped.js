import { join } from 'node:path';
import { bundledParts } from './licences.js';

/** Carried whole, as scripts/native-engine.js does. */
const CARRIED = ['@contentauth/c2pa-node'];

/** Whether a package that is no dependency reaches who installs this all the same: as the last build bundled or carried it. */
export function isShipped(root) {
  const bundled = new Set(bundledParts(join(root, 'dist')).map(({ name, version }) => `${name}@${version}`));
  return (name, version) => CARRIED.includes(name) || bundled.has(`${name}@${version}`);
}
