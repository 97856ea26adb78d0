import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import type { Rule, Rulebook, RuleCondition } from '../../../src/core/law/rulebook.js';
import {
  builtInFragments,
  FragmentFault,
  resolveFragments,
} from '../../../src/core/law/rulebooks/fragments.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import type { Backing } from '../../../src/core/signals/backing.js';

const [BOOK] = loadRulebooks(['eu-ai-act-art-50']);
const RULE = BOOK?.rules.find(({ trigger }) => trigger !== undefined);

/** Returns whether one signal alone meets a condition. */
function meets(when: RuleCondition, id: SignalId, backing: Backing): boolean {
  if (BOOK === undefined || RULE === undefined) throw new Error('no rule');
  const { exceptions: _, trigger: __, ...bare } = RULE;
  const rule: Rule = {
    ...bare,
    kind: 'mark',
    periods: [{ from: '2020-01-01' }],
    parts: [{ id: 'it', when }],
  };
  const book: Rulebook = { ...BOOK, rules: [rule] };
  const signals: Signal[] = [{ id, backing, basis: [{ carrier: 'file', locator: 'x' }] }];
  const facts = { kind: 'image' as const, signals, unknowable: new Set<SignalId>(), asOf: '2026-12-02' };
  return evaluate([book], facts)[0]?.outcome === 'answered';
}

const fragment = (name: string) => resolveFragments({ fragment: name }, builtInFragments()) as RuleCondition;

/** Signal and backing, and the conditions that it alone meets. Every term of a shared condition stands here. */
const MEETS: [SignalId, Backing, string[]][] = [
  ['file.aiMark.signed', 'trusted', ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai']],
  ['file.aiMark.signed', 'invalid', ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai']],
  [
    'file.aiMark.unsigned',
    'unsigned',
    ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai'],
  ],
  ['file.aiMark.unsigned', 'invalid', []],
  [
    'gb45438.label.present',
    'unsigned',
    ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai'],
  ],
  [
    'gb45438.label.shell',
    'unsigned',
    ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai'],
  ],
  ['file.aiMark.possible', 'unsigned', ['ai-mark-or-possible', 'any-sign-of-ai']],
  ['file.aiTrace', 'inferred', ['ai-mark-or-trace', 'any-sign-of-ai']],
  ['c2pa.capture.stated', 'trusted', []],
  ['c2pa.present', 'trusted', []],
];

describe('the fragments of the built-in rulebooks', () => {
  it.each(MEETS)('%s, %s', (id, backing, expected) => {
    const names = ['ai-mark', 'ai-mark-or-possible', 'ai-mark-or-trace', 'any-sign-of-ai'];
    expect(names.filter((name) => meets(fragment(name), id, backing))).toEqual(expected);
  });

  it('leave no reference in a loaded rulebook', () => {
    expect(JSON.stringify(loadRulebooks())).not.toContain('"fragment"');
  });
});

describe('fragments are filled in', () => {
  const of = (fragments: Record<string, unknown>) => new Map(Object.entries(fragments));

  it('as a condition, as a part, and as terms of an any', () => {
    const fragments = of({
      sign: { any: [{ signal: 'a' }, { signal: 'b' }] },
      more: { any: [{ fragment: 'sign' }, { signal: 'c' }] },
      part: { id: 'mark', when: { fragment: 'more' } },
    });
    expect(
      resolveFragments({ trigger: { fragment: 'sign' }, parts: [{ fragment: 'part' }] }, fragments),
    ).toEqual({
      trigger: { any: [{ signal: 'a' }, { signal: 'b' }] },
      parts: [{ id: 'mark', when: { any: [{ signal: 'a' }, { signal: 'b' }, { signal: 'c' }] } }],
    });
  });

  it('not as terms of an all or none, where an any has another meaning', () => {
    const fragments = of({ sign: { any: [{ signal: 'a' }] } });
    expect(resolveFragments({ none: [{ fragment: 'sign' }] }, fragments)).toEqual({
      none: [{ any: [{ signal: 'a' }] }],
    });
  });

  const bomb = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [
      `f${at}`,
      { any: Array.from({ length: 10 }, () => (at === 8 ? { signal: 'a' } : { fragment: `f${at + 1}` })) },
    ]),
  );
  it.each<[code: string, value: unknown, fragments: Record<string, unknown>, path: (string | number)[]]>([
    ['fragment-unknown', [{ trigger: { fragment: 'gone' } }], {}, [0, 'trigger']],
    [
      'fragment-cyclic',
      { trigger: { fragment: 'a' } },
      { a: { any: [{ fragment: 'a' }] } },
      ['trigger', 'any', 0],
    ],
    [
      'fragment-cyclic',
      { trigger: { fragment: 'a' } },
      { a: { any: [{ fragment: 'b' }] }, b: { any: [{ fragment: 'a' }] } },
      ['trigger', 'any', 0, 'any', 0],
    ],
  ])('or refused with a code: %s', (code, value, fragments, path) => {
    let fault: unknown;
    try {
      resolveFragments(value, of(fragments));
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(FragmentFault);
    expect(fault).toMatchObject({ code, path });
  });

  it('or refused with a code where they grow without bound', () => {
    expect(() => resolveFragments({ fragment: 'f0' }, of(bomb))).toThrow(
      expect.objectContaining({ code: 'fragment-size' }),
    );
  });
});
