import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/limits.js';
import { ALL_GENERATOR_ROWS } from '../../src/core/signatures/generators-all.js';
import * as signatures from '../../src/core/signatures/index.js';
import type { SignatureRow } from '../../src/core/signatures/row.js';
import { trustLimits } from '../../src/core/trust/lists/trust-limits.js';
import { isolationLimits } from '../../src/inspect/protocol/isolation-limits.js';
import { BOUND_NO_CONTENT, NOT_REACHED, TESTED_ELSEWHERE } from './no-content.js';
import { ISOLATION_NO_CONTENT, ISOLATION_TESTED } from './no-content-isolation.js';
import { TRUST_NO_CONTENT, TRUST_TESTED } from './no-content-trust.js';
import { PAST_ENGINE_JSON } from './past-engine-json.js';
import { PAST } from './past-files.js';

type Elsewhere = Readonly<Record<string, { file: string; title: string }>>;

/**
 * Returns keys that are in none of the lists, or in two: a new limit must state whether it bounds content, and which
 * test shows it.
 */
function misplaced(keys: readonly string[], lists: readonly (readonly string[])[]): string[] {
  const known = lists.flatMap((list) => [...new Set(list)]);
  return [
    ...keys.filter((key) => known.filter((one) => one === key).length !== 1),
    ...known.filter((one) => !keys.includes(one)),
  ];
}

const missing = (tests: Elsewhere) =>
  Object.values(tests).filter(
    ({ file, title }) => !readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes(title),
  );

describe('every bound has a file that goes past it, or stands in a list with its reason', () => {
  it('of the core', () => {
    const pasts = [...PAST, ...PAST_ENGINE_JSON].map(({ bound }) => bound);
    expect(
      misplaced(Object.keys(limits), [
        [...pasts, 'sidecarBytes'],
        Object.keys(BOUND_NO_CONTENT),
        Object.keys(TESTED_ELSEWHERE),
        Object.keys(NOT_REACHED),
      ]),
    ).toEqual([]);
    expect(missing(TESTED_ELSEWHERE)).toEqual([]);
    const siblings = Object.values(NOT_REACHED).map(({ sibling }) => sibling);
    expect(siblings.filter((sibling) => !(pasts as string[]).includes(sibling))).toEqual([]);
  });

  it('of trust', () => {
    const lists = [Object.keys(TRUST_NO_CONTENT), Object.keys(TRUST_TESTED)];
    expect(misplaced(Object.keys(trustLimits), lists)).toEqual([]);
    expect(missing(TRUST_TESTED)).toEqual([]);
  });

  it('of isolation', () => {
    const lists = [Object.keys(ISOLATION_NO_CONTENT), Object.keys(ISOLATION_TESTED)];
    expect(misplaced(Object.keys(isolationLimits), lists)).toEqual([]);
    expect(missing(ISOLATION_TESTED)).toEqual([]);
  });
});

it('the patterns of rows hold at the start of a text, so that one that is cut hides none', () => {
  const rows = [...Object.values(signatures), ALL_GENERATOR_ROWS]
    .filter(Array.isArray)
    .flat()
    .filter((row): row is SignatureRow => typeof row === 'object' && row !== null && 'carriers' in row);
  expect(rows.length).toBeGreaterThan(50);
  const loose = rows.flatMap(({ id, pattern, prefix }) =>
    [pattern, prefix].some((one) => one !== undefined && !one.source.startsWith('^')) ? [id] : [],
  );
  // Accepts any character except spaces, because the field's name is what identifies the tool.
  expect([...new Set(loose)]).toEqual(['suno-downloader']);
});
