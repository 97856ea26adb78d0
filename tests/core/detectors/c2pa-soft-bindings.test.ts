import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { ManifestRecord } from '../../../src/core/c2pa/manifest-store.js';
import { c2paSoftBindings } from '../../../src/core/detectors/c2pa-soft-bindings.js';
import { CARRIERS } from '../../../src/core/media/carrier.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { DECLARED_WATERMARK_REASON } from '../../../src/core/signatures/not-checked.js';
import { SOFT_BINDING_ALGORITHMS } from '../../../src/core/signatures/soft-binding-algorithms.js';
import { listNotChecked } from '../../../src/core/summary/not-checked.js';
import { action, evidence, facts, manifest, store } from '../../support/literals.js';

const detect = (value: ReturnType<typeof store>) =>
  c2paSoftBindings.detect(evidence({ c2pa: value }), facts());
const of = (overrides: Partial<ManifestRecord>) => detect(store({ manifests: [manifest('m1', overrides)] }));
const binding = (data: unknown) => ({ label: 'c2pa.soft-binding', data });
const place = (label: string) => [
  { carrier: 'c2pa', locator: `self#jumbf=/c2pa/m1/c2pa.assertions/${label}` },
];

describe('soft bindings', () => {
  it('tell a watermark from a fingerprint and from what nobody registered, each with its own place', () => {
    const assertions = [
      binding({ alg: 'com.adobe.trustmark.Q', blocks: [{ scope: {}, value: '2*0101' }] }),
      binding({ alg: 'com.adobe.icn.dense', blocks: [{ scope: {}, value: '0003' }] }),
      binding({ alg: 'org.example.mark', blocks: [{ value: 'a' }, { value: 7 }, 'b', { value: 'c' }] }),
    ];
    expect(of({ assertions })).toEqual([
      {
        id: 'watermark.declared',
        backing: 'valid',
        value: 'com.adobe.trustmark.Q 2*0101',
        facts: [{ name: 'product', value: 'TrustMark (Adobe), variant Q' }],
        basis: place('c2pa.soft-binding'),
      },
      {
        id: 'c2pa.softBinding.fingerprint',
        backing: 'valid',
        value: 'com.adobe.icn.dense 0003',
        facts: [{ name: 'product', value: 'Adobe Image Comparator Network' }],
        basis: place('c2pa.soft-binding__1'),
      },
      {
        id: 'c2pa.softBinding.unrecognised',
        backing: 'valid',
        value: 'org.example.mark a c',
        basis: place('c2pa.soft-binding__2'),
      },
    ]);
  });

  it('are shown as far as they can be read, and cut', () => {
    for (const data of [undefined, null, [], 'x', { alg: 3 }, { blocks: {} }]) {
      expect(of({ assertions: [binding(data)] })).toMatchObject([
        { id: 'c2pa.softBinding.unrecognised', value: 'c2pa.soft-binding' },
      ]);
    }
    const long = of({
      assertions: [binding({ alg: 'com.adobe.trustmark.P', blocks: [{ value: '1'.repeat(9_999) }] })],
    });
    expect(long[0]?.value).toHaveLength(limits.shownValueCharacters);
  });

  it('are matched by the whole registered name', () => {
    expect(of({ assertions: [binding({ alg: 'com.adobe.trustmark.Q2' })] })).toMatchObject([
      { id: 'c2pa.softBinding.unrecognised' },
    ]);
    expect(new Set(SOFT_BINDING_ALGORITHMS.map((row) => row.alg)).size).toBe(SOFT_BINDING_ALGORITHMS.length);
    expect(SOFT_BINDING_ALGORITHMS.every((row) => row.source.length > 10)).toBe(true);
  });
});

describe('the registered algorithms', () => {
  it('are the 53 of the list and the two names that were changed', () => {
    expect(SOFT_BINDING_ALGORITHMS).toHaveLength(55);
    const entries = SOFT_BINDING_ALGORITHMS.flatMap(({ source }) => /entry (\d+)/.exec(source)?.[1] ?? []);
    expect(new Set(entries)).toEqual(new Set(Array.from({ length: 53 }, (_, at) => String(at + 1))));
  });

  it.each([
    ['ai.trufo.gen1.image-lite', 'watermark.declared', 'Trufo, first generation, light'],
    ['ai.trufo.pawprint.fingerprint', 'c2pa.softBinding.fingerprint', 'PawPrint fingerprint (Trufo)'],
    ['me.reconize.videoseal.1', 'watermark.declared', 'VideoSeal (Reconize)'],
  ])('%s', (alg, id, product) => {
    expect(of({ assertions: [binding({ alg })] })).toMatchObject([
      { id, facts: [{ name: 'product', value: product }] },
    ]);
  });

  it('a watermark that is declared and holds is named among what was not checked, with where to ask', () => {
    const credentials = { presence: 'present' } as StoredReport['contentCredentials'];
    const absent = CARRIERS.map((carrier) => [carrier, { status: 'absent' }]);
    const reads = Object.fromEntries(absent) as StoredReport['reads'];
    const rows = (signals: Signal[]) =>
      listNotChecked(facts(), credentials, reads, signals).filter(
        ({ messages }) => messages?.why?.id === DECLARED_WATERMARK_REASON,
      );
    const declared = of({
      assertions: [
        binding({ alg: 'com.microsoft.invismark.1' }),
        binding({ alg: 'io.iscc.v0' }),
        binding({ alg: 'org.example.mark' }),
      ],
    });
    expect(rows(declared)).toEqual([
      {
        messages: {
          what: { id: 'text.asWritten', params: { text: 'Microsoft InvisMark' } },
          why: { id: DECLARED_WATERMARK_REASON },
        },
        link: 'https://arxiv.org/abs/2411.07795',
      },
    ]);
    expect(rows(declared.map((one) => ({ ...one, backing: 'invalid' })))).toEqual([]);
  });
});

describe('watermark actions', () => {
  it.each(['c2pa.watermarked', 'c2pa.watermarked.bound', 'c2pa.watermarked.unbound'])('%s', (name) => {
    expect(of({ actions: [action(name)] })).toMatchObject([{ id: 'watermark.action', value: name }]);
    expect(of({ actions: [{ ...action(name), description: 'By us.' }] })).toMatchObject([
      { value: `${name}: By us.` },
    ]);
  });

  it('an edit counts by its whole description only', () => {
    const edit = (description: string) => ({ ...action('c2pa.edited'), description });
    expect(of({ actions: [edit('Applied imperceptible SynthID watermark.')] })).toMatchObject([
      { id: 'watermark.action', value: 'c2pa.edited: Applied imperceptible SynthID watermark.' },
    ]);
    for (const other of ['Added visible watermark', 'Removed a watermark'])
      expect(of({ actions: [edit(other)] })).toEqual([]);
    expect(of({ actions: [action('c2pa.watermarkedNot')] })).toEqual([]);
  });
});
