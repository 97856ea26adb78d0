import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { builtFolder } from '../core/ground/built.js';

/** Only what programs need to find their libraries; no user, no address, no key of this machine. */
export const SYSTEM_SETTINGS: readonly string[] = ['/etc/ld.so.cache', '/etc/alternatives'];

/** On merged systems links into `/usr`; elsewhere folders of their own. */
export const BESIDE_USR: readonly string[] = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Node, what is built, and every folder its modules may stand in: an installed one lies in a `node_modules` itself. */
export function programFiles(entry: string): string[] {
  const node = realpathSync(process.execPath);
  const dist = builtFolder();
  const program = dirname(dist);
  const modules = withAncestors(program).map((folder) => join(folder, 'node_modules'));
  const inside = modules.filter((path) => program.startsWith(path + sep));
  const files = [...inside, dist, join(program, 'package.json'), ...modules, dirname(entry)];
  return [...new Set([...(node.startsWith('/usr/') ? [] : [node]), ...files])].filter((path) =>
    existsSync(path),
  );
}

export function withAncestors(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...withAncestors(above)];
}
