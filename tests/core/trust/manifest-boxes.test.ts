import { brotliCompressSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isManifestStoreStart, readManifestBoxes } from '../../../src/core/trust/formats/manifest-boxes.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { box, CLAIM, manifest, sign1, store, superbox } from './store.js';

const SIGNED = sign1({ chain: Buffer.from('3003020101', 'hex') });
const two = store(manifest('urn:c2pa:a', SIGNED), manifest('urn:c2pa:b', SIGNED));

describe('a manifest store', () => {
  it('gives the claim and its signature of every manifest, in order', () => {
    const { manifests, fault } = readManifestBoxes(two);
    expect(fault).toBeUndefined();
    expect(manifests.map((m) => m.label)).toEqual(['urn:c2pa:a', 'urn:c2pa:b']);
    expect(manifests[1]).toMatchObject({
      locator: 'self#jumbf=/c2pa/urn:c2pa:b/c2pa.signature',
      claim: CLAIM,
      signature: SIGNED,
    });
  });

  it('may be padded', () => {
    expect(readManifestBoxes(Buffer.concat([two, Buffer.alloc(100)])).manifests).toHaveLength(2);
  });

  it('may give its size in 64 bits', () => {
    const wide = Buffer.concat([Buffer.from('000000016a756d62', 'hex'), Buffer.alloc(8), two.subarray(8)]);
    wide.writeBigUInt64BE(BigInt(wide.length), 8);
    expect(isManifestStoreStart(wide)).toBe(true);
    expect(readManifestBoxes(wide).manifests).toHaveLength(2);
  });

  it('is known by its content type alone', () => {
    expect(isManifestStoreStart(two)).toBe(true);
    expect(isManifestStoreStart(superbox('json', 'c2pa'))).toBe(false);
    expect(isManifestStoreStart(Buffer.from('jumbjumdc2pa'))).toBe(false);
    expect(isManifestStoreStart(Buffer.alloc(0))).toBe(false);
  });

  it('says of each manifest why its signature is not there', () => {
    const signatures = superbox('c2cs', 'c2pa.signature', box('cbor', SIGNED));
    const odd = store(
      superbox('c2ma', 'none'),
      superbox('c2ma', 'two', signatures, signatures),
      superbox('c2cm', 'compressed', box('brob')),
      superbox('json', 'other'),
      superbox('c2um', 'update', signatures),
    );
    expect(readManifestBoxes(odd).manifests.map((m) => [m.label, m.fault?.code])).toEqual([
      ['none', 'manifest.noSignature'],
      ['two', 'manifest.severalSignatures'],
      ['compressed', 'manifest.compressed'],
      ['update', undefined],
    ]);
  });

  /** Some are many megabytes, and the compression ratio does not matter. */
  const QUICK = { [constants.BROTLI_PARAM_QUALITY]: 2 };
  const compressed = (label: string, ...inside: Buffer[]) =>
    superbox(
      'c2cm',
      label,
      ...inside.map((bytes) => box('brob', brotliCompressSync(bytes, { params: QUICK }))),
    );

  it('reads a compressed manifest as one that is not', () => {
    const packed = store(manifest('plain', SIGNED), compressed('packed', manifest('packed', SIGNED)));
    const { manifests, fault } = readManifestBoxes(packed);
    expect(fault).toBeUndefined();
    expect(manifests.map((m) => m.label)).toEqual(['plain', 'packed']);
    expect(manifests[1]).toMatchObject({ claim: CLAIM, signature: SIGNED });
  });

  it('says why a compressed manifest was not read', () => {
    const inner = manifest('a', SIGNED);
    const many = Buffer.alloc(trustLimits.manifestStoreBytes + 1);
    const odd = {
      'of another label': [compressed('b', inner), 'manifest.compressedShape'],
      'compressed twice': [compressed('a', compressed('a', inner)), 'manifest.compressedShape'],
      'two at once': [compressed('a', inner, inner), 'manifest.compressedShape'],
      'two in one': [compressed('a', Buffer.concat([inner, inner])), 'manifest.compressedShape'],
      'nothing at all': [compressed('a'), 'manifest.compressedShape'],
      'no Brotli': [superbox('c2cm', 'a', box('brob', Buffer.from('nonsense'))), 'manifest.compressed'],
      'a bomb': [compressed('a', many), 'bound.bytes'],
    } as const;
    for (const [name, [bytes, code]] of Object.entries(odd)) {
      const { manifests } = readManifestBoxes(store(bytes));
      expect([name, manifests.map((m) => [m.label.length, m.fault?.code, m.signature])]).toEqual([
        name,
        [[1, code, undefined]],
      ]);
    }
  });

  it('bounds all compressed manifests of a store together', () => {
    const third = Buffer.concat([
      manifest('a', SIGNED),
      box('free', Buffer.alloc(trustLimits.manifestStoreBytes / 3)),
    ]);
    const faults = readManifestBoxes(store(...['a', 'b', 'c', 'd'].map((label) => compressed(label, third))));
    expect(faults.manifests.map((m) => m.fault?.code)).toEqual([
      'manifest.compressedShape',
      'manifest.compressedShape',
      'bound.bytes',
      'bound.bytes',
    ]);
  });

  it('vouches for no manifest whose label comes twice', () => {
    const twins = store(manifest('a', SIGNED), manifest('b', SIGNED), manifest('a', SIGNED));
    expect(
      readManifestBoxes(twins).manifests.map((m) => [m.label, m.fault?.code, m.signature === undefined]),
    ).toEqual([
      ['a', 'manifest.sameLabel', true],
      ['b', undefined, false],
      ['a', 'manifest.sameLabel', true],
    ]);
  });
});

describe('a hostile manifest store', () => {
  it('of many boxes or manifests is read up to the bound', () => {
    const empty = superbox('c2ma', 'x');
    expect(
      readManifestBoxes(store(...Array.from({ length: trustLimits.manifests + 1 }, () => empty))),
    ).toMatchObject({ fault: { code: 'bound.entries' } });
    const crowded = store(
      superbox(
        'c2ma',
        'x',
        superbox(
          'c2as',
          'y',
          Buffer.concat(Array.from({ length: trustLimits.jumbfBoxes }, () => box('free'))),
        ),
      ),
    );
    expect(readManifestBoxes(crowded)).toMatchObject({ fault: { code: 'bound.entries' } });
  });

  it('of boxes within boxes is not followed', () => {
    let inner: Buffer = superbox('c2as', 'end');
    for (let i = 0; i < 2_000; i++) inner = superbox('c2as', 'x', inner);
    expect(readManifestBoxes(store(superbox('c2ma', 'deep', inner))).manifests).toMatchObject([
      { fault: { code: 'manifest.noSignature' } },
    ]);
  });

  it.each([
    ['a size past the end', 4, 'data.lengthAt'],
    ['a size below the header', 0, 'data.lengthAt'],
  ])('with %s keeps what came before', (_name, kind, code) => {
    const bytes = Buffer.from(two);
    const second = bytes.lastIndexOf(Buffer.from('c2ma')) - 16;
    bytes.writeUInt32BE(kind === 0 ? 3 : 0x7fffffff, second);
    expect(readManifestBoxes(bytes)).toMatchObject({ fault: { code } });
  });

  it('whose label does not end is refused', () => {
    const bytes = box(
      'jumb',
      box(
        'jumd',
        Buffer.from('6332706100110010800000aa00389b71', 'hex'),
        Buffer.from([3]),
        Buffer.alloc(5_000, 0x61),
      ),
    );
    expect(readManifestBoxes(bytes)).toMatchObject({ fault: { code: 'jumbf.label' } });
  });

  it('cut anywhere or made of random bytes gives an answer', () => {
    for (let length = 0; length < two.length; length++) {
      const { manifests, fault } = readManifestBoxes(two.subarray(0, length));
      expect(fault !== undefined || manifests.length === 2).toBe(true);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(60), (bytes, keep) => {
        readManifestBoxes(Buffer.from(bytes));
        readManifestBoxes(Buffer.concat([two.subarray(0, keep), Buffer.from(bytes)]));
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });
});
