import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { xmpReader } from '../../../src/core/readers/carriers/xmp.js';
import { frame, id3 } from './av-bytes.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const PACKET = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta>`;

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function read(name: string, bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'assay-xmp-'));
  folders.push(folder);
  await writeFile(join(folder, name), bytes);
  const asset = await Asset.open(join(folder, name));
  try {
    return await xmpReader.read(asset, { engine: 'wasm' });
  } finally {
    await asset.close();
  }
}

const mp3 = () => readFile(join(FIXTURES, 'labels/mp3-gb45438.mp3'));

async function aiff(chunk: Buffer): Promise<Buffer> {
  const form = Buffer.concat([await readFile(join(FIXTURES, 'labels/aiff-id3-gb45438.aiff')), chunk]);
  form.writeUInt32BE(form.length - 8, 4);
  return form;
}

function application(type: string, content: string): Buffer {
  const body = Buffer.from(`${type}${content}`);
  const head = Buffer.alloc(8);
  head.write('APPL', 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
}

describe('XMP in sound', () => {
  it.each([3, 4] as const)('in a private frame of ID3v2.%i, with its place', async (version) => {
    const file = Buffer.concat([id3(version, [frame(version, 'PRIV', 'XMP\0', PACKET)]), await mp3()]);
    const answer = await read('a.mp3', file);
    if (answer.status !== 'found') throw new Error(answer.status);
    expect(answer.value).toHaveLength(1);
    expect(answer.value[0]).toMatchObject({
      locator: 'ID3v2 PRIV frame',
      offset: file.indexOf('<x:xmpmeta'),
    });
  });

  it('in an APPL chunk of AIFF, with its place', async () => {
    const file = await aiff(application('XMP ', PACKET));
    const answer = await read('a.aiff', file);
    if (answer.status !== 'found') throw new Error(answer.status);
    expect(answer.value).toMatchObject([{ locator: 'APPL chunk', offset: file.indexOf('<x:xmpmeta') }]);
  });

  it('of another owner is none', async () => {
    const other = Buffer.concat([id3(4, [frame(4, 'PRIV', 'WM/Provider\0', PACKET)]), await mp3()]);
    expect((await read('a.mp3', other)).status).toBe('absent');
    expect((await read('a.aiff', await aiff(application('stoc', PACKET)))).status).toBe('absent');
  });

  it('larger than its bound was not read, and that is said', async () => {
    const padded = `${PACKET}${' '.repeat(9 * 1024 * 1024)}`;
    const large = Buffer.concat([id3(4, [frame(4, 'PRIV', 'XMP\0', padded)]), await mp3()]);
    expect(await read('a.mp3', large)).toMatchObject({ status: 'failed' });
    expect(await read('a.aiff', await aiff(application('XMP ', padded)))).toMatchObject({ status: 'failed' });
  });

  it('cut off is malformed, or read as far as it stands', async () => {
    const file = Buffer.concat([id3(4, [frame(4, 'PRIV', 'XMP\0', PACKET)]), await mp3()]).subarray(0, 120);
    expect((await read('a.mp3', file)).status).toBe('malformed');
  });
});
