import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/http/pages/assets/style.css', import.meta.url), 'utf8');

/** Returns the custom colours of the n-th `:root` block: light, dark, print. */
function colours(block: number): Record<string, string> {
  const [, body = ''] = [...css.matchAll(/:root \{([^}]*)\}/g)][block] ?? [];
  const expand = (hex: string) => (hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex);
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map(([, name = '', hex = '']) => [name, expand(hex)]),
  );
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('the style', () => {
  it.each([
    ['light', 0],
    ['dark', 1],
    ['print', 2],
  ])('has text at 7:1 or better on every ground (%s)', (_, block) => {
    const palette = colours(block);
    for (const text of ['ink', 'soft-ink', 'accent']) {
      for (const ground of ['paper', 'sheet', 'quote']) {
        expect(
          contrast(palette[text] ?? '', palette[ground] ?? ''),
          `${text} on ${ground}`,
        ).toBeGreaterThanOrEqual(7);
      }
    }
    if (block < 2)
      expect(contrast(palette['on-accent'] ?? '', palette['accent'] ?? '')).toBeGreaterThanOrEqual(7);
  });

  it('moves nothing and asks for nothing', () => {
    expect(css).not.toMatch(/animation|transition|@import|url\(|@font-face/);
  });
});
