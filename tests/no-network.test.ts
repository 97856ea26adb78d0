import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { Confinement } from '../src/inspect/sandbox/confinement.js';

/**
 * Files that name the address of a server which counts its visitors: as a remote manifest, a provenance record, a
 * picture in an SVG, a schema, an entity. Runs without the sandbox, so that the readers themselves are tested for
 * making no connection.
 */

let folder: string;
let canary: Server;
let address: string;
const requests: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-network-'));
  canary = createServer((request, answer) => {
    requests.push(request.url ?? '');
    answer.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const place = canary.address();
  address = `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`;
});
afterAll(() => {
  canary.close();
  rmSync(folder, { recursive: true, force: true });
});

const xmp = () => `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:Iptc4xmpExt="${address}/schema/"
 dcterms:provenance="${address}/manifest.c2pa" Iptc4xmpExt:DigitalSourceType="${address}/source">
<xmpMM:DerivedFrom rdf:resource="${address}/derived"/></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const svg = () => `<?xml-stylesheet href="${address}/style.css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
<image href="${address}/picture.png" width="9" height="9"/><use xlink:href="${address}/use.svg#a"/>
<script href="${address}/script.js"/><metadata>${xmp().replace(/<\?xpacket[^>]*\?>/g, '')}</metadata></svg>`;

const entities =
  () => `<?xml version="1.0"?><!DOCTYPE svg SYSTEM "${address}/svg.dtd" [<!ENTITY e SYSTEM "${address}/entity">]>
<svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>`;

const playlist = () => `#EXTM3U\n#EXTINF:1,\n${address}/segment.ts\n`;

const riff = (type: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};
const list = (type: string, ...content: Buffer[]) => riff('LIST', Buffer.from(type, 'latin1'), ...content);

/**
 * Returns an AVI with the playlist as subtitles (GAB2). ffmpeg of 2016 opened it by its content, including its
 * addresses.
 */
function playlistInAvi(): Buffer {
  const text = Buffer.from(playlist(), 'utf8');
  const packet = Buffer.alloc(17);
  packet.write('GAB2\0', 0, 'latin1');
  packet.writeUInt16LE(2, 5);
  packet.writeUInt16LE(4, 11);
  packet.writeUInt32LE(text.length, 13);
  const stream = Buffer.alloc(56);
  stream.write('txts', 0, 'latin1');
  stream.writeUInt32LE(1, 20);
  stream.writeUInt32LE(25, 24);
  const main = Buffer.alloc(56);
  main.writeUInt32LE(40_000, 0);
  main.writeUInt32LE(1, 24);
  return riff(
    'RIFF',
    Buffer.from('AVI ', 'latin1'),
    list('hdrl', riff('avih', main), list('strl', riff('strh', stream), riff('strf', Buffer.alloc(40)))),
    list('movi', riff('00tx', Buffer.concat([packet, text]))),
  );
}

const picture = () => sharp({ create: { width: 16, height: 16, channels: 3, background: 'grey' } });

const FILES: Readonly<Record<string, () => Promise<Buffer> | string>> = {
  'xmp.jpg': () => picture().withXmp(xmp()).jpeg().toBuffer(),
  'xmp.png': () => picture().withXmp(xmp()).png().toBuffer(),
  'xmp.webp': () => picture().withXmp(xmp()).webp().toBuffer(),
  'xmp.tif': () => picture().withXmp(xmp()).tiff().toBuffer(),
  'subtitles.avi': async () => playlistInAvi(),
  'addresses.svg': svg,
  'entities.svg': entities,
  'playlist.m3u8': playlist,
  'playlist.avi': playlist,
  'playlist.heic': playlist,
};

describe('no reader makes a request because of what a file says', () => {
  it.each(['native', 'wasm'] as const)('%s', async (engine) => {
    const inspector = createInspector({ jobs: 1, confinement: new Confinement({ sandbox: 'off' }) });
    try {
      for (const [name, make] of Object.entries(FILES)) {
        const path = join(folder, name);
        writeFileSync(path, await make());
        const report = await inspector.inspect({ path, name, asOf: '2026-11-01', engine, deep: true });
        expect(report.asset.name).toBe(name);
        // The address was read, so the test is meaningful.
        if (name === 'xmp.jpg') {
          expect(report.contentCredentials.presence).toBe('remote');
          expect(JSON.stringify(report)).toContain('manifest.c2pa');
        }
      }
    } finally {
      await inspector.close();
    }
    expect(requests).toEqual([]);
  });

  it('and the server would have noticed', async () => {
    await fetch(`${address}/noticed`);
    expect(requests).toEqual(['/noticed']);
  });
});
