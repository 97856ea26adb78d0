import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Value from 'typebox/value';
import { describe, expect, it, onTestFinished } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { collectTexts } from '../../../src/core/detectors/texts.js';
import type { Evidence } from '../../../src/core/evidence/evidence.js';
import { buildEvidenceView } from '../../../src/core/evidence-view/build.js';
import { collectFields } from '../../../src/core/evidence-view/fields.js';
import { createReportMask } from '../../../src/core/masking/masking.js';
import { Asset } from '../../../src/core/media/asset.js';
import { EvidenceViewSchema } from '../../../src/core/report/evidence-view.js';
import type { Signal } from '../../../src/core/report/signal.js';
import type { Personal } from '../../../src/core/signals/personal.js';
import { evidence, facts } from '../../support/literals.js';

const LABEL = '{"Label":"1","ContentProducer":"Example"}';

interface Given {
  signals?: Signal[];
  reveal?: Personal[];
  bytes?: Buffer;
}

async function sheetOf(found: Evidence, { signals = [], reveal, bytes = Buffer.from('x') }: Given = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-evidence-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'a');
  writeFileSync(path, bytes);
  const asset = await Asset.open(path);
  onTestFinished(() => asset.close());
  const mask = createReportMask(signals, reveal === undefined ? {} : { reveal });
  const report = {
    asset: { name: 'a', bytes: bytes.length, sha256: '0'.repeat(64) },
    signals: mask.signals(signals),
    tool: reveal === undefined ? {} : { revealed: reveal },
  };
  const sheet = await buildEvidenceView(
    asset,
    found,
    report as Parameters<typeof buildEvidenceView>[2],
    mask.text,
  );
  expect(Value.Check(EvidenceViewSchema, sheet)).toBe(true);
  return sheet;
}

const exif = (name: string, value: string | number, offset = 8) =>
  evidence({ exif: [{ block: 'Exif', name, value, offset }] });
const xmp = (path: string, value: string) =>
  evidence({
    xmp: [
      {
        locator: 'APP1 XMP',
        offset: 0,
        properties: [{ path, namespace: 'n', name: path, value, form: 'element' }],
      },
    ],
  });
const text = (keyword: string, value: string, offset = 0) =>
  evidence({ pngText: [{ chunk: 'tEXt', keyword, text: value, offset, afterImageData: false }] });

const first = async (found: Evidence, given: Given = {}) =>
  (await sheetOf(found, given)).carriers[0]?.fields[0];

describe('the value of a field', () => {
  it.each([
    ['a camera', exif('Make', 'Example')],
    ['a version', exif('GPSVersionID', 'Example')],
    ['a tool', xmp('xmp:CreatorTool', 'Example')],
    ['a step of the history', xmp('xmpMM:History[1]/stEvt:softwareAgent', 'Example')],
    ['a source type', xmp('Iptc4xmpExt:DigitalSourceType', 'Example')],
    ['a program', text('Software', 'Example')],
    ['an encoder', evidence({ id3: [{ system: 'ID3v2.4', key: 'TSSE', value: 'Example', offset: 3 }] })],
    ['a date', evidence({ iptcIim: [{ dataset: '2:55', name: 'DateCreated', value: 'Example' }] })],
  ])('is shown where it is %s', async (_what, found) => {
    expect(await first(found)).toMatchObject({ value: 'Example' });
  });

  it.each<[string, Evidence, Personal[]]>([
    ['a position', exif('GPSLatitude', 48), ['location']],
    ['a city', xmp('photoshop:City', 'x'), ['location']],
    ['a place of the picture', xmp('Iptc4xmpExt:LocationCreated[1]/Iptc4xmpExt:City', 'x'), ['location']],
    ['a city of IIM', evidence({ iptcIim: [{ dataset: '2:90', name: 'City', value: 'x' }] }), ['location']],
    ['a serial number', exif('BodySerialNumber', 'x'), ['serial']],
    ['a serial number that is a number', exif('SerialNumber', 77), ['serial']],
    ['a lens', xmp('aux:LensSerialNumber', 'x'), ['serial']],
    ['an artist', exif('Artist', 'x'), ['names']],
    ['a computer named after its owner', exif('HostComputer', 'x'), ['names']],
    ['a creator', xmp('dc:creator[1]', 'x'), ['names']],
    ['who changed it', xmp('xmpMM:Versions[1]/stVer:modifier', 'x'), ['names']],
    ['who manages it', xmp('xmpMM:Manager', 'x'), ['names']],
    ['a path on a disk', xmp('xmpMM:DerivedFrom/stRef:filePath', 'x'), ['names']],
    ['the name of the raw file', xmp('crs:RawFileName', 'x'), ['names']],
    ['a face', xmp('mwg-rs:Regions/mwg-rs:RegionList[1]/mwg-rs:Name', 'x'), ['names']],
    ['a byline', evidence({ iptcIim: [{ dataset: '2:80', name: 'Byline', value: 'x' }] }), ['names']],
    ['a caption', xmp('dc:description', 'x'), ['location', 'names']],
    ['a comment', exif('UserComment', 'x'), ['location', 'names']],
    [
      'a comment in the file',
      evidence({ comment: [{ locator: 'COM', offset: 2, text: 'x' }] }),
      ['location', 'names'],
    ],
    ['a maker’s note', exif('MakerNote', 'x'), ['location', 'serial', 'names']],
    ['a field without a name', exif('0xabcd', 'x'), ['location', 'serial', 'names']],
    ['of a vocabulary nobody knows', xmp('desk:reporter', 'x'), ['location', 'serial', 'names']],
    ['a property within one', xmp('desk:story/xmp:CreatorTool', 'x'), ['location', 'serial', 'names']],
    [
      'a tag of somebody’s own',
      evidence({ id3: [{ system: 'ID3v2.4', key: 'TXXX:who', value: 'x' }] }),
      ['location', 'serial', 'names'],
    ],
    [
      'a chunk of a maker',
      evidence({ privateChunk: [{ id: 'abCd', locator: 'abCd', offset: 8, bytes: 1, text: 'x' }] }),
      ['location', 'serial', 'names'],
    ],
  ])(
    'is left out where it is %s, and shown to whoever asks for all it may hold',
    async (_what, found, kinds) => {
      const hidden = await first(found);
      expect(hidden).toMatchObject({ withheld: kinds });
      expect(hidden).not.toHaveProperty('value');
      expect(await first(found, { reveal: kinds })).toHaveProperty('value');
      if (kinds.length > 1)
        expect(await first(found, { reveal: kinds.slice(1) })).not.toHaveProperty('value');
    },
  );

  const generator = (offset: number): Signal => ({
    id: 'generator.a1111',
    backing: 'inferred',
    basis: [{ carrier: 'pngText', locator: 'tEXt Description', offset }],
  });

  it('in a caption is shown where a signal says what stands there, and in that place alone', async () => {
    const found = text('Description', 'a harbour, mail someone@example.org', 50);
    expect(await first(found, { signals: [generator(50)] })).toMatchObject({
      value: 'a harbour, mail [e-mail: masked]',
    });
    expect(await first(found, { signals: [generator(7)] })).toHaveProperty('withheld');
    const camera: Signal = { ...generator(50), id: 'camera.exif' };
    expect(await first(found, { signals: [camera] })).toHaveProperty('withheld');
  });

  it('is masked where it repeats what another field holds back, and where a signal calls it personal', async () => {
    const signal: Signal = {
      id: 'camera.names',
      backing: 'inferred',
      facts: [{ name: 'artist', value: 'Zoralinde Quandtmeyer', personal: 'names' }],
      basis: [{ carrier: 'exif', locator: 'Exif Model' }],
    };
    expect(
      await first(exif('Software', 'made for Zoralinde Quandtmeyer'), { signals: [signal] }),
    ).toMatchObject({
      value: 'made for [name: masked]',
    });
    expect(await first(exif('Model', 'x'), { signals: [signal] })).toMatchObject({ withheld: ['names'] });
  });

  it('of a label keeps back the code of a person', async () => {
    const code = '0021ABCDEFGHJKLMNPQRTUWXY12';
    const signals: Signal[] = [
      {
        id: 'gb45438.label.present',
        backing: 'unsigned',
        basis: [{ carrier: 'pngText', locator: 'tEXt AIGC', offset: 0 }],
      },
    ];
    const label = `{"Label":"1","ContentProducer":"${code}"}`;
    const given = { signals, bytes: Buffer.from(`AIGC\0${label}`) };
    const sheet = await sheetOf(text('AIGC', label), given);
    expect(JSON.stringify(sheet)).not.toContain(code.slice(4));
    expect(sheet.carriers[0]?.fields[0]?.value).toContain('"0021[name: masked]"');
    expect(sheet.labels[0]).toMatchObject({ masked: 23, bytes: 5 + label.length });
    const shown = Buffer.from((sheet.labels[0]?.hex ?? '').replaceAll('..', '2a'), 'hex').toString();
    expect(shown).toBe(`AIGC\0${label.replace(code.slice(4), '*'.repeat(23))}`);
  });

  it('is cut, and its whole length said; so many fields and no more', async () => {
    expect(await first(exif('Make', 'x'.repeat(9_000)))).toMatchObject({ characters: 9_000 });
    expect((await first(exif('Make', 'x'.repeat(9_000))))?.value).toHaveLength(
      limits.evidenceValueCharacters,
    );
    const exifs = Array.from({ length: 5_000 }, (_, at) => ({
      block: 'Exif' as const,
      name: 'Make',
      value: 'x',
      offset: at,
    }));
    const sheet = await sheetOf(evidence({ exif: exifs }));
    expect(sheet.carriers[0]?.fields).toHaveLength(limits.evidenceFields);
    expect(sheet.carriers[0]?.more).toBe(5_000 - limits.evidenceFields);
    const long = exifs.map((one) => ({ ...one, value: 'x'.repeat(512) }));
    const all = JSON.stringify(await sheetOf(evidence({ exif: long })));
    expect(all.length).toBeLessThan(2 * limits.evidenceCharacters);
  });
});

describe('places', () => {
  it('are named as the detectors name them, so that a signal leads to its field', () => {
    const tag = { system: 's', key: 'k', value: 'v', offset: 1 };
    const all = evidence({
      xmp: [
        {
          locator: 'APP1 XMP',
          offset: 1,
          properties: [{ path: 'a:b', namespace: '', name: 'b', value: 'v', form: 'element' }],
        },
      ],
      exif: [{ block: 'Exif', name: 'Make', value: 'v', offset: 1 }],
      iptcIim: [{ dataset: '2:80', name: 'Byline', value: 'v' }],
      pngText: [{ chunk: 'tEXt', keyword: 'k', text: 'v', offset: 1, afterImageData: false }],
      comment: [{ locator: 'COM', offset: 1, text: 'v' }],
      privateChunk: [{ id: 'i', locator: 'p', offset: 1, bytes: 1, text: 'v' }],
      seft: [{ type: 1, name: 'n', offset: 1, bytes: 1, text: 'v' }],
      id3: [tag],
      apeTags: [tag],
      vorbisComment: [tag],
      riffInfo: [tag],
      broadcastWave: [tag],
      bmffMeta: [tag],
      matroskaTags: [tag],
      flvMeta: [tag],
      sei: [{ codec: 'h264', uuid: 'u', text: 'v', offset: 1 }],
      stealthText: [{ channel: 'alpha', compressed: false, text: 'v' }],
    });
    const known = collectFields(all).map(({ carrier, name, locator: place, offset, text: value }) => [
      carrier,
      name,
      place,
      offset,
      value,
    ]);
    const named = collectTexts(all, facts()).map(({ carrier, field, text: value, location }) => [
      carrier,
      field,
      location.locator,
      location.offset,
      value,
    ]);
    expect(known).toEqual(named);
  });
});

describe('the bytes of a label', () => {
  const at = (offset?: number): Signal[] => [
    {
      id: 'gb45438.label.present',
      backing: 'unsigned',
      basis: [{ carrier: 'pngText', locator: 'tEXt AIGC', ...(offset === undefined ? {} : { offset }) }],
    },
  ];
  const inXmp: Signal[] = [
    {
      id: 'gb45438.label.present',
      backing: 'unsigned',
      basis: [{ carrier: 'xmp', locator: 'APP1 XMP: TC260:AIGC (attribute)', offset: 0 }],
    },
  ];
  const shown = (hex: string | undefined) => Buffer.from(hex ?? '', 'hex').toString('latin1');

  it('are those from its key to its end, and none of what stands beside it', async () => {
    const bytes = Buffer.from(`before AIGC\0${LABEL}behind`);
    const { labels } = await sheetOf(text('AIGC', LABEL, 2), { signals: at(2), bytes });
    expect(labels).toEqual([
      {
        label: 'gb45438',
        carrier: 'pngText',
        locator: 'tEXt AIGC',
        offset: 7,
        bytes: 5 + LABEL.length,
        hex: expect.any(String),
      },
    ]);
    expect(shown(labels[0]?.hex)).toBe(`AIGC\0${LABEL}`);
  });

  it.each([
    ['UTF-16, little', Buffer.from(`AIGC\0${LABEL}`, 'utf16le')],
    ['UTF-16, big', Buffer.from(`AIGC\0${LABEL}`, 'utf16le').swap16()],
  ])('are found in %s', async (_name, bytes) => {
    const { labels } = await sheetOf(text('AIGC', LABEL), { signals: at(0), bytes });
    expect(labels[0]).toMatchObject({ offset: 0, bytes: bytes.length });
  });

  it('are found as XML writes them, and a neighbour is not taken along', async () => {
    const label = LABEL.replaceAll('"', '&quot;');
    const packet = (value: string) =>
      Buffer.from(
        `<d exif:GPSLatitude="48,8.2N" xmlns:t="http://x/AIGC/1.0/" t:AIGC="${value}" exif:GPSLongitude="11,5}E"/></rdf:RDF>`,
      );
    const { labels } = await sheetOf(xmp('TC260:AIGC', LABEL), { signals: inXmp, bytes: packet(label) });
    expect(shown(labels[0]?.hex)).toBe(`AIGC="${label}`);
    const open = await sheetOf(xmp('TC260:AIGC', LABEL), {
      signals: inXmp,
      bytes: packet(label.slice(0, -1)),
    });
    expect(open.labels[0]).toMatchObject({ why: 'not-found' });
  });

  it('of IPTC’s source type are its key and its term', async () => {
    const term = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
    const signals: Signal[] = [
      {
        id: 'iptc.digitalSourceType.trainedAlgorithmicMedia',
        backing: 'unsigned',
        basis: [{ carrier: 'xmp', locator: 'APP1 XMP: Iptc4xmpExt:DigitalSourceType', offset: 0 }],
      },
    ];
    const other = `<x>${term}</x><Iptc4xmpExt:DigitalSourceType>`;
    const bytes = Buffer.from(`${other}${term}</Iptc4xmpExt:DigitalSourceType></rdf:RDF>`);
    const { labels } = await sheetOf(xmp('Iptc4xmpExt:DigitalSourceType', term), { signals, bytes });
    expect(shown(labels[0]?.hex)).toBe(`DigitalSourceType>${term}`);
  });

  it('are blank where they are masked, all of them where it cannot be told which', async () => {
    const label = LABEL.replace('Example', 'zora@planted-mail.example');
    const plain = await sheetOf(text('AIGC', label), {
      signals: at(0),
      bytes: Buffer.from(`AIGC\0${label}`),
    });
    expect(plain.labels[0]).toMatchObject({ masked: 'zora@planted-mail.example'.length });
    expect(shown(plain.labels[0]?.hex?.replaceAll('..', '2a'))).toContain('"ContentProducer":"****');
    const escaped = label.replaceAll('"', '&quot;').replace('@', '&#64;');
    const packet = Buffer.from(`<t:AIGC>${escaped}</t:AIGC></rdf:RDF>`);
    const hidden = await sheetOf(xmp('TC260:AIGC', label), { signals: inXmp, bytes: packet });
    expect(hidden.labels[0]?.hex).toMatch(/^\.+$/);
  });

  it('are no more than 256, and where there are none it says why', async () => {
    const label = `{"Label":"1","ReservedCode1":"${'5'.repeat(400)}"}`;
    const long = await sheetOf(text('AIGC', label), { signals: at(0), bytes: Buffer.from(`AIGC\0${label}`) });
    expect(long.labels[0]?.hex).toHaveLength(2 * limits.labelBytes);
    expect(long.labels[0]?.bytes).toBe(5 + label.length);
    const packed = await sheetOf(text('AIGC', LABEL), { signals: at(0), bytes: Buffer.from('compressed') });
    expect(packed.labels[0]).toMatchObject({ why: 'not-found' });
    const stealth = evidence({ stealthText: [{ channel: 'alpha', compressed: false, text: LABEL }] });
    const signals: Signal[] = [
      {
        id: 'gb45438.label.present',
        backing: 'unsigned',
        basis: [{ carrier: 'stealthText', locator: 'alpha channel, lowest bits' }],
      },
    ];
    expect((await sheetOf(stealth, { signals })).labels[0]).toMatchObject({ why: 'no-offset' });
  });
});
