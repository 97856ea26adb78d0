import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../../fixtures/build/expected.js';
import { SIGNAL_IDS } from '../../../src/core/report/signal.js';
import { TRACE_GRADES } from '../../../src/core/signals/backing.js';
import { SIGNAL_PARTS } from '../../../src/core/signals/index.js';
import { SIGNATURE_ROWS } from '../../../src/core/signatures/index.js';
import type { SignatureRow } from '../../../src/core/signatures/row.js';
import { containersRead } from '../readers/containers-read.js';

/** A row is documented knowledge: it has a name, a source, a grade, and a file that shows it. */

const shown = new Set(
  fixtureFiles().flatMap(({ path }) => {
    const expected: unknown = JSON.parse(readFileSync(`${path}.expected.json`, 'utf8'));
    const rows = typeof expected === 'object' && expected !== null && 'rows' in expected ? expected.rows : [];
    return Array.isArray(rows) ? rows.filter((row) => typeof row === 'string') : [];
  }),
);

/** A carrier that no reader supports yet cannot have a fixture. */
const isRead = (row: SignatureRow) =>
  row.carriers.some((carrier) => carrier === 'file' || containersRead(carrier).length > 0);

/** These carriers are searched for bits or a signature, not for text. */
const inPixels = (carrier: string) => carrier.startsWith('pixel');

describe('every signature row', () => {
  it('has an id of its own', () => {
    const ids = SIGNATURE_ROWS.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('names a known signal, a tool, a source and a grade', () => {
    for (const row of SIGNATURE_ROWS) {
      expect(SIGNAL_IDS, row.id).toContain(row.signal);
      expect(TRACE_GRADES, row.id).toContain(row.grade);
      expect(row.tool.length, row.id).toBeGreaterThan(2);
      expect(row.source.length, row.id).toBeGreaterThan(10);
      expect(row.carriers.length, row.id).toBeGreaterThan(0);
    }
  });

  it('looks for something: a pattern or a shape, or a field that nobody else uses', () => {
    const empty = SIGNATURE_ROWS.filter(
      (row) => !row.pattern && !row.shape && !row.field && !row.carriers.some(inPixels),
    );
    expect(empty.map(({ id }) => id)).toEqual([]);
  });

  it('keeps no place between two texts: a pattern that remembers would skip every other one', () => {
    const sticky = SIGNATURE_ROWS.filter((row) =>
      [row.field, row.pattern, row.prefix].some((pattern) => pattern?.global || pattern?.sticky),
    );
    expect(sticky.map(({ id }) => id)).toEqual([]);
  });

  it('says no more than a hint at grade C', () => {
    const strong = SIGNATURE_ROWS.filter(
      (row) => row.grade === 'C' && ['generated', 'edited'].includes(row.proves),
    );
    expect(strong.map(({ id }) => id)).toEqual([]);
  });

  it('is shown by a fixture', () => {
    const missing = SIGNATURE_ROWS.filter(isRead).map(({ id }) => id);
    expect(missing.filter((id) => !shown.has(id))).toEqual([]);
  });
});

describe('the parts of the list of signals', () => {
  it('say each id once: of two rows the later one would hold for both', () => {
    const ids = SIGNAL_PARTS.flatMap((part) => Object.keys(part));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});
