import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { matchRows } from '../../src/core/detectors/match-rows.js';
import { GENERATOR_SHAPES } from '../../src/core/detectors/shapes/index.js';
import { signalOrigins } from '../../src/core/detectors/signal-origins.js';
import { collectTexts } from '../../src/core/detectors/texts.js';
import { signalRowOf } from '../../src/core/signals/index.js';
import { ALL_GENERATOR_ROWS } from '../../src/core/signatures/generators-all.js';
import { SIGNATURE_ROWS } from '../../src/core/signatures/index.js';
import type { SignatureRow } from '../../src/core/signatures/row.js';
import { evidence, facts } from '../support/literals.js';

/** Follows the guide: adds its row to the tables, and nothing else. */

const ROOT = resolve(import.meta.dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/adding-a-signature.md'), 'utf8');

const written = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && ending.test(one.name))
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));

describe('adding a signature', () => {
  const [, block = ''] = /^```js\n(.*?)^```$/ms.exec(GUIDE) ?? [];
  const row: SignatureRow = runInNewContext(`(${block})`);
  const all = [...SIGNATURE_ROWS, row];

  it('takes its row: the trace is seen, decides the origin, and stands on the page', () => {
    const seen = evidence({
      pngText: [
        { keyword: 'Software', text: 'reve.example', chunk: 'tEXt', offset: 33, afterImageData: false },
      ],
    });
    expect(matchRows(ALL_GENERATOR_ROWS, collectTexts(seen, facts()), GENERATOR_SHAPES)).toEqual([]);
    const [signal, ...others] = matchRows([row], collectTexts(seen, facts()), GENERATOR_SHAPES);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ id: row.signal, backing: 'inferred', grade: row.grade });
    if (signal === undefined) return;
    const origins = signalOrigins(all);
    expect(origins.originOf(signal)).toEqual({ origin: 'ai-generated', source: 'generator' });
    expect(origins.toolOf(signal)).toBe(row.tool);
    expect(signalRowOf(signal.id).pageRow).toBe('traces');
  });

  it('takes no other file by hand: of the rows that are there, none is named anywhere else', () => {
    const places = [...GUIDE.matchAll(/^\d\. .*?`([^`]+\/)`/gm)].map(([, locator = '']) => locator);
    expect(places).toEqual(['src/core/signatures/', 'fixtures/build/sets/']);
    for (const locator of places) expect(existsSync(join(ROOT, locator)), locator).toBe(true);
    const files = [
      ...written('src', /\.ts$/),
      ...written('scripts', /\.js$/),
      ...written('fixtures/build', /\.js$/),
    ];
    // A parser may have the name of its only row.
    const shapes = new Set(SIGNATURE_ROWS.map(({ shape }) => shape));
    const named = SIGNATURE_ROWS.filter(({ id }) => !shapes.has(id)).map(({ id }) => [
      id,
      files.filter((text) => text.includes(`'${id}'`)).length,
    ]);
    expect(named.filter(([, times]) => times !== 1)).toEqual([]);
  });
});
