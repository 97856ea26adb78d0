import { C2PA_TOOLS, type C2paTool } from '../signatures/c2pa-tools.js';

/** Tools of our table in the names that manifests write. */

const ROWS: readonly C2paTool[] = C2PA_TOOLS;
const TOOLS: ReadonlyMap<string, C2paTool> = new Map(
  ROWS.flatMap((row) => [
    [row.written.replaceAll('_', ' ').toLowerCase(), row],
    [row.tool.replaceAll('_', ' ').toLowerCase(), row],
  ]),
);
const VARIANTS = [...TOOLS].filter(([, { hasVariants }]) => hasVariants === true);

/** Returns the row of a name: `Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2` is Adobe Photoshop. */
export function findC2paTool(written: string): C2paTool | undefined {
  const name = removeVersion(written).toLowerCase();
  return TOOLS.get(name) ?? VARIANTS.find(([begin]) => /^[\s-]/.test(startAfter(name, begin)))?.[1];
}

/** Returns whether a name is that of a C2PA library, which makes no content. */
export const isC2paLibrary = (written: string): boolean => findC2paTool(written)?.kind === 'library';

const startAfter = (name: string, begin: string): string =>
  name.startsWith(begin) ? name.slice(begin.length) : '';

const MAX_CHARACTERS = 256;

/** Returns a claim generator without the C2PA libraries listed after it. */
export function extractProgram(written: string): string {
  return written
    .slice(0, MAX_CHARACTERS)
    .trim()
    .replace(/\s+\S*c2pa\S*\/\S+/gi, '');
}

/** Returns the program's name without its version. */
function removeVersion(written: string): string {
  const bare = extractProgram(written)
    .replace(/\/.*$/s, '')
    .replaceAll('_', ' ')
    .replace(/\s+v?\d[\d.:]*$/, '')
    .trim();
  return bare === '' ? written : bare;
}
