import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const SOURCE = 'src/matching/hamming.wat';

/** Assembles the WebAssembly module and returns it as TypeScript source, so that running it needs no assembler. */
export async function fingerprintKernel() {
  const text = await readFile(join(dirname(dirname(fileURLToPath(import.meta.url))), SOURCE), 'utf8');
  const module = (await wabt()).parseWat(SOURCE, text, { simd: true });
  const { buffer } = module.toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,100}/g);
  return `// Assembled from hamming.wat by scripts/hamming-kernel.js: do not edit.
export const NEAREST_BASE64 = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`;
}
