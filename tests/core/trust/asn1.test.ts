import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Asn1,
  copyBytes,
  elementAt,
  elements,
  octets,
  oid,
  parseAsn1,
} from '../../../src/core/trust/formats/asn1.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { issue } from './ca.js';

const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');

describe('ASN.1', () => {
  it('finds the same elements as the library in a certificate', async () => {
    const { der } = await issue({ name: 'Someone', ca: true, pathLength: 2 });
    const library = asn1js.fromBER(der).result;
    const places = (block: asn1js.AsnType): string[] =>
      block instanceof asn1js.Constructed
        ? [block.valueBeforeDecodeView, ...block.valueBlock.value.map(places)].flat().map(String)
        : [String(block.valueBeforeDecodeView)];
    const ours = (element: Asn1): string[] => [
      String(new Uint8Array(element.bytes)),
      ...elements(element).flatMap(ours),
    ];
    expect(ours(parseAsn1(der) as Asn1)).toEqual(places(library));
  });

  it.each([
    ['a byte after the value', '0500 00'],
    ['a value that is cut off', '0402 00'],
    ['an element that runs past the one around it', '3004 0403 0000 00'],
    ['a length without end on a primitive element', '0480 0000'],
    ['a length without end that never ends', '3080 0500'],
    ['a length of more bytes than anything here has', '3087 00000000000000'],
    ['a tag without end', '9fffffffffffffff'],
    ['nothing', ''],
  ])('refuses %s', (_, digits) => {
    expect(parseAsn1(hex(digits))).toBeUndefined();
  });

  it('reads a structure whose lengths are marked by their ends', () => {
    const sequence = parseAsn1(hex('3080 0603 2a0304 a080 0401 07 0000 0000'));
    expect(oid(elementAt(sequence, 0))).toBe('1.2.3.4');
    expect(octets(elementAt(sequence, 1, 0))).toEqual(hex('07'));
    expect(copyBytes(elementAt(sequence, 1) as Asn1)).toEqual(hex('a080 0401 07 0000'));
  });

  it('joins an octet string that comes in pieces, which is no list', () => {
    const pieces = parseAsn1(hex('2480 0401 01 0401 02 0000'));
    expect(octets(pieces)).toEqual(hex('0102'));
    expect(elements(pieces)).toEqual([]);
  });

  it('says of an octet string what the library says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const written = new asn1js.OctetString({ valueHex: bytes.slice().buffer });
        const said = octets(parseAsn1(Buffer.from(written.toBER())));
        expect(said).toEqual(Buffer.from(written.getValue()));
      }),
    );
  });

  it('stops at the bounds on depth and on elements', () => {
    const nested = (depth: number) => {
      let bytes = hex('0500');
      for (let i = 0; i < depth; i++) bytes = Buffer.concat([hex('3082'), length(bytes.length), bytes]);
      return bytes;
    };
    const wide = (count: number) => {
      const content = Buffer.alloc(count * 2, hex('0500'));
      return Buffer.concat([
        hex('3083'),
        Buffer.from([content.length >> 16]),
        length(content.length),
        content,
      ]);
    };
    expect(parseAsn1(nested(trustLimits.asn1Depth))).toBeDefined();
    expect(parseAsn1(nested(trustLimits.asn1Depth + 1))).toBeUndefined();
    expect(parseAsn1(wide(trustLimits.asn1Nodes - 1))).toBeDefined();
    expect(parseAsn1(wide(trustLimits.asn1Nodes))).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const walk = (element: Asn1): void => {
          oid(element);
          octets(element);
          elements(element).forEach(walk);
        };
        const element = parseAsn1(Buffer.from(bytes));
        if (element) walk(element);
      }),
    );
  });
});

const length = (bytes: number) => Buffer.from([(bytes >> 8) & 0xff, bytes & 0xff]);
