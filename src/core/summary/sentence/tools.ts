import type { Signal, SignalId } from '../../report/signal.js';
import { C2PA_TOOLS, type C2paTool } from '../../signatures/c2pa-tools.js';

const ROWS: readonly C2paTool[] = C2PA_TOOLS;
const TOOLS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ written, tool }) => [
    [written.toLowerCase(), tool],
    [tool.toLowerCase(), tool],
  ]),
);

/** Returns the maker's name of a tool in our table: `Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2` is Adobe Photoshop. */
export function findKnownTool(written: string): string | undefined {
  return TOOLS.get(removeVersion(written).toLowerCase());
}

/** Declarations by which makers state that their own tool made the content. */
const DECLARED: Readonly<Partial<Record<SignalId, string>>> = {
  'c2pa.declaration.adobeFirefly': 'Adobe Firefly',
  'c2pa.declaration.microsoftAiImage': 'Image Creator from Designer',
};

/** Returns the tool that the signer’s statement names, recognised by its form. */
export function findDeclaredTool(words: string | undefined, signals: readonly Signal[]): string | undefined {
  if (words === undefined) return undefined;
  const form = signals.find(
    ({ id, value, backing }) => value === words && backing !== 'invalid' && DECLARED[id] !== undefined,
  );
  return form && DECLARED[form.id];
}

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
