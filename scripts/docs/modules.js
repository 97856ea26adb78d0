import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../generated.js';

const PAGE = 'docs/rooms.md';
const PICTURE = /```mermaid\n[\s\S]*?\n```/;

/**
 * Generates the picture of docs/rooms.md from the page's own table, which the architecture test holds against the
 * imports. An arrow is left out if a longer way along other arrows exists.
 */
export async function modulesPage() {
  const page = await readFile(join(ROOT, PAGE), 'utf8');
  const imports = new Map(
    [...page.matchAll(/^\| `(\S+)` +\|.*\| (.*?) +\|$/gm)].map(([, module, cell]) => [module, namesIn(cell)]),
  );
  return page.replace(PICTURE, () => `\`\`\`mermaid\n${picture(imports).join('\n')}\n\`\`\``);
}

/** Parses `core: media, trust; scan` into module names. */
const namesIn = (cell) =>
  cell === '–'
    ? []
    : cell.split('; ').flatMap((group) => {
        const [, core, names] = /^(core: )?(.*)$/.exec(group);
        return names.split(', ').map((name) => (core ? `core/${name}` : name));
      });

function picture(imports) {
  const below = (module) => new Set(imports.get(module)?.flatMap((next) => [next, ...below(next)]));
  const needed = (module) =>
    imports
      .get(module)
      .filter((one) => !imports.get(module).some((other) => other !== one && below(other).has(one)));
  // Every module uses these two.
  const shown = [...imports.keys()].filter((module) => !['base', 'i18n'].includes(module));
  const core = shown.filter((module) => module.startsWith('core/'));
  const id = (module) => module.replace('core/', 'core-');
  return [
    'flowchart TD',
    '  subgraph core',
    ...core.map((module) => `    ${id(module)}["${module.slice('core/'.length)}"]`),
    '  end',
    ...shown.flatMap((module) => needed(module).map((next) => `  ${id(module)} --> ${id(next)}`)),
  ];
}
