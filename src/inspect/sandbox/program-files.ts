import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { buildFolder } from '../../base/built-files.js';

/** Settings that programs need to find their libraries; they contain no users, addresses or keys of this machine. */
export const SYSTEM_SETTINGS: readonly string[] = ['/etc/ld.so.cache', '/etc/alternatives'];

/** On merged systems these are links into `/usr`; elsewhere separate folders. */
export const USR_ALIASES: readonly string[] = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/**
 * Returns Node, the build, and every folder that may contain its modules: an installed package is in a `node_modules`
 * itself.
 */
export function listProgramFiles(entry: string): string[] {
  const node = realpathSync(process.execPath);
  const dist = buildFolder();
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
