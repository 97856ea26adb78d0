import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StreamInits, streamLimits } from '../../src/scan/sources/stream-init.js';
import { assayHere } from '../cli/run-here.js';
import { scanned } from './scanned.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const root = mkdtempSync(join(tmpdir(), 'assay-streams-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
/** Creates the files; a file without a text is empty. */
function folderOf(files: Readonly<Record<string, string>>): string {
  made += 1;
  const folder = join(root, `${made}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function initOf(name: string, files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const folder = folderOf({ [name]: '', ...files });
  const init = await new StreamInits().find(join(folder, name));
  return init === undefined ? undefined : basename(init);
}

const HLS = `#EXTM3U
#EXT-X-MAP:URI="head-a.mp4"
#EXTINF:1.0,
a1.m4s
#EXTINF:1.0,
./a%202.m4s?token=1
#EXT-X-MAP:URI="head-b.mp4"
#EXTINF:1.0,
b1.mp4
#EXT-X-MAP:URI="https://example.org/head-a.mp4"
c1.m4s
#EXT-X-MAP:URI="whole.mp4",BYTERANGE="720@0"
d1.m4s
#EXT-X-MAP:URI="../head-a.mp4"
e1.m4s
`;
const HEADS = { 'list.m3u8': HLS, 'head-a.mp4': '', 'head-b.mp4': '', 'whole.mp4': '' };

const dash = (inside: string) => `<?xml version="1.0"?><MPD><Period><AdaptationSet>
<SegmentTemplate initialization="head-$RepresentationID$.mp4" media="chunk-$RepresentationID$-$Number%05d$.m4s"/>
<Representation id="v.1" bandwidth="9"/><Representation id="v2">${inside}</Representation></AdaptationSet></Period></MPD>`;

describe('the init segment of a segment', () => {
  it.each([
    ['a1.m4s', 'head-a.mp4'],
    ['a 2.m4s', 'head-a.mp4'],
    ['b1.mp4', 'head-b.mp4'],
    ['c1.m4s', undefined],
    ['d1.m4s', undefined],
    ['e1.m4s', undefined],
    ['head-a.mp4', undefined],
    ['other.m4s', undefined],
  ])('%s of an HLS folder', async (name, init) => {
    expect(await initOf(name, HEADS)).toBe(init);
  });

  it.each([
    ['chunk-v.1-00001.m4s', 'head-v.1.mp4'],
    ['chunk-v2-00917.m4s', 'head-v2.mp4'],
    ['chunk-vx1-00001.m4s', undefined],
    ['chunk-v2-x.m4s', undefined],
  ])('%s of a DASH folder', async (name, init) => {
    const files = { 'a.mpd': dash(''), 'head-v.1.mp4': '', 'head-v2.mp4': '' };
    expect(await initOf(name, files)).toBe(init);
  });

  it('of each of many representations, and of none of another set’s', async () => {
    const empty = ['a', 'b', 'c', 'd', 'e']
      .map((id) => `<Representation id="${id}" bandwidth="9"/>`)
      .join('');
    const bare =
      '<AdaptationSet><SegmentTemplate media="bare-$Number$.m4s"/><Representation id="z"/></AdaptationSet>';
    const mpd = dash('').replace('</AdaptationSet>', `${empty}</AdaptationSet>${bare}`);
    const heads = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'z'].map((id) => [`head-${id}.mp4`, '']));
    const files = { 'a.mpd': mpd, ...heads };
    for (const id of ['a', 'b', 'c', 'd', 'e'])
      expect(await initOf(`chunk-${id}-00001.m4s`, files)).toBe(`head-${id}.mp4`);
    expect(await initOf('bare-1.m4s', files)).toBeUndefined();
  });

  it('of a list of segments', async () => {
    const list = '<SegmentList><Initialization sourceURL="h.mp4"/><SegmentURL media="s1.m4s"/></SegmentList>';
    const mpd = `<MPD><Period><Representation id="1">${list}</Representation></Period></MPD>`;
    expect(await initOf('s1.m4s', { 'a.mpd': mpd, 'h.mp4': '' })).toBe('h.mp4');
  });

  it.each([
    ['the one that is named so', { 'init.mp4': '' }, 'init.mp4'],
    ['as ffmpeg names it', { 'init-stream0.m4s': '' }, 'init-stream0.m4s'],
    ['none of several', { 'init-0.mp4': '', 'init-1.mp4': '' }, undefined],
    ['none that only sounds so', { 'initial.mp4': '' }, undefined],
    ['none where it is not there', {}, undefined],
  ])('without a manifest: %s', async (_, files, init) => {
    expect(await initOf('seg.m4s', files)).toBe(init);
  });

  it('of a whole film none is guessed', async () => {
    expect(await initOf('film.mp4', { 'init.mp4': '' })).toBeUndefined();
  });

  it.each([
    [
      'that says another folder',
      { 'a.mpd': dash('<BaseURL>https://example.org/</BaseURL>'), 'head-v2.mp4': '' },
    ],
    ['that names what is not there', { 'a.mpd': dash('') }],
    ['of nothing but tags', { 'a.mpd': '<Period>'.repeat(1_000) }],
    [
      'two of which differ',
      {
        'a.mpd': dash(''),
        'head-v2.mp4': '',
        'h.mp4': '',
        'b.m3u8': '#EXT-X-MAP:URI="h.mp4"\nchunk-v2-00001.m4s',
      },
    ],
  ])('of a manifest %s: none', async (_, files) => {
    expect(await initOf('chunk-v2-00001.m4s', files)).toBeUndefined();
  });

  it('manifests past their bounds are not read', async () => {
    const folder = folderOf({ ...HEADS, 'a1.m4s': '' });
    truncateSync(join(folder, 'list.m3u8'), streamLimits.manifestBytes + 1);
    expect(await new StreamInits().find(join(folder, 'a1.m4s'))).toBeUndefined();
    const crowded = join(folderOf({ 'init.mp4': '', 'a.m4s': '', 'b.m4s': '' }), 'a.m4s');
    expect(await new StreamInits(2).find(crowded)).toBeUndefined();
    expect(await new StreamInits(3).find(crowded)).toBeDefined();
    const many = Object.fromEntries(
      Array.from({ length: streamLimits.manifests }, (_, at) => [`a${at}.m3u8`, '']),
    );
    expect(await initOf('a1.m4s', { ...HEADS, ...many })).toBeUndefined();
    const long = `${'#EXT-X-MAP:URI="head-a.mp4"\n'}${'x.m4s\n'.repeat(streamLimits.rules)}a1.m4s\n`;
    expect(await initOf('a1.m4s', { ...HEADS, 'list.m3u8': long })).toBeUndefined();
    const template = dash('').replace('$Number%05d$', '$Number$'.repeat(streamLimits.numbers + 1));
    expect(await initOf('chunk-v2-11111.m4s', { 'a.mpd': template, 'head-v2.mp4': '' })).toBeUndefined();
  });
});

it('a scan reads each segment with the init segment of its folder, and records which', async () => {
  const [stream, alone] = [folderOf({}), folderOf({})];
  const put = (name: string, to: string) => copyFileSync(join(FIXTURES, 'c2pa', name), to);
  put('stream-c2pa-init.mp4', join(stream, 'init.mp4'));
  for (const name of ['1', '2', '1-altered']) put(`stream-c2pa-${name}.m4s`, join(stream, `${name}.m4s`));
  // The same bytes without their stream do not share the answer that was given within it.
  put('stream-c2pa-1.m4s', join(alone, '1.m4s'));
  const out = join(root, 'out.ndjson');
  const { code } = await assayHere(['scan', stream, alone, '--out', out, '--ordered', '--jobs', '1']);
  expect(code).toBe(0);
  const told = scanned(readFileSync(out, 'utf8')).records.map((record) =>
    'code' in record
      ? record.code
      : [
          record.path.slice(root.length),
          record.init && basename(record.init),
          record.contentCredentials.integrity,
          record.summary.origin,
          record.duplicateOf,
        ],
  );
  const [one, two] = [stream, alone].map((path) => path.slice(root.length));
  expect(told).toEqual([
    [`${one}/1-altered.m4s`, 'init.mp4', 'altered', expect.anything(), undefined],
    [`${one}/1.m4s`, 'init.mp4', 'intact', 'other', undefined],
    [`${one}/2.m4s`, 'init.mp4', 'intact', 'other', undefined],
    [`${one}/init.mp4`, undefined, 'undetermined', 'other', undefined],
    [`${two}/1.m4s`, undefined, undefined, 'unknown', undefined],
  ]);
});

it('a scan reads what is kept beside a segment with both', async () => {
  const stream = folderOf({});
  copyFileSync(join(FIXTURES, 'c2pa/stream-c2pa-init.mp4'), join(stream, 'init.mp4'));
  for (const name of ['1', '2'])
    copyFileSync(join(FIXTURES, 'c2pa', 'stream-c2pa-1.m4s'), join(stream, `${name}.m4s`));
  copyFileSync(join(FIXTURES, 'labels/xmp-file-gb45438.xmp'), join(stream, '1.xmp'));
  const out = join(root, 'beside.ndjson');
  const asked = ['scan', stream, '--sidecars', '--full', '--out', out, '--ordered', '--jobs', '1'];
  expect((await assayHere(asked)).code).toBe(0);
  const records = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ path }) => typeof path === 'string' && path.endsWith('.m4s'));
  expect(
    records.map(({ path, init, sidecars = [], report }) => [
      basename(path),
      init && basename(init),
      sidecars.map((one: { path: string }) => basename(one.path)),
      report.contentCredentials.integrity,
      report.reads.xmp.status,
    ]),
  ).toEqual([
    ['1.m4s', 'init.mp4', ['1.xmp'], 'intact', 'found'],
    ['2.m4s', 'init.mp4', [], 'intact', 'absent'],
  ]);
});
