import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Tagged } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { readClaimFacts } from '../../../src/core/readers/c2pa/c2pa-claims.js';
import { createClaimBudget, readClaimCbor } from '../../../src/core/readers/c2pa/claim-cbor.js';
import { readManifestStore } from '../../../src/core/readers/manifest-store/index.js';
import { box, encode, sign1, store, superbox } from '../trust/store.js';

const SIGNATURE = superbox(
  'c2cs',
  'c2pa.signature',
  box('cbor', sign1({ chain: Buffer.from('3000', 'hex') })),
);
const cbor = (label: string, data: unknown) => superbox('cbor', label, box('cbor', encode(data)));
const claimBox = (label: string, claim: unknown) => superbox('c2cl', label, box('cbor', encode(claim)));
const url = (label: string) => ({ url: `self#jumbf=c2pa.assertions/${label}`, hash: Buffer.alloc(32) });

const made = (claim: Buffer, assertions: Buffer[] = [], letters = 'c2ma', label = 'm1') =>
  superbox(letters, label, superbox('c2as', 'c2pa.assertions', ...assertions), claim, SIGNATURE);
const V2 = claimBox('c2pa.claim.v2', { claim_generator_info: { name: 'x' }, created_assertions: [] });
const factsOf = (manifest: Buffer) => {
  const { claims, fault } = readClaimFacts(store(manifest));
  return { facts: claims.get('m1'), fault };
};
const withAssertions = (...assertions: Buffer[]) => factsOf(made(V2, assertions));

describe('a claim', () => {
  it('of version 2 says what was created, gathered and redacted, and by which edition', () => {
    const claim = claimBox('c2pa.claim.v2', {
      claim_generator_info: { name: 'x', specVersion: '2.3.0' },
      created_assertions: [url('c2pa.hash.data')],
      gathered_assertions: [
        { url: 'self#jumbf=/c2pa/urn:c2pa:1/c2pa.assertions/c2pa.actions.v2', hash: Buffer.alloc(4) },
        url('c2pa.ingredient.v3'),
      ],
      redacted_assertions: ['self#jumbf=/c2pa/urn:c2pa:2/c2pa.assertions/stds.exif'],
    });
    expect(factsOf(made(claim, [], 'c2um'))).toEqual({
      facts: {
        version: 2,
        specVersion: '2.3.0',
        redacted: ['self#jumbf=/c2pa/urn:c2pa:2/c2pa.assertions/stds.exif'],
        created: ['c2pa.hash.data'],
        gathered: ['c2pa.actions.v2', 'c2pa.ingredient.v3'],
        update: true,
        actions: [],
        ingredientsV3: [],
        hardBindings: [],
        unread: [],
      },
      fault: undefined,
    });
  });

  it('of version 1 created all that it lists', () => {
    const claim = claimBox('c2pa.claim', {
      claim_generator: 'x',
      claim_generator_info: [{ name: 'x', specVersion: '1.4' }],
      assertions: [url('c2pa.actions'), url('c2pa.hash.data')],
    });
    expect(factsOf(made(claim)).facts).toMatchObject({
      version: 1,
      specVersion: '1.4',
      created: ['c2pa.actions', 'c2pa.hash.data'],
      gathered: [],
      update: false,
    });
  });

  it('of another label, or none, is a fault and no facts', () => {
    expect(factsOf(made(claimBox('c2pa.claim.v3', {})))).toEqual({
      facts: undefined,
      fault: expect.objectContaining({ code: 'claim.notFound' }),
    });
  });

  it('whose references are no hashed URIs is malformed', () => {
    const { facts, fault } = factsOf(made(claimBox('c2pa.claim.v2', { gathered_assertions: ['x'] })));
    expect(fault?.code).toBe('claim.malformed');
    expect(facts?.unread).toEqual(['c2pa.claim.v2']);
  });

  it('that does not parse is named, and its assertions are read all the same', () => {
    const broken = superbox('c2cl', 'c2pa.claim.v2', box('cbor', Buffer.from('bf', 'hex')));
    const { facts, fault } = factsOf(made(broken, [cbor('c2pa.actions.v2', { actions: [] })]));
    expect(fault?.code).toBe('cbor.truncated');
    expect(facts).toMatchObject({ unread: ['c2pa.claim.v2'], actions: [{ label: 'c2pa.actions.v2' }] });
  });
});

describe('assertions', () => {
  it('of actions keep their own labels, words and whether they are all', () => {
    const { facts, fault } = withAssertions(
      cbor('c2pa.actions', { actions: [{ action: 'c2pa.edited' }] }),
      cbor('c2pa.actions.v2__1', {
        // Signers write `when` with the CBOR tag for dates.
        actions: [
          { action: 'c2pa.created', digitalSourceType: '', when: new Tagged(0, '2026-01-01T00:00:00Z') },
          {},
        ],
        allActionsIncluded: true,
      }),
      cbor('org.example.actions', { actions: [{ action: 'c2pa.edited' }] }),
    );
    expect(fault).toBeUndefined();
    expect(facts?.actions).toEqual([
      { label: 'c2pa.actions', actions: [{ action: 'c2pa.edited' }] },
      {
        label: 'c2pa.actions.v2__1',
        allActionsIncluded: true,
        actions: [{ action: 'c2pa.created', digitalSourceType: '' }, {}],
      },
    ]);
  });

  it('of ingredients say whether a manifest is named', () => {
    const { facts } = withAssertions(
      cbor('c2pa.ingredient.v3', { relationship: 'parentOf', activeManifest: url('x') }),
      cbor('c2pa.ingredient.v3__1', { relationship: 'componentOf' }),
      cbor('c2pa.ingredient.v3__2', { activeManifest: null }),
      cbor('c2pa.ingredient.v2', { c2pa_manifest: url('x') }),
    );
    expect(facts?.ingredientsV3).toEqual([
      { label: 'c2pa.ingredient.v3', hasManifest: true },
      { label: 'c2pa.ingredient.v3__1', hasManifest: false },
      { label: 'c2pa.ingredient.v3__2', hasManifest: false },
    ]);
  });

  it('that bind the file say what their hash leaves out', () => {
    const { facts, fault } = withAssertions(
      cbor('c2pa.hash.data', { exclusions: [{ start: 20, length: 4_000 }], hash: Buffer.alloc(32) }),
      cbor('c2pa.hash.data__1', { hash: Buffer.alloc(32) }),
      cbor('c2pa.hash.bmff.v3', { exclusions: [{ xpath: '/uuid', data: null }, { xpath: '/ftyp' }] }),
      cbor('c2pa.hash.boxes', {
        boxes: [
          { names: ['SOI'], hash: Buffer.alloc(32) },
          { names: ['APP1', 'APP2'], excluded: true },
        ],
      }),
    );
    expect(fault).toBeUndefined();
    expect(facts?.hardBindings).toEqual([
      { label: 'c2pa.hash.data', exclusions: [{ start: 20, bytes: 4_000 }] },
      { label: 'c2pa.hash.data__1', exclusions: [] },
      { label: 'c2pa.hash.bmff.v3', exclusions: [{ box: '/uuid' }, { box: '/ftyp' }] },
      { label: 'c2pa.hash.boxes', exclusions: [{ box: 'APP1, APP2' }] },
    ]);
    expect(facts?.unread).toEqual([]);
  });

  it.each([
    ['is no CBOR', superbox('json', 'c2pa.actions.v2', box('json', Buffer.from('{}'))), 'assertion.noCbor'],
    ['is no map', cbor('c2pa.actions.v2', [1]), 'assertion.malformed'],
    ['holds no list of actions', cbor('c2pa.actions.v2', { actions: 1 }), 'assertion.malformed'],
    [
      'holds too many',
      cbor('c2pa.actions.v2', { actions: Array.from({ length: 5_000 }, () => ({})) }),
      'assertion.malformed',
    ],
    [
      'has an exclusion of no size',
      cbor('c2pa.hash.data', { exclusions: [{ start: -1 }] }),
      'assertion.malformed',
    ],
    [
      'is cut off',
      superbox('cbor', 'c2pa.actions.v2', box('cbor', Buffer.from('a2', 'hex'))),
      'cbor.truncated',
    ],
  ])('are named where one %s, and the others are read', (_what, broken, code) => {
    const { facts, fault } = withAssertions(broken, cbor('c2pa.ingredient.v3', {}));
    expect(fault?.code).toBe(code);
    expect(facts?.unread).toHaveLength(1);
    expect(facts?.ingredientsV3).toHaveLength(1);
  });

  it('of one label twice cannot be told apart', () => {
    const twice = cbor('c2pa.actions.v2', { actions: [] });
    expect(withAssertions(twice, twice).facts?.unread).toEqual(['c2pa.actions.v2']);
  });

  it('whose boxes do not open leave out their manifest, not the next one', () => {
    const broken = made(V2, [box('jumb', Buffer.from('0000'))], 'c2ma', 'm0');
    const { claims, fault } = readClaimFacts(store(broken, made(V2)));
    expect([...claims.keys()]).toEqual(['m1']);
    expect(fault?.code).toMatch(/^jumbf\./);
  });
});

describe('the CBOR of claims', () => {
  const read = (hex: string) => readClaimCbor(Buffer.from(hex, 'hex'), createClaimBudget(100));

  it('is read as other decoders do', () => {
    fc.assert(
      fc.property(
        fc.object({
          maxDepth: 4,
          values: [fc.string(), fc.boolean(), fc.integer(), fc.double({ noNaN: true }), fc.constant(null)],
        }),
        (value) => {
          const answer = readClaimCbor(encode(value), createClaimBudget());
          expect(answer).toEqual({ value: JSON.parse(JSON.stringify(value)) });
        },
      ),
      { numRuns: 300, seed: 5, examples: [[{ __proto__: 1 }], [{ a: [-1, 2 ** 40, 1.5, '日本'] }]] },
    );
  });

  it.each([
    ['f93c00', 1],
    ['f9c400', -4],
    ['f90001', 2 ** -24],
    ['9f0102ff', [1, 2]],
    ['bf616101ff', { a: 1 }],
    ['c0d8206161', 'a'],
    ['a201026161f5', { a: true }],
  ])('%s', (hex, value) => {
    expect(read(hex)).toEqual({ value });
  });

  it.each([
    ['ff', 'cbor.break'],
    ['82ff', 'cbor.break'],
    ['bf6161ff', 'cbor.break'],
    ['a1ff', 'cbor.break'],
    ['5f4101ff', 'cbor.indefinite'],
    ['1c', 'cbor.invalid'],
    ['1f', 'cbor.indefinite'],
    ['f0', 'cbor.simple'],
    ['7bffffffffffffffff', 'cbor.truncated'],
    ['9bffffffffffffffff00', 'cbor.truncated'],
    ['a2616101616102', 'cbor.duplicateKey'],
    ['81'.repeat(50), 'bound.depth'],
    ['c1'.repeat(50), 'bound.depth'],
    [`98c8${'00'.repeat(200)}`, 'bound.entries'],
    ['', 'cbor.truncated'],
  ])('%s is refused', (hex, code) => {
    expect(read(hex)).toMatchObject({ fault: { code } });
  });
});

describe('the fixtures', () => {
  const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/c2pa');
  const storeOf = async (name: string) => {
    const asset = await Asset.open(join(FIXTURES, name));
    const read = await readManifestStore(asset);
    await asset.close();
    return 'value' in read ? read.value?.bytes : undefined;
  };

  it.each([
    ['jpeg-c2pa-trained.jpg', 'c2pa.hash.data'],
    ['png-c2pa-intact.png', 'c2pa.hash.data'],
    ['mp4-c2pa-trained.mp4', 'c2pa.hash.bmff.v3'],
    ['wav-c2pa-intact.wav', 'c2pa.hash.data'],
  ])('%s', async (name, binding) => {
    const { claims, fault } = readClaimFacts((await storeOf(name)) ?? Buffer.alloc(0));
    expect(fault).toBeUndefined();
    const [facts, ...others] = [...claims.values()];
    expect(others).toEqual([]);
    expect(facts).toMatchObject({ version: 2, unread: [], actions: [{ label: 'c2pa.actions.v2' }] });
    expect(facts?.hardBindings.map((b) => b.label)).toEqual([binding]);
    expect(facts?.hardBindings[0]?.exclusions.length).toBeGreaterThan(0);
  });

  it('with an ingredient give the claims of both', async () => {
    const { claims } = readClaimFacts((await storeOf('jpeg-c2pa-component-trained.jpg')) ?? Buffer.alloc(0));
    expect([...claims.values()].map((c) => c.ingredientsV3)).toEqual([
      [],
      [{ label: 'c2pa.ingredient.v3', hasManifest: true }],
    ]);
  });

  it('read without fault where their stores are whole', async () => {
    const faults: string[] = [];
    for (const name of readdirSync(FIXTURES).filter((n) => !/\.json$|truncated|prerelease/.test(n))) {
      const bytes = await storeOf(name);
      if (!bytes) continue;
      const { claims, fault } = readClaimFacts(bytes);
      if (fault || claims.size === 0) faults.push(`${name}: ${fault?.code}`);
    }
    expect(faults).toEqual([]);
  });

  it('cut off or with bytes changed give an answer, the same one twice', async () => {
    const bytes = (await storeOf('jpeg-c2pa-component-trained.jpg')) ?? Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length += 37) readClaimFacts(bytes.subarray(0, length));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, change) => {
        const hostile = Buffer.from(bytes);
        hostile.set(change.subarray(0, bytes.length - at), at);
        expect(readClaimFacts(hostile)).toEqual(readClaimFacts(hostile));
      }),
      { numRuns: 500, seed: 7 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (random) => {
        readClaimFacts(Buffer.from(random));
        factsOf(
          made(superbox('c2cl', 'c2pa.claim.v2', box('cbor', random)), [
            superbox('cbor', 'c2pa.actions.v2', box('cbor', random)),
          ]),
        );
      }),
      { numRuns: 500, seed: 9 },
    );
  });
});
