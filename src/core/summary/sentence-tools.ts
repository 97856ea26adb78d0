import type { Signal, SignalId } from '../report/signal.js';
import { C2PA_TOOLS, type C2paTool } from '../signatures/c2pa-tools.js';

const ROWS: readonly C2paTool[] = C2PA_TOOLS;
const TOOLS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ written, tool }) => [
    [written.toLowerCase(), tool],
    [tool.toLowerCase(), tool],
  ]),
);

/** The maker's name of a tool that our table has: `Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2` is Adobe Photoshop. */
export function knownTool(written: string): string | undefined {
  return TOOLS.get(bareName(written).toLowerCase());
}

/** Forms in which a maker says of its own tool that it made the content. */
const DECLARED: Readonly<Partial<Record<SignalId, string>>> = {
  'c2pa.declaration.adobeFirefly': 'Adobe Firefly',
  'c2pa.declaration.microsoftAiImage': 'Image Creator from Designer',
};

/** The tool that stands in the signer’s own words, by the form that they have. */
export function declaredTool(words: string | undefined, signals: readonly Signal[]): string | undefined {
  if (words === undefined) return undefined;
  const form = signals.find(
    ({ id, value, backing }) => value === words && backing !== 'invalid' && DECLARED[id] !== undefined,
  );
  return form && DECLARED[form.id];
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
