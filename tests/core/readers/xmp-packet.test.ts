import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { parseXmpPacket } from '../../../src/core/readers/xmp/xmp-packet.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';

const NS =
  'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:q="http://www.tc260.org.cn/ns/AIGC/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const packet = (inner: string, attributes = '') =>
  Buffer.from(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${NS} ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  );
const paths = (bytes: Buffer) => {
  const result = parseXmpPacket(bytes, 'APP1 XMP');
  if (!result.packet) throw new Error(result.fault?.code);
  return result.packet.properties.map((p) => [p.path, p.value, p.form]);
};
const fault = (bytes: Buffer) => parseXmpPacket(bytes, 'APP1 XMP').fault?.code;
const note = (bytes: Buffer) => {
  const { note } = parseXmpPacket(bytes, 'APP1 XMP');
  return note && translatorFor('en').translate(note);
};

describe('an XMP packet', () => {
  it('gives elements, attributes and rdf:resource values with their customary prefix', () => {
    expect(
      paths(
        packet(
          '<q:AIGC>{"Label":"1"}</q:AIGC><Iptc4xmpExt:DigitalSourceType rdf:resource="http://a/b"/>',
          'dc:format="image/png"',
        ),
      ),
    ).toEqual([
      ['dc:format', 'image/png', 'attribute'],
      ['TC260:AIGC', '{"Label":"1"}', 'element'],
      ['Iptc4xmpExt:DigitalSourceType', 'http://a/b', 'element'],
    ]);
  });

  it('gives arrays and structs as paths', () => {
    const history =
      '<xmpMM:History><rdf:Seq><rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li><rdf:li stEvt:action="edited"/></rdf:Seq></xmpMM:History>';
    const title = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A</rdf:li></rdf:Alt></dc:title>';
    expect(paths(packet(history + title))).toEqual([
      ['xmpMM:History[1]/stEvt:action', 'saved', 'element'],
      ['xmpMM:History[2]/stEvt:action', 'edited', 'attribute'],
      ['dc:title[1]', 'A', 'element'],
    ]);
  });

  it('reads UTF-16', () => {
    const text = packet('<dc:source>ä</dc:source>').toString('utf8');
    expect(paths(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))).toEqual([
      ['dc:source', 'ä', 'element'],
    ]);
  });

  it.each([
    ['a DOCTYPE', Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x/>'), 'xmp.doctype'],
    ['broken XML', packet('<dc:source>'), 'xmp.xml'],
    ['deep nesting', packet('<dc:a>'.repeat(20_000) + '</dc:a>'.repeat(20_000)), 'bound.depth'],
    ['too many bytes', Buffer.alloc(9 * 1024 ** 2, 0x20), 'bound.bytes'],
  ])('with %s is a fault with a code', (_name, bytes, code) => {
    expect(fault(bytes)).toBe(code);
  });

  it('may be as deep as the bound says, and no deeper', () => {
    // The packet itself has three levels.
    const nested = (depth: number) => packet('<dc:a>'.repeat(depth - 3) + '</dc:a>'.repeat(depth - 3));
    expect(fault(nested(limits.xmpDepth))).not.toBe('bound.depth');
    expect(fault(nested(limits.xmpDepth + 1))).toBe('bound.depth');
  });

  it('that does not declare a prefix is read by its usual meaning, and that is noted', () => {
    const label = packet('<TC260:AIGC>{"Label":"1"}</TC260:AIGC><dc:source>b</dc:source>');
    const { packet: read } = parseXmpPacket(label, 'APP1 XMP');
    expect(read?.properties).toMatchObject([
      { path: 'TC260:AIGC', namespace: 'http://www.tc260.org.cn/ns/AIGC/1.0/', value: '{"Label":"1"}' },
      { path: 'dc:source', value: 'b' },
    ]);
    expect(fault(label)).toBeUndefined();
    expect(note(label)).toBe(
      inEnglish('note.xmpPrefixes', {
        place: 'APP1 XMP',
        prefixes: [message('note.prefix', { prefix: 'TC260' })],
      }),
    );
    const attribute = packet('', 'TC260:AIGC="{&quot;Label&quot;:&quot;1&quot;}" x-y:z="1"');
    expect(paths(attribute)).toEqual([
      ['TC260:AIGC', '{"Label":"1"}', 'attribute'],
      ['x-y:z', '1', 'attribute'],
    ]);
    expect(note(attribute)).toContain('(“TC260”, “x-y”)');
    expect(note(packet('<dc:source>a TC260:AIGC="b"</dc:source>'))).toBeUndefined();
  });

  it('that breaks is read up to there, and that is a fault', () => {
    const whole = packet('<dc:source>a</dc:source><dc:title>b</dc:title><dc:type>c</dc:type>').toString();
    for (const end of ['<dc:title>b</dc:other>', '<dc:title>b', '<dc:title', '']) {
      const broken = Buffer.from(whole.slice(0, whole.indexOf('<dc:title>')) + end);
      expect(paths(broken), end).toEqual([['dc:source', 'a', 'element']]);
      expect(fault(broken)).toBe('xmp.xml');
    }
    const both = Buffer.from(
      whole.replace('<dc:title>', '<TC260:AIGC>1</TC260:AIGC><dc:title><').slice(0, -90),
    );
    expect(paths(both)).toContainEqual(['TC260:AIGC', '1', 'element']);
    expect(fault(both)).toBe('xmp.xml');
  });

  it.each([
    ['prefixes without end', packet(Array.from({ length: 5_000 }, (_, at) => `<p${at}:a/>`).join(''))],
    ['tags that never end', packet('<a:b '.repeat(400_000))],
    ['quotes that never end', packet(`<a:b ${`c="`.repeat(400_000)}`)],
    ['names without end', packet(`<${'a:'.repeat(400_000)}`)],
    ['blanks before an equals sign', packet(`<a:b ${' '.repeat(400_000)}="`.repeat(4))],
  ])('with %s costs little', async (_name, bytes) => {
    expect(
      await processorMillis(() => {
        expect(parseXmpPacket(bytes, 'APP1 XMP')).not.toEqual({});
      }),
    ).toBeLessThan(SOON_MILLIS);
  });

  it('without RDF holds nothing', () => {
    expect(paths(Buffer.from('<x/>'))).toEqual([]);
    expect(fault(Buffer.alloc(0)) ?? paths(Buffer.alloc(0))).toBeDefined();
  });
});
