import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { isObservation, isRulebook } from '../../../src/core/law/schema-checks.js';
import { conclude } from '../../../src/core/pipeline/analyze.js';
import { createUnreadEvidence } from '../../../src/core/readers/read-all.js';
import { toReaderRecord } from '../../../src/scan/records/reader-record.js';
import { isReaderRecord } from '../../../src/scan/records/reader-record-check.js';
import { facts } from '../../support/literals.js';
import { standIn } from '../../support/program.js';

const plain = (await import(standIn('checks-as-built'))) as {
  isObservation: typeof isObservation;
  isRulebook: typeof isRulebook;
  isReaderRecord: typeof isReaderRecord;
};

const [law] = loadRulebooks();
if (law === undefined) throw new Error('no law');
// The rulebook as written; digest and titles come from the index.
const { digest: _, titles: __, ...rulebook } = law;
const late = fault('reader.deadline', { seconds: 6 });
const observation = conclude(facts(), createUnreadEvidence(late), { asOf: '2026-01-01' });

/** Yields the value itself, and variants with each member removed, set to null, or joined by an undeclared one. */
function* variants(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy = () => structuredClone(value) as Record<string, unknown>;
    const without = copy();
    delete without[key];
    yield without;
    for (const inner of variants((value as Record<string, unknown>)[key]))
      yield Object.assign(copy(), { [key]: inner });
    for (const other of [null, '', -1, [], {}, 'toString', 'xmp\n'])
      yield Object.assign(copy(), { [key]: other });
  }
  if (!Array.isArray(value)) yield { ...value, stray: 1 };
}

describe('the checks as the build writes them', () => {
  it.each([
    ['isObservation', observation, isObservation, plain.isObservation],
    ['isRulebook', rulebook, isRulebook, plain.isRulebook],
    ['isReaderRecord', toReaderRecord(observation), isReaderRecord, plain.isReaderRecord],
  ] as const)('%s says the same as the schema library', (_, value, declared, built) => {
    const all = [...variants(value)];
    const answers = all.map((one) => declared(one));
    expect(answers.filter(Boolean).length).toBeGreaterThan(0);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThan(50);
    expect(all.map((one) => built(one))).toEqual(answers);
  });
});
