import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeWarc } from '../../../src/service/fetching/warc.js';
import { fetched, ownFolder, site } from './site.js';

interface Record_ {
  fields: Map<string, string>;
  block: Buffer;
}

/**
 * Parses strictly: each record is a gzip member with a block of the declared length, two empty lines after it, and
 * valid digests.
 */
function recordsOf(path: string): Record_[] {
  const bytes = readFileSync(path);
  const records: Record_[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes.readUInt16BE(at)).toBe(0x1f8b);
    // A member has no field but the ten bytes of its header.
    expect(bytes[at + 3]).toBe(0);
    const inner = inflateRawSync(bytes.subarray(at + 10), { info: true } as object) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    const end = at + 10 + inner.engine.bytesWritten + 8;
    expect(gunzipSync(bytes.subarray(at, end))).toEqual(inner.buffer);
    records.push(recordOf(inner.buffer));
    at = end;
  }
  return records;
}

function recordOf(text: Buffer): Record_ {
  const headEnd = text.indexOf('\r\n\r\n') + 4;
  const [version, ...lines] = text.toString('utf8', 0, headEnd - 4).split('\r\n');
  expect(version).toBe('WARC/1.1');
  const fields = new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([A-Za-z-]+): (\S.*)$/.exec(line) ?? [];
      expect(name, line).not.toBe('');
      return [name, value] as const;
    }),
  );
  expect(fields.size).toBe(lines.length);
  const length = Number(fields.get('Content-Length'));
  expect(text.length).toBe(headEnd + length + 4);
  expect(text.toString('latin1', headEnd + length)).toBe('\r\n\r\n');
  const block = text.subarray(headEnd, headEnd + length);
  expect(fields.get('WARC-Record-ID')).toMatch(/^<urn:uuid:[0-9a-f-]{36}>$/);
  expect(fields.get('WARC-Date')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(fields.get('WARC-Block-Digest')).toBe(`sha256:${sha256(block)}`);
  return { fields, block };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const payloadOf = ({ block }: Record_) => block.subarray(block.indexOf('\r\n\r\n') + 4);
const typesOf = (records: Record_[]) => records.map(({ fields }) => fields.get('WARC-Type'));

const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

describe('what was exchanged, as WARC', () => {
  it('holds every step, the request as it was sent, and bodies as they came', async () => {
    const packed = gzipSync(PICTURE);
    const { host, url, requests } = await site({
      '/a?b=ü': () => {},
      '/start': (_, response) => response.writeHead(302, { location: '/a.png' }).end(),
      '/a.png': (_, response) => {
        response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Encoding': 'gzip', 'X-Odd': '\xfc' });
        response.write(packed.subarray(0, 10));
        response.end(packed.subarray(10));
      },
    });
    const folder = ownFolder();
    const done = await fetched(`${url}/start`, { hosts: [host], folder });
    const path = join(folder, 'a.warc.gz');
    const { bytes, sha256: digest } = await writeWarc(done.exchanges, path);
    expect(statSync(path).size).toBe(bytes);
    expect(sha256(readFileSync(path))).toBe(digest);
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const records = recordsOf(path);
    const pair = ['response', 'request'];
    expect(typesOf(records)).toEqual(['warcinfo', ...pair, ...pair, ...pair]);
    const addressed = records.slice(1);
    expect(addressed.map(({ fields }) => fields.get('WARC-Target-URI'))).toEqual(
      ['/robots.txt', '/robots.txt', '/start', '/start', '/a.png', '/a.png'].map((to) => `${url}${to}`),
    );
    for (const { fields } of addressed) {
      expect(fields.get('WARC-IP-Address')).toBe('127.0.0.1');
      expect(fields.get('WARC-Warcinfo-ID')).toBe(records[0]?.fields.get('WARC-Record-ID'));
    }
    const [answer, asked] = records.slice(-2);
    if (answer === undefined || asked === undefined) throw new Error('none');
    expect(asked.fields.get('WARC-Concurrent-To')).toBe(answer.fields.get('WARC-Record-ID'));
    const sent = requests.at(-1);
    const lines = asked.block.toString('latin1').split('\r\n');
    expect(lines.slice(0, 1)).toEqual(['GET /a.png HTTP/1.1']);
    expect(lines.slice(1, -2).flatMap((line) => line.split(': '))).toEqual(sent?.rawHeaders);
    expect(answer.block.toString('latin1')).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: image\/png\r\nContent-Encoding: gzip\r\nX-Odd: \xfc\r\n/,
    );
    // A reader of the record would otherwise look for chunks that are not there.
    expect(answer.block.toString('latin1')).toContain('x-orig-Transfer-Encoding: chunked');
    expect(payloadOf(answer)).toEqual(packed);
    expect(answer.fields.get('WARC-Payload-Digest')).toBe(`sha256:${sha256(packed)}`);
    expect(answer.fields.has('WARC-Truncated')).toBe(false);
  });

  it('says of what was cut that it was, and of what never came that it did not', async () => {
    const { host, url } = await site({
      '/large': (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        const more = () => void response.write(Buffer.alloc(9_999), more);
        more();
      },
      '/silent': (_, response) => response.destroy(),
    });
    const folder = ownFolder();
    const warcOf = async (link: string, name: string) => {
      const done = await fetched(link, { hosts: [host, '127.0.0.1:1'], folder, limits: { bytes: 50_000 } });
      await writeWarc(done.exchanges, join(folder, name));
      return recordsOf(join(folder, name));
    };
    const large = (await warcOf(`${url}/large`, 'large')).at(-2);
    expect(large?.fields.get('WARC-Truncated')).toBe('length');
    expect(large && payloadOf(large).length).toBe(50_000);
    const silent = await warcOf(`${url}/silent`, 'silent');
    expect(typesOf(silent).slice(3)).toEqual(['metadata', 'request']);
    expect(silent[3]?.block.toString()).toBe('outcome: no answer\r\n');
    const nobody = await warcOf('http://127.0.0.1:1/', 'nobody');
    expect(typesOf(nobody)).toEqual(['warcinfo', 'metadata']);
    expect(nobody[1]?.block.toString()).toBe('outcome: no connection\r\n');
  });

  it('leaves out a body that is kept elsewhere, with its digest', async () => {
    const { host, url } = await site({
      '/a.png': (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE),
    });
    const folder = ownFolder();
    const done = await fetched(`${url}/a.png`, { hosts: [host], folder });
    if (done.kind !== 'medium') throw new Error(done.kind);
    await writeWarc(done.exchanges, join(folder, 'w'), { omittedBodies: [done.path] });
    const answer = recordsOf(join(folder, 'w')).at(-2);
    expect(answer?.fields.get('WARC-Type')).toBe('revisit');
    expect(answer?.fields.get('WARC-Payload-Digest')).toBe(`sha256:${sha256(PICTURE)}`);
    expect(answer && payloadOf(answer)).toHaveLength(0);
  });

  it('takes nobody’s place, and leaves nothing behind where it could not be written', async () => {
    const folder = ownFolder();
    const path = join(folder, 'there');
    writeFileSync(path, 'mine');
    await expect(writeWarc([], path)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const gone = { url: 'http://a.example/', purpose: 'link', at: '2026-11-29T10:00:00.000Z' } as const;
    const body = { path: join(folder, 'gone'), bytes: 1, sha256: '' };
    const response = { status: 200, head: 'HTTP/1.1 200 OK\r\n\r\n', body };
    await expect(writeWarc([{ ...gone, response }], join(folder, 'new'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(readdirSync(folder)).toEqual(['there']);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});
