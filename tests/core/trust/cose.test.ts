import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCbor, readClaimSignature } from '../../../src/core/trust/formats/cose.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { CLAIM, encode, protectedHeader, SIGNATURE, sign1, tstTokens } from './store.js';

const A = Buffer.from('3003020101', 'hex');
const B = Buffer.from('3003020102', 'hex');

const read = (bytes: Buffer) => readClaimSignature(bytes, CLAIM);
const fault = (bytes: Buffer) => {
  const answer = read(bytes);
  return 'fault' in answer ? answer.fault.code : undefined;
};
const signature = (bytes: Buffer) => {
  const answer = read(bytes);
  if (!('signature' in answer)) throw new Error(answer.fault.code);
  return answer.signature;
};

describe('a claim signature', () => {
  it.each([
    ['a list under label 33, protected', { chain: [A, B] }, [A, B]],
    ['one alone', { chain: A }, [A]],
    ['a list under label 33, unprotected', { unprotected: [[33, [A, B]]] }, [A, B]],
    ['a list by its name, unprotected', { unprotected: [['x5chain', [A]]] }, [A]],
    ['one by its name, protected', { protected: [['x5chain', A]] }, [A]],
  ] as [string, Parameters<typeof sign1>[0], Buffer[]][])(
    'gives its certificates from %s',
    (_name, parts, expected) => {
      expect(signature(sign1(parts)).certificates).toEqual(expected);
      expect(signature(sign1(parts)).algorithm).toBe(-7);
    },
  );

  it('is read with and without its tag, and with padding after it', () => {
    const tagged = sign1({ chain: A });
    expect(tagged[0]).toBe(0xd2);
    expect(signature(tagged.subarray(1)).certificates).toEqual([A]);
    expect(signature(Buffer.concat([tagged, Buffer.alloc(64)])).certificates).toEqual([A]);
  });

  it.each([
    ['no chain', sign1({}), 'cose.noCertificates'],
    ['a chain in both headers', sign1({ chain: A, unprotected: [[33, B]] }), 'cose.severalChains'],
    ['a chain under both labels', sign1({ chain: A, protected: [['x5chain', B]] }), 'cose.severalChains'],
    ['an empty chain', sign1({ chain: [] }), 'cose.certificates'],
    ['too many certificates', sign1({ chain: Array.from({ length: 17 }, () => A) }), 'cose.certificates'],
    [
      'a huge certificate',
      sign1({ chain: [Buffer.alloc(trustLimits.certificateBytes + 1)] }),
      'cose.certificates',
    ],
    ['text for a certificate', sign1({ unprotected: [[33, ['abc']]] }), 'cose.certificates'],
    ['no map beside it', encode([protectedHeader({ chain: A }), [], null, SIGNATURE]), 'cose.shape'],
    ['three parts', encode([protectedHeader({ chain: A }), new Map(), null]), 'cose.shape'],
    ['an array for a header', encode([encode([1]), new Map(), null, SIGNATURE]), 'cose.shape'],
    ['nothing', Buffer.alloc(0), 'cbor.truncated'],
    ['more bytes than allowed', Buffer.alloc(trustLimits.coseBytes + 1), 'bound.bytes'],
  ])('with %s is refused', (_name, bytes, code) => {
    expect(fault(bytes)).toBe(code);
  });

  it('gives both kinds of timestamp with the bytes that each covers', () => {
    const { timestamps } = signature(
      sign1({
        chain: A,
        unprotected: [
          ['sigTst', tstTokens(A)],
          ['sigTst2', tstTokens(B)],
        ],
      }),
    );
    expect(timestamps.map((t) => [t.header, t.token])).toEqual([
      ['sigTst2', B],
      ['sigTst', A],
    ]);
    const [two, one] = timestamps.map((t) => decodeCbor(t.covered?.[0] ?? Buffer.alloc(0)));
    const signed = (payload: Buffer) => [protectedHeader({ chain: A }), Buffer.alloc(0), payload];
    const covered = (payload: Buffer) => ({
      value: ['CounterSignature', ...signed(payload)],
    });
    expect(one).toEqual(covered(CLAIM));
    expect(two).toEqual(covered(encode(SIGNATURE)));
  });

  it('keeps its certificates where a timestamp or a revocation answer is broken', () => {
    const broken = signature(
      sign1({
        chain: A,
        unprotected: [
          ['sigTst2', 'x'],
          ['rVals', 7],
        ],
      }),
    );
    expect(broken).toMatchObject({
      certificates: [A],
      timestamps: [],
      timestampFault: { code: 'cose.timestamps' },
      ocspResponses: [],
    });
  });

  it('gives stapled revocation answers', () => {
    expect(
      signature(sign1({ chain: A, unprotected: [['rVals', new Map([['ocspVals', [B]]])]] })).ocspResponses,
    ).toEqual([B]);
  });

  it('reaches no prototype through the names it holds', () => {
    const names = ['__proto__', 'constructor', 'toString'].map((name): [string, unknown] => [
      name,
      new Map([['tstTokens', [1]]]),
    ]);
    expect(signature(sign1({ chain: A, unprotected: names })).certificates).toEqual([A]);
    expect(({} as Record<string, unknown>)['tstTokens']).toBeUndefined();
  });
});

describe('hostile CBOR', () => {
  it.each([
    ['arrays nested 200,000 deep', Buffer.alloc(200_000, 0x81), 'bound.depth'],
    ['maps nested 200,000 deep', Buffer.alloc(200_000, 0xa1), 'bound.depth'],
    ['an array of four thousand million', Buffer.from('9affffffff', 'hex'), 'cbor.truncated'],
    ['an array of 2^64', Buffer.from('9bffffffffffffffff', 'hex'), 'cbor.truncated'],
    ['a map of 2^31', Buffer.from('ba80000000', 'hex'), 'cbor.truncated'],
    ['a string of 2^32', Buffer.from('5affffffff00', 'hex'), 'cbor.truncated'],
    [
      'five thousand items',
      Buffer.concat([Buffer.from('991388', 'hex'), Buffer.alloc(5_000)]),
      'bound.entries',
    ],
    ['a string in chunks', Buffer.from('5f4100ff', 'hex'), 'cbor.indefinite'],
    ['a break where none belongs', Buffer.from('83ff0000', 'hex'), 'cbor.break'],
    ['half an entry before a break', Buffer.from('bf00ff', 'hex'), 'cbor.break'],
    ['an item without end', Buffer.from('1f', 'hex'), 'cbor.indefinite'],
    ['a reserved length', Buffer.from('1c', 'hex'), 'cbor.invalid'],
    ['a tag that a library makes records of', Buffer.from('d9dfff8400000000', 'hex'), 'cbor.tag'],
    ['a shared value', Buffer.from('82d81c80d81d00', 'hex'), 'cbor.tag'],
    ['a packed reference', Buffer.from('81e0', 'hex'), 'cbor.simple'],
    ['an inner tag', Buffer.from('81d280', 'hex'), 'cbor.tag'],
    ['the same key twice', Buffer.from('a201000101', 'hex'), 'cbor.duplicateKey'],
    ['the same key twice, once written longer', Buffer.from('a20100180101', 'hex'), 'cbor.duplicateKey'],
  ])('with %s is refused with a code', (_name, bytes, code) => {
    expect(decodeCbor(bytes)).toMatchObject({ fault: { code } });
  });

  it('that is well-formed decodes', () => {
    expect(decodeCbor(Buffer.from('bf0102ff', 'hex'))).toEqual({ value: new Map([[1, 2]]) });
    expect(decodeCbor(Buffer.from('9f01820203ff00', 'hex'))).toEqual({ value: [1, [2, 3]] });
    expect(decodeCbor(Buffer.from('80', 'hex'))).toEqual({ value: [] });
    expect(decodeCbor(Buffer.from('a0', 'hex'))).toEqual({ value: new Map() });
  });

  it('of random bytes gives a value or a fault, quickly, and the same twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        const answer = decodeCbor(Buffer.from(bytes));
        expect(Object.keys(answer)).toHaveLength(1);
        expect(decodeCbor(Buffer.from(bytes))).toEqual(answer);
        read(Buffer.from(bytes));
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });

  it('made from a real signature by cuts and flips gives an answer', () => {
    const whole = sign1({
      chain: [A, B],
      unprotected: [
        ['sigTst2', tstTokens(A)],
        ['rVals', new Map([['ocspVals', [B]]])],
        ['pad', Buffer.alloc(20)],
      ],
    });
    for (let length = 0; length < whole.length; length++)
      expect(fault(whole.subarray(0, length))).toMatch(/^(cbor|cose)\./);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ change, at);
        expect(Object.keys(read(bytes))).toHaveLength(1);
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });

  it('any value that a library writes comes back as it was', () => {
    const leaf = fc.oneof(
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.string(),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('any'), { maxLength: 4 }),
        fc
          .uniqueArray(fc.string(), { maxLength: 3 })
          .chain((keys) =>
            fc
              .tuple(...keys.map(() => tie('any')))
              .map((values) => new Map(keys.map((key, i) => [key, values[i]]))),
          ),
      ),
    }));
    fc.assert(
      fc.property(value.any, (any) => {
        const answer = decodeCbor(encode(any));
        if ('fault' in answer) expect(answer.fault.code).toMatch(/^bound\./);
        else expect(answer.value).toEqual(any);
      }),
      { numRuns: 1_000, seed: 3 },
    );
  });
});
