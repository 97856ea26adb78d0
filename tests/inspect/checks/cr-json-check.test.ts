import { expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { parseCrJsonAnswer } from '../../../src/inspect/checks/cr-json-check.js';

const said = (crJson: string) => parseCrJsonAnswer({ crJson, masked: 0 });
const deep = (levels: number) => `{"manifests":${'['.repeat(levels)}${']'.repeat(levels)}}`;

it('crJSON that nests deep is refused before it is parsed; brackets within a text are no nesting', () => {
  expect(said(deep(255))).toBeDefined();
  expect(said(deep(256))).toBeUndefined();
  const texts = `{"manifests":[${JSON.stringify(`\\"${'['.repeat(1_000)}`)}]}`;
  expect(said(texts)).toEqual({ crJson: texts, masked: 0 });
  expect(said('{"manifests":{}}')).toBeUndefined();
});

it.each([
  // A pattern would try each of these quotation marks as a beginning, or run out of memory.
  ['a text that does not end', `{"manifests":["${'\\"'.repeat(2 ** 22)}`, false],
  ['a backslash at the end', `{"manifests":["\\`, false],
  ['one very long text', `{"manifests":[],"of":"${'x'.repeat(2 ** 20)}"}`, true],
] as const)('%s is gone through once', (_what, text, isOne) => {
  expect(said(text) !== undefined).toBe(isOne);
});

it('crJSON longer than its bound, or of more values, is refused', () => {
  const long = (characters: number) => `{"manifests":[],"of":"${'x'.repeat(characters)}"}`;
  expect(said(long(limits.crJsonCharacters - 100))).toBeDefined();
  expect(said(long(limits.crJsonCharacters))).toBeUndefined();
  const many = (values: number) => `{"manifests":[${'0,'.repeat(values)}0]}`;
  expect(said(many(limits.answerValues - 10))).toBeDefined();
  expect(said(many(limits.answerValues))).toBeUndefined();
});
