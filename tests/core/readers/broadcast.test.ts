import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASF, asfHeader, inHeader, metadataLibrary, object } from '../../../fixtures/build/formats/asf.js';
import {
  delivery,
  KEYS,
  klv,
  mxf,
  primer,
  randomIndex,
  set,
  utf16,
} from '../../../fixtures/build/formats/mxf.js';
import {
  descriptor,
  packets,
  pes,
  program,
  programs,
} from '../../../fixtures/build/formats/transport-stream.js';
import { limits } from '../../../src/base/limits.js';
import type { Carriers } from '../../../src/core/evidence/evidence.js';
import { fieldNature } from '../../../src/core/evidence-view/personal.js';
import { Asset } from '../../../src/core/media/asset.js';
import { readMxfFile } from '../../../src/core/readers/containers/mxf-klv.js';
import { readPsStreams } from '../../../src/core/readers/containers/ps-packets.js';
import { readTsStreams } from '../../../src/core/readers/containers/ts-streams.js';
import { READERS } from '../../../src/core/readers/index.js';
import { processorMillis } from '../../support/processor-time.js';

/** MXF, transport and program streams, ASF: their content is found with its locator, and their faults are reported. */

const LABELS = resolve(import.meta.dirname, '../../../fixtures/labels');
const fixture = (name: string) => readFileSync(join(LABELS, name));
const CONTEXT = { engine: 'wasm' } as const;

async function read<C extends keyof Carriers>(carrier: C, bytes: Buffer) {
  const asset = await Asset.fromBytes(bytes);
  return READERS[carrier].read(asset, CONTEXT);
}

const valuesOf = <T>(answer: { status: string } | { value?: T }): T | undefined =>
  'value' in answer ? answer.value : undefined;

describe('a label is read verbatim, with its place', () => {
  it.each([
    ['mxfMetadata', 'mxf-gb45438.mxf', 'MXF TaggedValue', 'AIGC', 'utf16le'],
    ['mxfMetadata', 'mxf-delivery.mxf', 'MXF TaggedValue', 'AIGC', 'utf16be'],
    ['asfMeta', 'wmv-gb45438.wmv', 'ASF extended content description', 'AIGC', 'utf16le'],
    ['asfMeta', 'wma-gb45438.wma', 'ASF extended content description', 'AIGC', 'utf16le'],
    ['id3', 'mts-gb45438-id3.mts', 'ID3v2.4, timed', 'TXXX:AIGC', 'utf8'],
  ] as const)('%s of %s', async (carrier, file, system, key, coding) => {
    const bytes = fixture(file);
    const answer = await read(carrier, bytes);
    expect(answer.status).toBe('found');
    const tag = valuesOf(answer)?.filter((one) => one.key === key);
    expect(tag).toHaveLength(1);
    expect(tag?.[0]).toMatchObject({ system });
    expect(JSON.parse(tag?.[0]?.value ?? '')).toMatchObject({ Label: '1', ProduceID: 'assay-fixture-0001' });
    const at = tag?.[0]?.offset ?? 0;
    const around = bytes.subarray(at, at + 200);
    const text =
      coding === 'utf16be'
        ? utf16('{"Label"')
        : Buffer.from('{"Label"', coding === 'utf8' ? 'utf8' : 'utf16le');
    const swapped = coding === 'utf16le' ? utf16('{"Label"') : text;
    expect(around.includes(text) || around.includes(swapped)).toBe(true);
  });

  it.each([
    ['mxf-delivery.mxf', 'generic stream'],
    ['wmv-cover-xmp.wmv', 'ASF object XMP'],
  ])('XMP of %s', async (file, place) => {
    const bytes = fixture(file);
    const answer = await read('xmp', bytes);
    expect(answer.status).toBe('found');
    const [packet] = valuesOf(answer) ?? [];
    expect(packet?.locator).toBe(place);
    expect(packet?.properties.find(({ path }) => path === 'TC260:AIGC')?.value).toMatch(/"Label":"1"/);
    expect(bytes.toString('latin1', packet?.offset, (packet?.offset ?? 0) + 9)).toBe('<?xpacket');
  });

  it.each(['mxf-sei.mxf', 'mts-sei.mts', 'm2ts-sei.m2ts', 'vob-sei.vob'])(
    'messages in the video of %s',
    async (file) => {
      const bytes = fixture(file);
      const answer = await read('sei', bytes);
      expect(answer.status).toBe('found');
      const [message] = valuesOf(answer) ?? [];
      expect(message).toMatchObject({
        codec: 'h264',
        uuid: '91ca60614aee385486142d5f73f4ae2e',
        text: 'kling-ai',
      });
      // The offset is that of the unit, including its header.
      expect(
        bytes
          .subarray(message?.offset ?? 0, (message?.offset ?? 0) + 12)
          .includes(Buffer.from('91ca6061', 'hex')),
      ).toBe(true);
    },
  );
});

describe('MXF', () => {
  const header = (content: Buffer) => ({ key: KEYS.header, content });
  const tags = async (bytes: Buffer) => {
    const answer = await read('mxfMetadata', bytes);
    return {
      answer,
      keys: (valuesOf(answer) ?? []).map(({ system, key, value }) => `${system}: ${key} = ${value}`),
    };
  };

  it('tells programs, packages, AS-11, DMS-1 and tagged values', async () => {
    const { answer, keys } = await tags(fixture('mxf-delivery.mxf'));
    expect(answer.status).toBe('found');
    expect(keys).toEqual(
      expect.arrayContaining([
        'MXF Identification: ProductName = Fixture writer',
        'MXF Identification: ToolkitVersion = 1.2.3.4',
        'MXF Identification: ModificationDate = 2026-05-03T10:20:30',
        'MXF MaterialPackage: PackageName = Assay fixture',
        'MXF MaterialPackage: PackageCreationDate = 2026-05-03T10:20:30',
        `MXF MaterialPackage: PackageUID = 060a2b340101010501010d0013000000${'09'.repeat(16)}`,
        'MXF AS-11 Core: ProgrammeTitle = A programme',
        'MXF AS-11 Core: ShimName = UK DPP HD',
        'MXF AS-11 Core: ShimVersion = 1.1',
        'MXF AS-11 UK DPP: ContactEmail = nobody@example.org',
        'MXF DMS-1: 060e2b34010101000105020101000000 = A title of DMS-1',
      ]),
    );
  });

  it('whom to ask is a personal matter, and what wrote the file is not', () => {
    const nature = (name: string, system: string) =>
      fieldNature({ carrier: 'mxfMetadata', name, locator: `${system} ${name}`, text: '' });
    for (const name of ['ContactEmail', 'ContactTelephoneNumber', 'Distributor', 'Synopsis'])
      expect(nature(name, 'MXF AS-11 UK DPP').is, name).not.toBe('technical');
    expect(nature('ProductName', 'MXF Identification')).toEqual({ is: 'technical' });
    expect(nature('060e2b34010101000105020101000000', 'MXF DMS-1').is).toBe('unknown');
  });

  it('takes no identifier for text', async () => {
    const { keys } = await tags(fixture('mxf-gb45438.mxf'));
    for (const one of keys) expect(one).not.toMatch(/= [^\x20-\x7e]/);
  });

  it('is told and read behind a run-in', async () => {
    const bytes = Buffer.concat([Buffer.alloc(1_000, 0x20), fixture('mxf-delivery.mxf')]);
    const asset = await Asset.fromBytes(bytes);
    expect(asset.mediaType.format).toBe('MXF');
    const answer = await READERS.xmp.read(asset, CONTEXT);
    expect(answer.status).toBe('found');
    expect(valuesOf(answer)?.[0]?.offset).toBeGreaterThan(1_000);
  });

  it('XMP is found as UTF-16 in header metadata, and in a triplet of a program’s own', async () => {
    const xmp =
      '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Assay"/></rdf:RDF></x:xmpmeta>';
    const item = '060e2b34 0101010d 03010220 01000000';
    const inSet = Buffer.concat([primer([[0x8001, item]]), set(KEYS.dms1, [[0x8001, xmp]])]);
    for (const content of [inSet, Buffer.concat([primer([]), klv(KEYS.dark, Buffer.from(xmp))])]) {
      const answer = await read('xmp', mxf([header(content)]));
      expect(answer).toMatchObject({
        status: 'found',
        value: [{ properties: [{ path: 'xmp:CreatorTool', value: 'Assay' }] }],
      });
    }
  });

  it('dark metadata are told with their text, and files in them as parts', async () => {
    const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), Buffer.alloc(100)]);
    const file = mxf([
      header(Buffer.concat([primer([]), klv(KEYS.dark, Buffer.from('AIGC{"Label":"1"}'))])),
      { key: KEYS.stream, content: klv(KEYS.streamData, jpeg) },
    ]);
    expect(await read('privateChunk', file)).toMatchObject({
      status: 'found',
      value: [{ text: 'AIGC{"Label":"1"}' }, { bytes: jpeg.length }],
    });
    const parts = valuesOf(await read('parts', file)) ?? [];
    expect(parts.map(({ kind }) => kind)).toEqual(['primary', 'attachment']);
    expect(
      file.subarray(parts[1]?.offset, (parts[1]?.offset ?? 0) + (parts[1]?.bytes ?? 0)).equals(jpeg),
    ).toBe(true);
  });

  it('a triplet of 2^60 bytes is said, and nothing is lost of what stands before it and in other partitions', async () => {
    const lie = klv(KEYS.dark, Buffer.alloc(4), 2n ** 60n);
    const { answer, keys } = await tags(
      mxf([
        header(Buffer.concat([delivery({ AIGC: 'some words' }), lie])),
        { key: KEYS.body, content: delivery({ Other: '1' }) },
      ]),
    );
    expect(answer).toMatchObject({ status: 'malformed', code: 'mxf.truncated' });
    expect(keys).toContain('MXF TaggedValue: AIGC = some words');
    expect(keys).toContain('MXF TaggedValue: Other = 1');
  });

  it('a partition that the index leaves out is found by the one behind it', async () => {
    const whole = mxf([header(delivery()), { key: KEYS.body, content: delivery({ Hidden: '1' }) }], {
      listed: false,
    });
    const { answer, keys } = await tags(Buffer.concat([whole, randomIndex([0])]));
    expect(answer.status).toBe('found');
    expect(keys).toContain('MXF TaggedValue: Hidden = 1');
  });

  it.each([
    [
      'an index that leads nowhere',
      (file: Buffer) => Buffer.concat([file, randomIndex([7])]),
      'data.unknownAt',
    ],
    [
      'an index that leads past the end',
      (file: Buffer) => Buffer.concat([file, randomIndex([1_000_000])]),
      'mxf.truncated',
    ],
    [
      'no footer where the header says one is',
      (file: Buffer) => file.subarray(0, file.length - 113),
      'mxf.truncated',
    ],
    ['an end within a set', (file: Buffer) => file.subarray(0, 700), 'mxf.truncated'],
    [
      'bytes that are no triplet',
      (file: Buffer) => Buffer.concat([file, Buffer.from('no triplet begins here, nor does anything else')]),
      'data.unknownAt',
    ],
  ] as const)('%s is said', async (_name, broken, code) => {
    const { answer, keys } = await tags(broken(mxf([header(delivery())], { listed: false })));
    expect(answer).toMatchObject({ status: 'malformed', code });
    expect(keys).toContain('MXF Identification: CompanyName = Assay');
  });

  it('partitions that lead round in a circle are walked once', async () => {
    const file = mxf([
      header(delivery({ AIGC: 'some words' })),
      { key: KEYS.body, content: Buffer.alloc(0) },
    ]);
    // The header partition names itself as the footer.
    file.writeBigUInt64BE(0n, 16 + 9 + 24);
    const { answer, keys } = await tags(file);
    expect(answer.status).toBe('found');
    expect(keys.filter((one) => one.includes('AIGC'))).toHaveLength(1);
  });

  it('encrypted content is not taken for searched', async () => {
    const file = mxf([
      header(delivery()),
      { key: KEYS.body, content: klv(KEYS.encrypted, Buffer.alloc(64)) },
    ]);
    expect(await read('sei', file)).toMatchObject({ status: 'failed', code: 'mxf.encrypted' });
  });

  it('a set of more items than there are tags is said to be none, and costs little', async () => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(0x83_000000 + 4 * 1_000_000);
    const whole = Buffer.concat([
      Buffer.from(KEYS.dms1.replaceAll(' ', ''), 'hex'),
      length,
      Buffer.alloc(4 * 1_000_000),
    ]);
    const asset = await Asset.fromBytes(mxf([header(whole)]));
    const { sets, fault } = await readMxfFile(asset);
    expect(fault).toMatchObject({ code: 'data.unknownAt' });
    expect(sets.some(({ items }) => items.length > 0x10000)).toBe(false);
    await asset.close();
  });

  it('thousands of values that share a long name come to an end', async () => {
    const name = Buffer.alloc(60_000, 'A');
    const values = Array.from({ length: 8_000 }, (_, at): [number, Buffer] => {
      const value = Buffer.alloc(21);
      value.write('B', 'latin1');
      value.writeUInt32BE(at, 17);
      return [0x5003, value];
    });
    const tagged = set('060e2b34 02530101 0d010101 01013f00', [[0x5001, name], ...values]);
    const millis = await processorMillis(async () => {
      expect(await read('mxfMetadata', mxf([header(tagged)]))).toMatchObject({ code: 'bound.tags' });
    });
    expect(millis).toBeLessThan(2_000);
  });

  it('bounds of MXF are said', async () => {
    const many = Array.from({ length: 500 }, () => klv(KEYS.dark, Buffer.alloc(1)));
    const one = set(KEYS.dms1, [[0x8001, Buffer.alloc(60_000)]]);
    const sets = Buffer.concat([delivery(), Buffer.alloc(one.length * 300, one)]);
    expect(sets.length).toBeGreaterThan(limits.mxfMetadataBytes);
    const { answer, keys } = await tags(mxf([header(sets)]));
    expect(answer).toMatchObject({ status: 'failed', code: 'bound.bytes' });
    expect(keys).toContain('MXF Identification: CompanyName = Assay');
    const index = randomIndex(Array.from({ length: limits.mxfPartitions + 1 }, (_, at) => at));
    expect(
      await read('mxfMetadata', Buffer.concat([mxf([header(delivery())], { listed: false }), index])),
    ).toMatchObject({
      code: 'bound.entries',
    });
    const fill = klv('060e2b34 01010102 03010210 01000000', Buffer.alloc(0));
    const triplets = Buffer.alloc(fill.length * (limits.mxfTriplets + 1), fill);
    expect(
      await read('mxfMetadata', mxf([header(triplets)], { listed: false, footer: false })),
    ).toMatchObject({
      code: 'bound.entries',
    });
    const dark = klv(KEYS.dark, Buffer.alloc(0));
    const darkOnes = Buffer.alloc(dark.length * (limits.mxfSets + 1), dark);
    expect(await read('mxfMetadata', mxf([header(darkOnes)]))).toMatchObject({ code: 'bound.entries' });
    expect(await read('privateChunk', mxf([header(Buffer.concat(many))]))).toMatchObject({
      code: 'bound.texts',
    });
  });
});

describe('ASF', () => {
  const attribute = (name: string, value: string): [string, number, Buffer] => [
    name,
    0,
    Buffer.from(`${value}\0`, 'utf16le'),
  ];

  it('a cover is the exact run of the file', async () => {
    const bytes = fixture('wmv-cover-xmp.wmv');
    const parts = valuesOf(await read('parts', bytes)) ?? [];
    expect(parts.map(({ kind, mediaType }) => [kind, mediaType])).toEqual([
      ['primary', 'video/x-ms-wmv'],
      ['cover-picture', 'image/jpeg'],
    ]);
    const { offset = 0, bytes: length = 0 } = parts[1] ?? {};
    expect(bytes.toString('hex', offset, offset + 3)).toBe('ffd8ff');
    expect(bytes.toString('hex', offset + length - 2, offset + length)).toBe('ffd9');
  });

  it('streams are told from the header', async () => {
    expect(await read('streams', fixture('wma-gb45438.wma'))).toMatchObject({
      status: 'found',
      value: { container: 'ASF', tracks: [{ kind: 'audio', codec: 'Windows Media Audio 2' }] },
    });
    expect(await read('sei', fixture('wmv-gb45438.wmv'))).toMatchObject({ status: 'absent' });
  });

  it('a video that may hold messages is not taken for searched', async () => {
    const file = Buffer.from(fixture('wmv-gb45438.wmv'));
    for (let at = file.indexOf('WMV2'); at >= 0; at = file.indexOf('WMV2')) file.write('H264', at, 'latin1');
    expect(await read('sei', file)).toMatchObject({ status: 'failed', code: 'sei.codecNotRead' });
  });

  it('encryption is said', async () => {
    const file = inHeader(fixture('wmv-gb45438.wmv'), object(ASF.encryption, Buffer.alloc(32)));
    expect(await read('asfMeta', file)).toMatchObject({
      status: 'found',
      notes: [{ id: 'note.asf.encrypted' }],
    });
  });

  it('an object that nobody names is told with its text', async () => {
    const file = asfHeader(object(ASF.unnamed, Buffer.from('AIGC{"Label":"1"}')));
    expect(await read('privateChunk', file)).toMatchObject({
      status: 'found',
      value: [{ text: 'AIGC{"Label":"1"}' }],
    });
  });

  const before = metadataLibrary([attribute('AIGC', 'x')]);
  it.each([
    ['size 0', asfHeader(before, object(ASF.unnamed, Buffer.alloc(8), 0n)), 'data.lengthAt'],
    ['size 2^63', asfHeader(before, object(ASF.unnamed, Buffer.alloc(8), 2n ** 63n)), 'asf.truncated'],
    [
      'size 2^63 within the header',
      Buffer.concat([
        asfHeader(before, object(ASF.unnamed, Buffer.alloc(8), 2n ** 63n)),
        object(ASF.xmp, Buffer.alloc(0)),
      ]),
      'data.lengthAt',
    ],
    [
      'an end within an object',
      asfHeader(before, object(ASF.unnamed, Buffer.alloc(8))).subarray(0, -4),
      'asf.truncated',
    ],
  ] as const)('%s is said, and nothing is lost of what stands before', async (_name, file, code) => {
    const answer = await read('asfMeta', file);
    expect(answer).toMatchObject({ status: 'malformed', code });
    expect(valuesOf(answer)).toMatchObject([{ key: 'AIGC', value: 'x' }]);
  });

  it('an attribute that runs past its object is said', async () => {
    const list = Buffer.from(metadataLibrary([attribute('AIGC', 'x'), attribute('Other', 'y')]));
    list.writeUInt32LE(0xffff_fff0, list.length - 4 - 'Other\0'.length * 2 - 4);
    const answer = await read('asfMeta', asfHeader(list));
    expect(answer).toMatchObject({ status: 'malformed', code: 'data.lengthAt' });
    expect(valuesOf(answer)).toMatchObject([{ key: 'AIGC', value: 'x' }]);
  });

  it('bounds of ASF are said', async () => {
    const objects = Array.from({ length: limits.asfObjects + 1 }, () => object(ASF.unnamed, Buffer.alloc(0)));
    expect(await read('asfMeta', asfHeader(...objects))).toMatchObject({ code: 'bound.entries' });
    const attributes = Array.from({ length: limits.asfAttributes + 1 }, (): [string, number, Buffer] => [
      '',
      0,
      Buffer.alloc(0),
    ]);
    expect(await read('parts', asfHeader(metadataLibrary(attributes)))).toMatchObject({
      code: 'bound.entries',
    });
  });
});

describe('transport streams', () => {
  const UUID = '91ca60614aee385486142d5f73f4ae2e';
  /** A message, then a picture. */
  const frame = (text: string) => {
    const body = Buffer.concat([Buffer.from(UUID, 'hex'), Buffer.from(text)]);
    return Buffer.concat([
      Buffer.from([0, 0, 1, 6, 5, body.length]),
      body,
      Buffer.from([0x80, 0, 0, 1, 0x65, 1, 2, 3]),
    ]);
  };
  const tables = Buffer.concat([programs([[1, 0x100]]), program(0x100, 1, [{ type: 0x1b, pid: 0x101 }])]);
  const video = (text: string) => packets(0x101, pes(0xe0, frame(text)));
  const shaped = (stream: Buffer, before: number, behind: number) =>
    Buffer.concat(
      Array.from({ length: stream.length / 188 }, (_, index) =>
        Buffer.concat([
          Buffer.alloc(before),
          stream.subarray(index * 188, (index + 1) * 188),
          Buffer.alloc(behind),
        ]),
      ),
    );

  it.each([
    [188, 0, 0],
    [192, 4, 0],
    [204, 0, 16],
  ])('packets of %i bytes', async (_bytes, before, behind) => {
    const file = shaped(Buffer.concat([tables, video('one'), video('two')]), before, behind);
    expect((await Asset.fromBytes(file)).mediaType.format).toBe('MPEG-TS');
    const answer = await read('sei', file);
    expect(answer).toMatchObject({ status: 'found', value: [{ text: 'one' }, { text: 'two' }] });
  });

  it('a message that stands in several packets is put together', async () => {
    const long = 'x'.repeat(250);
    const padded = Buffer.concat([
      Buffer.from([0, 0, 1, 9, 0x10]),
      Buffer.alloc(0),
      frame(long.slice(0, 200)),
    ]);
    const file = Buffer.concat([tables, packets(0x101, pes(0xe0, padded)), video('two')]);
    expect(valuesOf(await read('sei', file))?.[0]?.text).toBe(long.slice(0, 200));
  });

  it('user data of MPEG-2 are read', async () => {
    const data = Buffer.concat([
      Buffer.from([0, 0, 1, 0xb3, 1, 2, 3, 0, 0, 1, 0xb2]),
      Buffer.from('AIGC{"Label":"1"}'),
      Buffer.from([0, 0, 1, 0, 1]),
    ]);
    const file = Buffer.concat([
      programs([[1, 0x100]]),
      program(0x100, 1, [{ type: 2, pid: 0x101 }]),
      packets(0x101, pes(0xe0, data)),
      packets(0x101, pes(0xe0, data)),
    ]);
    expect(await read('sei', file)).toMatchObject({
      status: 'found',
      value: [{ codec: 'mpeg', text: 'AIGC{"Label":"1"}' }],
    });
  });

  it('text in descriptors is told', async () => {
    const own = descriptor(0x80, Buffer.from('AIGC{"Label":"1"}'));
    const file = Buffer.concat([
      programs([[1, 0x100]]),
      program(0x100, 1, [{ type: 0x1b, pid: 0x101 }], own),
      video('one'),
      video('two'),
    ]);
    const answer = await read('privateChunk', file);
    expect(answer).toMatchObject({ status: 'found', value: [{ text: 'AIGC{"Label":"1"}' }] });
    const at = valuesOf(answer)?.[0]?.offset ?? 0;
    expect(file.toString('latin1', at, at + 4)).toBe('AIGC');
  });

  it.each([
    [
      'sync is lost',
      Buffer.concat([tables, video('one'), Buffer.alloc(60, 1), video('two'), video('three'), video('four')]),
      'data.unknownAt',
      ['one', 'two', 'three', 'four'],
    ],
    [
      'the file ends within a packet',
      Buffer.concat([tables, video('one'), video('two')]).subarray(0, -9),
      'ts.truncated',
      ['one'],
    ],
    [
      'the table of the programme is missing',
      Buffer.concat([programs([[1, 0x100]]), video('one'), video('two'), video('three')]),
      'ts.noProgram',
      [],
    ],
    [
      'a programme leads to the list of programmes',
      Buffer.concat([programs([[1, 0]]), programs([[1, 0]]), video('two'), video('three')]),
      'ts.noProgram',
      [],
    ],
    [
      'there are no tables at all',
      Buffer.concat([packets(0x1fff, Buffer.alloc(184 * 6, 0xff))]),
      'ts.noProgram',
      [],
    ],
  ] as const)('%s: said, and nothing is lost', async (_name, file, code, texts) => {
    const answer = await read('sei', file);
    expect(answer).toMatchObject({ status: 'malformed', code });
    expect((valuesOf(answer) ?? []).map(({ text }) => text)).toEqual(texts);
  });

  it('a video in a coding that is not read is not taken for searched', async () => {
    const file = Buffer.concat([
      programs([[1, 0x100]]),
      program(0x100, 1, [{ type: 0x42, pid: 0x101 }]),
      video('one'),
      video('two'),
    ]);
    expect(await read('sei', file)).toMatchObject({ status: 'failed', code: 'sei.codecNotRead' });
  });

  it('an encrypted video is not taken for searched', async () => {
    const file = Buffer.concat([
      tables,
      packets(0x101, pes(0xe0, frame('one')), { scrambled: true }),
      video('two'),
    ]);
    expect(await read('sei', file)).toMatchObject({ status: 'failed', code: 'ts.scrambled' });
  });

  it('bounds of transport streams are said', async () => {
    const filler = packets(0x1fff, Buffer.alloc(184, 0xff));
    const long = Buffer.concat([tables, Buffer.alloc(188 * limits.tsPackets, filler), video('one')]);
    expect(await read('sei', long)).toMatchObject({ status: 'failed', code: 'bound.entries' });
    const streams = Array.from({ length: limits.tsVideos + 1 }, (_, index) => ({
      type: 0x1b,
      pid: 0x200 + index,
    }));
    const many = Buffer.concat([programs([[1, 0x100]]), program(0x100, 1, streams), filler, filler]);
    expect(await read('sei', many)).toMatchObject({ status: 'failed', code: 'bound.entries' });
    const listed = Array.from({ length: limits.tsPrograms + 1 }, (_, index): [number, number] => [
      index + 1,
      0x100,
    ]);
    expect(
      await read('privateChunk', Buffer.concat([programs(listed), filler, filler, filler])),
    ).toMatchObject({ code: 'ts.noProgram' });
    const metadata = program(0x100, 1, [{ type: 0x15, pid: 0x102 }]);
    const timed = Buffer.concat([
      programs([[1, 0x100]]),
      metadata,
      packets(0x102, pes(0xbd, Buffer.alloc(limits.timedMetadataBytes + 1))),
    ]);
    expect(await read('id3', timed)).toMatchObject({ status: 'failed', code: 'bound.bytes' });
  });
});

describe('program streams', () => {
  const PACK = Buffer.from('000001ba44000400040101 89c3f8'.replaceAll(' ', ''), 'hex');
  const packet = (id: number, data: Buffer) => {
    const body = Buffer.concat([Buffer.from([0x80, 0, 0]), data]);
    const head = Buffer.from([0, 0, 1, id, 0, 0]);
    head.writeUInt16BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const userData = (text: string) =>
    Buffer.concat([Buffer.from([0, 0, 1, 0xb3, 1, 2, 3, 4, 0, 0, 1, 0xb2]), Buffer.from(text)]);

  it('user data that stand in two packets are put together', async () => {
    const data = Buffer.concat([userData('AIGC{"Label":"1"}'), Buffer.from([0, 0, 1, 0, 1])]);
    const file = Buffer.concat([
      PACK,
      packet(0xe0, data.subarray(0, 20)),
      PACK,
      packet(0xe0, data.subarray(20)),
    ]);
    const answer = await read('sei', file);
    expect(answer).toMatchObject({ status: 'found', value: [{ codec: 'mpeg', text: 'AIGC{"Label":"1"}' }] });
  });

  it.each([
    [
      'bytes between packets',
      Buffer.concat([
        PACK,
        packet(0xe0, userData('one more')),
        Buffer.from('nothing of this'),
        PACK,
        packet(0xe0, userData('two more')),
      ]),
      'data.unknownAt',
      ['one more', 'two more'],
    ],
    [
      'an end within a packet',
      Buffer.concat([
        PACK,
        packet(0xe0, userData('one more')),
        packet(0xe0, userData('two more')).subarray(0, -3),
      ]),
      'ps.truncated',
      ['one more', 'two m'],
    ],
  ] as const)('%s: said, and nothing is lost', async (_name, file, code, texts) => {
    const answer = await read('sei', file);
    expect(answer).toMatchObject({ status: 'malformed', code });
    expect((valuesOf(answer) ?? []).map(({ text }) => text)).toEqual(texts);
  });

  it('zeros that fill up a pack are no fault, and an encrypted video is not taken for searched', async () => {
    const file = Buffer.concat([
      PACK,
      packet(0xc0, Buffer.alloc(9)),
      Buffer.alloc(40),
      PACK,
      packet(0xc0, Buffer.alloc(9)),
    ]);
    expect(await read('sei', file)).toMatchObject({ status: 'absent' });
    const scrambled = packet(0xe0, userData('one more'));
    scrambled[6] = 0x90;
    expect(await read('sei', Buffer.concat([PACK, scrambled]))).toMatchObject({ code: 'ts.scrambled' });
  });

  it('zeros past which nobody looks are no end of the file', async () => {
    const file = Buffer.concat([PACK, Buffer.alloc(70_000), PACK, packet(0xe0, userData('one more'))]);
    expect(await read('sei', file)).toMatchObject({ status: 'malformed', code: 'data.unknownAt' });
    expect(await read('sei', Buffer.concat([PACK, Buffer.alloc(70_000)]))).toMatchObject({
      code: 'data.unknownAt',
    });
    expect(await read('sei', Buffer.concat([PACK, Buffer.alloc(60_000)]))).toMatchObject({
      status: 'absent',
    });
  });

  it('maps of nothing but descriptors are not all kept', async () => {
    const map = Buffer.concat([Buffer.from('000001bcffffe0fffffb', 'hex'), Buffer.alloc(65_531)]);
    const asset = await Asset.fromBytes(Buffer.concat([PACK, map, map, map]));
    const { descriptors } = await readPsStreams(asset);
    expect(descriptors.length).toBe(limits.privateChunks + 1);
    await asset.close();
  });

  it('a bound is said where no video has been met', async () => {
    const file = Buffer.concat([
      PACK,
      ...Array.from({ length: limits.psPackets + 1 }, () => packet(0xc0, Buffer.alloc(1))),
    ]);
    expect(await read('sei', file)).toMatchObject({ status: 'failed', code: 'bound.entries' });
  });
});

describe('a table of services', () => {
  const service = (number: number, last: number, text: string) => {
    const own = descriptor(0x5f, Buffer.from(text));
    const body = Buffer.from([0, 1, 0xff, 0, number, 0xff, 0x80, own.length, ...own]);
    const length = 5 + body.length + 4;
    return Buffer.concat([
      Buffer.from([0x42, 0xb0, length, 0, 1, 0xc1, number, last]),
      body,
      Buffer.alloc(4),
    ]);
  };
  const begun = (...sections: Buffer[]) =>
    Buffer.concat([
      ...sections.map((section) => packets(0x11, Buffer.concat([Buffer.from([0]), section]))),
      programs([[1, 0x100]]),
      program(0x100, 1, []),
    ]);

  it('is read section by section, in packets of their own or in one', async () => {
    for (const stream of [
      begun(service(0, 1, 'first'), service(1, 1, 'second')),
      begun(Buffer.concat([service(0, 1, 'first'), service(1, 1, 'second')])),
    ]) {
      const { descriptors, fault } = await readTsStreams(
        await Asset.fromBytes(Buffer.concat([stream, stream])),
      );
      expect(descriptors.map(({ bytes }) => bytes.toString('latin1'))).toEqual(['first', 'second']);
      expect(fault).toBeUndefined();
    }
  });

  it('more streams of timed metadata than are read are told', async () => {
    const streams = Array.from({ length: limits.tsVideos + 1 }, (_, at) => ({ type: 0x15, pid: 0x200 + at }));
    const stream = Buffer.concat([programs([[1, 0x100]]), program(0x100, 1, streams)]);
    expect((await readTsStreams(await Asset.fromBytes(stream))).timedFault).toMatchObject({
      code: 'bound.entries',
    });
  });
});
