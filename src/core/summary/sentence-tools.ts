import { C2PA_TOOLS, type C2paTool } from '../signatures/c2pa-tools.js';

const ROWS: readonly C2paTool[] = C2PA_TOOLS;
const TOOLS: ReadonlyMap<string, string> = new Map(
  ROWS.map(({ written, tool }) => [written.toLowerCase(), tool]),
);

/** The maker's name of a tool that our table has: `Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2` is Adobe Photoshop. */
export function knownTool(written: string): string | undefined {
  return TOOLS.get(bareName(written).toLowerCase());
}

const MOST_CHARACTERS = 256;

/** A claim generator without the C2PA libraries behind it. */
export function firstProgram(written: string): string {
  return written
    .slice(0, MOST_CHARACTERS)
    .trim()
    .replace(/\s+\S*c2pa\S*\/\S+/gi, '');
}

/** The same without its version. */
function bareName(written: string): string {
  const bare = firstProgram(written)
    .replace(/\/.*$/s, '')
    .replaceAll('_', ' ')
    .replace(/\s+v?\d[\d.:]*$/, '')
    .trim();
  return bare === '' ? written : bare;
}
