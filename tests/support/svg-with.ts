import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** Returns an SVG that embeds these pictures unchanged. */
export function svgWith(names: readonly string[]): Buffer {
  const pictures = names.map((name) => {
    const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
    return `<image href="data:${type};base64,${readFileSync(join(FIXTURES, name)).toString('base64')}"/>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${pictures.join('')}</svg>`);
}
