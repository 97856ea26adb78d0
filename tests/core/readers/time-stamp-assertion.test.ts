import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClaimFacts } from '../../../src/core/readers/c2pa/c2pa-claims.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { box, encode, sign1, store, superbox } from '../trust/store.js';

const SIGNATURE = superbox(
  'c2cs',
  'c2pa.signature',
  box('cbor', sign1({ chain: Buffer.from('3000', 'hex') })),
);
const CLAIM = superbox('c2cl', 'c2pa.claim.v2', box('cbor', encode({ created_assertions: [] })));
const LABEL = 'c2pa.time-stamp';
const stamps = (data: unknown, label = LABEL) => superbox('cbor', label, box('cbor', encode(data)));
const manifest = (label: string, ...assertions: Buffer[]) =>
  superbox('c2ma', label, superbox('c2as', 'c2pa.assertions', ...assertions), CLAIM, SIGNATURE);
const read = (...assertions: Buffer[]) =>
  readClaimFacts(store(manifest('m1'), manifest('m2', ...assertions)));

const TOKEN = Buffer.from('3000', 'hex');
const kept = (token: Buffer, label = LABEL) => ({
  token,
  manifest: 'm2',
  locator: `self#jumbf=/c2pa/m2/c2pa.assertions/${label}`,
});
const UNREAD = expect.objectContaining({ code: 'timestamp.assertion' });

describe('a time-stamp assertion', () => {
  it('keeps tokens by the label of the manifest, or by a JUMBF URI that ends in it', () => {
    const other = Buffer.from('3100', 'hex');
    const { timestamps, fault, missing } = read(
      stamps({ m1: TOKEN, 'self#jumbf=/c2pa/urn:c2pa:gone': other }),
      stamps({ m1: other }, `${LABEL}__1`),
    );
    expect([fault, missing]).toEqual([undefined, []]);
    expect(timestamps.forManifest('m1')).toEqual({ tokens: [kept(TOKEN), kept(other, `${LABEL}__1`)] });
    expect(timestamps.forManifest('urn:c2pa:gone')).toEqual({ tokens: [kept(other)] });
    expect(timestamps.forManifest('m2')).toBeUndefined();
  });

  it('may name its own manifest, and two may name each other: nothing is followed', () => {
    const { timestamps } = readClaimFacts(
      store(manifest('m1', stamps({ m2: TOKEN, m1: TOKEN })), manifest('m2', stamps({ m1: TOKEN }))),
    );
    expect(timestamps.forManifest('m1')?.tokens).toHaveLength(2);
    expect(timestamps.forManifest('m2')?.tokens).toHaveLength(1);
  });

  it.each([
    ['text', 'a token'],
    ['a list of numbers', [48, 0]],
    ['nothing', null],
    ['more bytes than a token has', Buffer.alloc(trustLimits.timestampBytes + 1)],
  ])('with %s for a token leaves that manifest open, and no other', (_what, value) => {
    const { timestamps, fault, missing } = read(stamps({ m1: value, x: TOKEN }));
    expect([fault?.code, missing]).toEqual(['assertion.malformed', ['time']]);
    expect(timestamps.forManifest('m1')).toEqual({ tokens: [], unread: UNREAD });
    expect(timestamps.forManifest('x')).toEqual({ tokens: [kept(TOKEN)] });
  });

  it.each([
    ['is empty', stamps({}), 'assertion.malformed'],
    ['is no map', stamps([TOKEN]), 'assertion.malformed'],
    ['is text', stamps('m1'), 'assertion.malformed'],
    ['holds no CBOR', superbox('json', LABEL, box('json', Buffer.from('{}'))), 'assertion.noCbor'],
    ['is cut off', superbox('cbor', LABEL, box('cbor', Buffer.from('a1', 'hex'))), 'cbor.truncated'],
    [
      'names too many manifests',
      stamps(Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`m${i}`, TOKEN]))),
      'assertion.malformed',
    ],
  ])('that %s leaves every manifest open, and only its time', (_what, assertion, code) => {
    const { timestamps, fault, missing, claims } = read(assertion);
    expect([fault?.code, missing]).toEqual([code, ['time']]);
    expect(claims.get('m2')?.unread).toEqual([LABEL]);
    for (const label of ['m1', 'anything'])
      expect(timestamps.forManifest(label)).toMatchObject({ unread: UNREAD });
  });

  it('over the bound keeps the first ones and says that there are more', () => {
    const many = Array.from({ length: trustLimits.timestampsElsewhere + 1 }, (_, i) => `${LABEL}__${i + 1}`);
    const found = read(...many.map((label) => stamps({ m1: TOKEN }, label))).timestamps.forManifest('m1');
    expect(found?.tokens).toHaveLength(trustLimits.timestampsElsewhere);
    expect(found?.unread?.code).toBe('bound.timestamps');
  });

  it('in a manifest that does not open may be for any other', () => {
    const broken = superbox('c2ma', 'm0', superbox('c2as', 'c2pa.assertions'), SIGNATURE);
    const { timestamps, missing } = readClaimFacts(store(broken, manifest('m1')));
    expect(missing).toEqual(['time', 'binding', 'claims']);
    expect(timestamps.forManifest('m1')).toEqual({ tokens: [], unread: UNREAD });
  });

  it('of any bytes gives the same answer twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        const answers = [1, 2].map(() =>
          read(superbox('cbor', LABEL, box('cbor', random))).timestamps.forManifest('m1'),
        );
        expect(answers[0]).toEqual(answers[1]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
