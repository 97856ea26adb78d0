import { describe, expect, it } from 'vitest';
import { foundValue } from '../../../src/core/media/carrier.js';
import { readC2paCertificates } from '../../../src/core/readers/c2pa/c2pa-certificates.js';
import { isLocated, readManifestStore } from '../../../src/core/readers/manifest-store/index.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';
import {
  app11,
  bigTiff,
  bmff,
  C2PA_PURPOSE,
  flacWithId3,
  geob,
  gif,
  id3,
  jpeg,
  jxl,
  mp3,
  png,
  riff,
  svg,
  tiff,
} from '../trust/carriers.js';
import { packedPdf, pdf } from '../trust/pdf-carrier.js';
import { box, manifest, sign1, store, superbox } from '../trust/store.js';
import { opened } from './opened.js';

const CERTIFICATE = Buffer.from('3003020101', 'hex');
const STORE = store(manifest('urn:c2pa:one', sign1({ chain: CERTIFICATE })));
const OTHER = store(manifest('urn:c2pa:two', sign1({ chain: CERTIFICATE })));
const JUMBF_OF_OTHERS = superbox('json', 'something.else', box('json', Buffer.from('{}')));

const read = (bytes: Buffer) => opened('file', bytes, readManifestStore);
const status = async (bytes: Buffer) => {
  const answer = await read(bytes);
  return 'code' in answer ? `${answer.status} ${answer.code}` : answer.status;
};

type Carry = (...stores: Buffer[]) => Buffer;

/** Bytes around a store that a file without one does not have: entries, dictionaries and tags. */
const MOST_TO_HOLD = 600;

/** A file of another kind is embedded with another relationship. */
const embedded = (bytes: Buffer) => ({
  bytes,
  relationship: bytes === JUMBF_OF_OTHERS ? 'Data' : 'C2PA_Manifest',
});

/** Carrier, builder around stores, and the locator that a read names. */
const CARRIERS: [string, string, Carry][] = [
  ['JPEG', 'APP11', (...s) => jpeg(...s.flatMap((one, i) => app11(one, i + 1, 60_000)))],
  ['JPEG in many segments', 'APP11', (...s) => jpeg(...s.flatMap((one, i) => app11(one, i + 1, 50)))],
  ['PNG', 'chunk caBX', (...s) => png(...s.map((one): [string, Buffer] => ['caBX', one]))],
  ['WebP', 'RIFF chunk C2PA', (...s) => riff('WEBP', ...s.map((one): [string, Buffer] => ['C2PA', one]))],
  ['WAV', 'RIFF chunk C2PA', (...s) => riff('WAVE', ...s.map((one): [string, Buffer] => ['C2PA', one]))],
  ['AVI', 'RIFF chunk C2PA', (...s) => riff('AVI ', ...s.map((one): [string, Buffer] => ['C2PA', one]))],
  ['GIF', 'application extension C2PA_GIF', (...s) => gif(...s)],
  ['TIFF, little-endian', 'IFD0 tag 0xCD41', (...s) => tiff(true, ...s)],
  ['TIFF, big-endian', 'IFD0 tag 0xCD41', (...s) => tiff(false, ...s)],
  ['BigTIFF, little-endian', 'IFD0 tag 0xCD41', (...s) => bigTiff(true, ...s)],
  ['BigTIFF, big-endian', 'IFD0 tag 0xCD41', (...s) => bigTiff(false, ...s)],
  [
    'MP4',
    'box uuid (manifest)',
    (...s) => bmff('isom', ...s.map((one): [string, Buffer] => ['manifest', one])),
  ],
  [
    'HEIC',
    'box uuid (manifest)',
    (...s) => bmff('heic', ...s.map((one): [string, Buffer] => ['manifest', one])),
  ],
  [
    'AVIF',
    'box uuid (manifest)',
    (...s) => bmff('avif', ...s.map((one): [string, Buffer] => ['manifest', one])),
  ],
  [
    'M4A',
    'box uuid (manifest)',
    (...s) => bmff('M4A ', ...s.map((one): [string, Buffer] => ['manifest', one])),
  ],
  ['MP3', 'ID3 frame GEOB', (...s) => mp3(id3(4, ...s.map((one) => geob(4, one))))],
  ['FLAC behind ID3', 'ID3 frame GEOB', (...s) => flacWithId3(id3(3, ...s.map((one) => geob(3, one))))],
  ['JPEG XL', 'box jumb', (...s) => jxl(...s)],
  ['SVG', 'metadata/c2pa:manifest', (...s) => svg(...s)],
  ['PDF', 'embedded file C2PA_Manifest', (...s) => pdf(...s.map(embedded))],
  ['PDF with packed objects', 'embedded file C2PA_Manifest', (...s) => packedPdf(...s.map(embedded))],
];

describe.each(CARRIERS)('a manifest store in %s', (_name, place, carry) => {
  it('is found whole, with its place', async () => {
    const bytes = carry(STORE);
    const answer = await read(bytes);
    expect(answer).toMatchObject({ status: 'found', value: { locator: place } });
    if (answer.status !== 'found') return;
    expect(answer.value.bytes.subarray(0, STORE.length).equals(STORE)).toBe(true);
    const { offset } = answer.value;
    if (offset !== undefined && !place.startsWith('metadata')) {
      expect(bytes.subarray(offset, offset + 8).equals(STORE.subarray(0, 8))).toBe(true);
    }
  });

  it('tells which bytes of the file it takes, and no others but those that frame it', async () => {
    const bytes = carry(STORE);
    const { ranges = [] } = foundValue(await read(bytes)) ?? {};
    const taken = ranges.reduce((sum, one) => sum + one.bytes, 0);
    // Compressed or encoded as text, it takes another number of bytes.
    expect(taken).toBeGreaterThan(0);
    for (const { start, bytes: length } of ranges) expect(start + length).toBeLessThanOrEqual(bytes.length);
    // The rest must equal the file without the store, except for the lengths that enclose it.
    const others = bytes.length - taken;
    expect(others).toBeLessThanOrEqual(carry().length + MOST_TO_HOLD);
    expect(isLocated(await read(bytes))).toBe(true);
    expect(isLocated(await read(carry()))).toBe(false);
  });

  it('gives its certificates', async () => {
    const answer = await opened('file', carry(STORE), readC2paCertificates);
    expect(answer).toMatchObject({
      status: 'found',
      value: [{ label: 'urn:c2pa:one', signature: { certificates: [CERTIFICATE] } }],
    });
  });

  it('is absent where there is none, or only JUMBF of others', async () => {
    expect(await status(carry())).toBe('absent');
    expect(await status(carry(JUMBF_OF_OTHERS))).toBe('absent');
    expect(await opened('file', carry(), readC2paCertificates)).toEqual({ status: 'absent' });
  });

  it('beside another one is refused, and beside JUMBF of others found', async () => {
    expect(await status(carry(STORE, OTHER))).toBe('malformed manifestStore.several');
    expect(await read(carry(JUMBF_OF_OTHERS, STORE))).toMatchObject({ status: 'found' });
  });

  it('cut anywhere is never taken for a whole one', async () => {
    const bytes = carry(STORE);
    for (let cut = 12; cut < bytes.length; cut += Math.ceil(bytes.length / 60)) {
      const answer = await read(bytes.subarray(0, cut));
      if (answer.status !== 'found') continue;
      // Some containers do not reveal that something is missing after the store.
      expect(answer.value.bytes.length).toBeGreaterThanOrEqual(STORE.length);
    }
  });
});

describe.each(CARRIERS)('damage to a manifest store in %s', (_name, _place, carry) => {
  it('is answered with a Read, whatever byte it hits', async () => {
    const whole = carry(STORE);
    const random = generator(whole.length);
    for (let round = 0; round < 40; round++) {
      const bytes = Buffer.from(whole);
      for (let i = 0; i < 4; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const answer = await opened('file', bytes, readC2paCertificates);
      expect(['found', 'absent', 'unsupported', 'malformed', 'failed']).toContain(answer.status);
      expect(await opened('file', bytes, readC2paCertificates)).toEqual(answer);
    }
  });
});

/** Small linear congruential generator, so that failures are reproducible. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the places that are easily got wrong', () => {
  it('a JPEG’s boxes may come interleaved; each is put together by its number', async () => {
    const ours = app11(STORE, 7, 90);
    const theirs = app11(JUMBF_OF_OTHERS, 9, 30);
    const woven = ours.flatMap((segment, i) => [segment, ...theirs.slice(i, i + 1)]);
    expect(await read(jpeg(...woven))).toMatchObject({ status: 'found' });
  });

  it('a JPEG’s segments out of order are a fault of the file', async () => {
    const [first, second, third, ...rest] = app11(STORE, 1, 60);
    if (!first || !second || !third) throw new Error('too few segments');
    expect(await status(jpeg(first, third, second, ...rest))).toBe('malformed jpeg.app11Order');
    expect(await status(jpeg(first, second))).toBe('malformed manifestStore.truncated');
  });

  it('a BMFF update is joined to the store that it updates', async () => {
    const joined = await read(bmff('isom', ['original', STORE], ['update', OTHER]));
    expect(joined).toMatchObject({
      status: 'found',
      value: { locator: 'box uuid (original) and box uuid (update)' },
    });
    const both = await opened(
      'file',
      bmff('isom', ['original', Buffer.concat([STORE, Buffer.alloc(9)])], ['update', OTHER]),
      readC2paCertificates,
    );
    expect(both).toMatchObject({
      status: 'found',
      value: [{ label: 'urn:c2pa:one' }, { label: 'urn:c2pa:two' }],
    });
  });

  it('BMFF boxes of other purposes and other uuids hold no store', async () => {
    expect(await status(bmff('isom', ['merkle', STORE]))).toBe('absent');
    expect(await status(bmff('isom', [C2PA_PURPOSE.otherUuid, STORE]))).toBe('absent');
  });

  it.each(['application/c2pa', 'application/x-c2pa-manifest-store', 'application/jumbf'])(
    'ID3 takes %s',
    async (mime) => {
      expect(await read(mp3(id3(4, geob(4, STORE, { mime }))))).toMatchObject({ status: 'found' });
    },
  );

  it('ID3 leaves GEOB frames of other media types alone', async () => {
    expect(await status(mp3(id3(4, geob(4, STORE, { mime: 'application/octet-stream' }))))).toBe('absent');
  });

  it('ID3 in UTF-16, unsynchronised, with a length, or with other frames before it', async () => {
    const withFf = store(manifest('urn:c2pa:one', sign1({ chain: Buffer.from('30050403ff00e1', 'hex') })));
    for (const frame of [
      geob(4, withFf, { utf16: true }),
      geob(4, withFf, { unsynchronised: true }),
      geob(4, withFf, { unsynchronised: true, dataLength: true }),
    ]) {
      const answer = await read(mp3(id3(4, frame)));
      expect(answer).toMatchObject({ status: 'found' });
      if (answer.status === 'found') expect(answer.value.bytes.equals(withFf)).toBe(true);
    }
    const whole = await read(mp3(id3(3, geob(3, withFf), { unsynchronised: true })));
    if (whole.status === 'found') expect(whole.value.bytes.equals(withFf)).toBe(true);
    expect(whole.status).toBe('found');
  });

  it('ID3 frames that are compressed or encrypted are said not to be read', async () => {
    expect(await status(mp3(id3(4, geob(4, STORE, { flags: 0x08 }))))).toBe('failed id3.packedFrame');
    expect(await status(mp3(id3(3, geob(3, STORE, { flags: 0x40 }))))).toBe('failed id3.packedFrame');
  });

  it('SVG comments, CDATA, attributes and other paths hold no store', async () => {
    const base64 = STORE.toString('base64');
    const inside = `<metadata><c2pa:manifest>${base64}</c2pa:manifest></metadata>`;
    const wrap = (body: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`);
    expect(await status(wrap(`<!-- ${inside} -->`))).toBe('absent');
    expect(await status(wrap(`<style><![CDATA[ ${inside} ]]></style>`))).toBe('absent');
    expect(await status(wrap(`<text title="<metadata><c2pa:manifest>">${base64}</text>`))).toBe('absent');
    expect(await status(wrap(`<g>${inside}</g>`))).toBe('absent');
    expect(await read(wrap(`<title>a &lt; b</title><rect/>${inside}`))).toMatchObject({ status: 'found' });
  });

  it('a store that calls itself huge is refused before it is read', async () => {
    const segments = app11(STORE, 1, 60_000);
    const lie = Buffer.from(segments[0] ?? Buffer.alloc(0));
    lie.writeUInt32BE(trustLimits.manifestStoreBytes + 1, 12);
    expect(await status(jpeg(lie))).toBe('failed bound.manifestStore');
  });

  it('a thousand pointers to one large run cost no more than a look at each', async () => {
    const crowd = tiff(true, ...Array.from({ length: 1_000 }, () => Buffer.from('no store')));
    // Every entry claims all of a file that declares to be much longer.
    for (let i = 0; i < 1_000; i++) {
      crowd.writeUInt32LE(0x7fffffff, 10 + 24 + i * 12 + 4);
      crowd.writeUInt32LE(8, 10 + 24 + i * 12 + 8);
    }
    const spent = await processorMillis(async () =>
      expect(await status(crowd)).toBe('malformed manifestStore.other'),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('what is not read is said', async () => {
    expect(await status(Buffer.from('FLV\x01\x05\0\0\0\x09\0\0\0\0', 'latin1'))).toBe(
      'unsupported carrier.notRead',
    );
    expect(await status(Buffer.from('no format at all, just words'))).toBe('unsupported carrier.notRead');
  });
});
