import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { USER_AGENT } from '../../../src/service/fetching/http-get.js';
import { inEnglish } from '../../i18n/english.js';
import { type Asked, codeOf, fetched, ownFolder, type Route, rawSite, site } from './site.js';

const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const IMAGE = { 'content-type': 'image/png' };

/** Returns the result of one route and its message. */
async function answered(route: Route, asked: Asked = {}) {
  const { host, url } = await site({ '/it': route });
  const done = await fetched(`${url}/it`, { hosts: [host], ...asked });
  return {
    done,
    words:
      done.kind === 'refused' ? translatorFor('en').translate(done.userMessage).replaceAll(host, 'HOST') : '',
  };
}

describe('a single medium', () => {
  it('goes straight in, asked for with nothing that tells of whoever asks', async () => {
    const { host, url, asked, requests } = await site({
      '/pictures/caf%C3%A9%20%2Fetc%2F.png?w=1': (_, response) =>
        response.writeHead(200, { ...IMAGE, 'set-cookie': 'a=b' }).end(PICTURE),
    });
    const done = await fetched(`${url}/pictures/caf%C3%A9%20%2Fetc%2F.png?w=1#part`, { hosts: [host] });
    if (done.kind !== 'medium') throw new Error(done.kind);
    expect(done).toMatchObject({
      name: 'café _etc_.png',
      sizeBytes: PICTURE.length,
      served: { host, status: 200, mediaType: 'image/png', address: '127.0.0.1' },
    });
    expect(done.served.url).toBe(`${url}/pictures/caf%C3%A9%20%2Fetc%2F.png?w=1`);
    expect(readFileSync(done.path)).toEqual(PICTURE);
    expect(asked).toEqual(['/robots.txt', '/pictures/caf%C3%A9%20%2Fetc%2F.png?w=1']);
    const fields = {
      host,
      'user-agent': USER_AGENT,
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
    };
    expect(requests.map(({ headers }) => headers)).toEqual([fields, fields]);
    expect(USER_AGENT).toMatch(/^Assay\//);
  });

  it.each<[string, object]>([
    ['no type', {}],
    ['one that is none', { 'content-type': 'application/octet-stream' }],
    ['the type of a page', { 'content-type': 'text/html' }],
    ['the type of text', { 'content-type': 'text/plain; charset=utf-8' }],
  ])('is known by its bytes under %s', async (_words, fields) => {
    const { done } = await answered((_, response) => response.writeHead(200, { ...fields }).end(PICTURE));
    expect(done.kind).toBe('medium');
  });

  it('may be an archive or a document in which media stand', async () => {
    for (const start of ['PK\x03\x04\x14\0\0\0\0\0', '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n']) {
      const body = Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(64)]);
      const { done } = await answered((_, response) => response.writeHead(200).end(body));
      expect(done.kind).toBe('medium');
    }
  });

  it('without a length is taken, and whether it is whole is said to be unknown', async () => {
    const { host, url } = await rawSite((socket) => {
      socket.write('HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\n');
      socket.end(PICTURE);
    });
    const done = await fetched(`${url}/a.png`, { hosts: [host] });
    expect(done).toMatchObject({ kind: 'medium', served: { isLengthUnknown: true } });
    const { done: chunked } = await answered((_, response) => {
      response.writeHead(200, IMAGE).write(PICTURE.subarray(0, 9));
      response.end(PICTURE.subarray(9));
    });
    expect(chunked).toMatchObject({ kind: 'medium', sizeBytes: PICTURE.length });
    expect(chunked).not.toHaveProperty('served.isLengthUnknown');
  });

  it('is kept with the whole head, however many fields it has', async () => {
    const fields = Array.from({ length: 2_500 }, (_, at) => `X: ${at}\r\n`).join('');
    const { host, url } = await rawSite((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\n${fields}Content-Type: image/png\r\nContent-Length: ${PICTURE.length}\r\n\r\n`,
      );
      socket.end(PICTURE);
    });
    const done = await fetched(`${url}/a.png`, { hosts: [host] });
    expect(done).toMatchObject({ kind: 'medium', served: { mediaType: 'image/png' } });
    expect(done.exchanges[1]?.response?.head).toContain('\r\nX: 2499\r\nContent-Type: image/png\r\n');
  });

  it('that comes packed is unpacked, and kept as it came', async () => {
    const packed = gzipSync(PICTURE);
    const { done } = await answered((_, response) =>
      response.writeHead(200, { ...IMAGE, 'content-encoding': 'gzip' }).end(packed),
    );
    if (done.kind !== 'medium') throw new Error(done.kind);
    expect(readFileSync(done.path)).toEqual(PICTURE);
    const { response } = done.exchanges[1] ?? {};
    expect(readFileSync(response?.body.path ?? '')).toEqual(packed);
  });
});

describe('an answer that is no medium', () => {
  it.each([
    [401, 'fetch.login', 'HOST answered 401: it does not show this to everyone.'],
    [403, 'fetch.login', 'HOST answered 403: it does not show this to everyone.'],
    [404, 'fetch.gone', 'HOST answered 404: there is nothing at this address, or no longer.'],
    [410, 'fetch.gone', 'HOST answered 410: there is nothing at this address, or no longer.'],
    [204, 'fetch.status', 'HOST answered 204 and sent nothing that could be inspected.'],
    [302, 'fetch.status', 'HOST answered 302 and sent nothing that could be inspected.'],
    [429, 'fetch.status', 'HOST answered 429 and sent nothing that could be inspected.'],
    [451, 'fetch.status', 'HOST answered 451 and sent nothing that could be inspected.'],
    [500, 'fetch.status', 'HOST answered 500 and sent nothing that could be inspected.'],
  ])('%i has its reason', async (status, code, says) => {
    const { done, words } = await answered((_, response) => response.writeHead(status, IMAGE).end());
    expect(done).toMatchObject({ kind: 'refused', code });
    expect(words).toBe(says);
    expect(done.exchanges).toMatchObject([{ purpose: 'robots' }, { response: { status } }]);
  });

  it.each<[string, string | undefined, string | Buffer, string, string]>([
    ['empty', 'image/png', '', 'fetch.noMedia', 'HOST answered with an empty file.'],
    [
      'text',
      'text/plain',
      'hello',
      'fetch.noMedia',
      'What HOST sent is neither a picture, video or sound nor a page (text/plain).',
    ],
    [
      'data',
      'application/json',
      '{"a":1}',
      'fetch.noMedia',
      'What HOST sent is neither a picture, video or sound nor a page (application/json).',
    ],
    [
      'nothing known',
      undefined,
      '\0\x01\x02',
      'fetch.noMedia',
      'What HOST sent is neither a picture, video or sound nor a page, and HOST does not say what it is.',
    ],
    [
      'a list of pieces',
      'application/x-mpegurl',
      '#EXTM3U\n#EXTINF:4,\na.ts\n',
      'fetch.noMedia',
      'The page names no file of a picture, video or sound. What plays in it is put together by HOST while it plays.',
    ],
    [
      'a page without media',
      'text/html',
      '<p>Words',
      'fetch.noMedia',
      inEnglish('fetching.refused.noMedia', {
        what: 'other',
        host: '127.0.0.1:41831',
        type: '',
        players: ['127.0.0.1:41831'],
      }),
    ],
    [
      'a page with addresses that nobody follows',
      'text/html',
      `<img src="/a.jpg?${'x'.repeat(3_000)}">`,
      'fetch.noMedia',
      inEnglish('fetching.refused.noMedia', {
        what: 'unlisted',
        host: '127.0.0.1:37835',
        type: '',
        players: ['127.0.0.1:37835'],
      }),
    ],
    [
      'a page for members',
      'text/html',
      '<form><input type=password>',
      'fetch.login',
      'HOST answered with a page that asks for a password and names no picture, video or sound.',
    ],
    [
      'a page with a player',
      'text/html',
      '<iframe src="https://player.example/1"></iframe>',
      'fetch.noMedia',
      inEnglish('fetching.refused.noMedia', {
        what: 'player',
        host: '127.0.0.1:36793',
        type: '',
        players: ['player.example'],
      }),
    ],
    [
      'a video that a script fills',
      'text/html',
      '<video></video>',
      'fetch.noMedia',
      'The page names no file of a picture, video or sound. What plays in it is put together by HOST while it plays.',
    ],
  ])('%s has its reason', async (_name, type, body, code, says) => {
    const { done, words } = await answered((_, response) =>
      response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(body),
    );
    expect(done).toMatchObject({ kind: 'refused', code });
    expect(words).toBe(says);
  });

  it('is a page behind comments, and however many of them there are, they hold nobody up', async () => {
    const sent = async (body: string) =>
      (await answered((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(body)))
        .done;
    const comments = '<!-- a -->\n<!---->'.repeat(300);
    expect(
      await sent(`\ufeff<?xml version="1.0"?>\n${comments}<!DOCTYPE html><img src=/a.jpg>`),
    ).toMatchObject({
      kind: 'page',
    });
    // Neither a page nor anything else: a backtracking parser would try each way to split them.
    expect(await sent(`${comments}words`)).toMatchObject({ code: 'fetch.noMedia' });
    expect(await sent('<!-- left open')).toMatchObject({ code: 'fetch.noMedia' });
  });

  it('is told in Chinese too', async () => {
    const { done } = await answered((_, response) => response.writeHead(404).end());
    if (done.kind !== 'refused') throw new Error(done.kind);
    expect(translatorFor('zh-Hans').translate(done.userMessage)).toMatch(/^127\.0\.0\.1:\d+ 回应 404：/);
  });
});

describe('an answer past a bound', () => {
  const MIB = 1024 ** 2;

  it('that says how large it is, is not taken', async () => {
    const { done, words } = await answered(
      (_, response) => response.writeHead(200, { ...IMAGE, 'content-length': 2_000_001 }).flushHeaders(),
      { limits: { bytes: 2_000_000 } },
    );
    expect(done).toMatchObject({ code: 'fetch.tooLarge' });
    expect(words).toBe(
      inEnglish('fetching.refused.tooLarge', {
        what: 'other',
        most: message('amount.sizeAndBytes', {
          size: message('amount.megabytes', { count: '2.0' }),
          exact: message('amount.bytes', { count: 2000000 }),
        }),
      }),
    );
    expect(done.exchanges[1]?.response).toMatchObject({ truncated: 'length', body: { bytes: 0 } });
  });

  it('that grows is refused while it grows, and what came is marked as cut', async () => {
    const folder = ownFolder();
    const { done } = await answered(
      (_, response) => {
        response.writeHead(200, IMAGE);
        const more = () => void response.write(Buffer.alloc(64 * 1024), more);
        more();
      },
      { folder, limits: { bytes: MIB } },
    );
    expect(done).toMatchObject({ code: 'fetch.tooLarge' });
    expect(done.exchanges[1]?.response).toMatchObject({ truncated: 'length', body: { bytes: MIB } });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('that is a page is not held where its server calls it a picture', async () => {
    const { done, words } = await answered(
      (_, response) => response.writeHead(200, IMAGE).end(`<!doctype html>${'<br>'.repeat(1_000)}`),
      { limits: { pageBytes: 2_000 } },
    );
    expect(done).toMatchObject({ code: 'fetch.tooLarge' });
    expect(words).toBe(
      inEnglish('fetching.refused.tooLarge', {
        what: 'other',
        most: message('amount.sizeAndBytes', {
          size: message('amount.kilobytes', { count: '2.0' }),
          exact: message('amount.bytes', { count: 2000 }),
        }),
      }),
    );
  });

  it('that comes packed is not held beyond what it may unpack to', async () => {
    // A gzip member may have an extra field of 64 KiB that decompresses to nothing (RFC 1952, 2.3.1.1).
    const extra = Buffer.concat([Buffer.from('1f8b08040000000000ffffff', 'hex'), Buffer.alloc(65_535)]);
    const nothing = Buffer.concat([extra, Buffer.from('03000000000000000000', 'hex')]);
    const packed = Buffer.concat([gzipSync(PICTURE), ...Array(270).fill(nothing)]);
    const { done } = await answered((_, response) =>
      response.writeHead(200, { ...IMAGE, 'content-encoding': 'gzip' }).end(packed),
    );
    expect(done).toMatchObject({ code: 'fetch.tooLarge' });
  });

  it('of one megabyte packed that unpacks to fifty is refused while it grows', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MIB), { level: 1 });
    for (const type of ['image/bmp', 'text/html']) {
      const { done, words } = await answered((_, response) =>
        response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bomb),
      );
      expect(done).toMatchObject({ code: 'fetch.tooLarge' });
      expect(words).toMatch(
        /^The answer came compressed, though nobody asked for that, and decompresses to more than /,
      );
    }
  });

  it('in its packing is no answer', async () => {
    const packed = gzipSync(PICTURE);
    const sent = async (encoding: string, body: Buffer) =>
      (
        await answered((_, response) =>
          response.writeHead(200, { ...IMAGE, 'content-encoding': encoding }).end(body),
        )
      ).words;
    expect(await sent('zstd', packed)).toBe(
      inEnglish('fetching.refused.encoding', { what: 'other', encoding: 'zstd' }),
    );
    expect(await sent('gzip, gzip', packed)).toContain('(gzip, gzip)');
    expect(await sent('gzip', packed.subarray(0, 20))).toBe(
      inEnglish('fetching.refused.encoding', { what: 'broken', encoding: 'gzip' }),
    );
    expect(await sent('br', PICTURE)).toContain('(br), and the compressed data is damaged');
  });

  it('of time is given up: never begun, dripping, or gone quiet', async () => {
    const { words: never } = await answered(() => {}, { limits: { millis: 300 } });
    expect(never).toBe('HOST had not sent all of it after 1 second.');
    const drips: NodeJS.Timeout[] = [];
    const drip: Route = (_, response) => {
      response.writeHead(200, IMAGE);
      drips.push(setInterval(() => response.write('x'), 20));
    };
    const { done } = await answered(drip, { limits: { millis: 400 } });
    for (const one of drips) clearInterval(one);
    expect(done).toMatchObject({ code: 'fetch.timeout' });
    expect(done.exchanges[1]?.response).toMatchObject({ truncated: 'time' });
    const { words: quiet } = await answered((_, response) => response.writeHead(200, IMAGE).write('x'), {
      limits: { idleMillis: 200 },
    });
    expect(quiet).toBe('HOST sent nothing more for 1 second.');
  });

  it.each<[string, string, string]>([
    ['ends without a word', '', 'ECONNRESET'],
    ['is no web server', 'SSH-2.0-OpenSSH_9.6\r\n', 'HPE_INVALID_CONSTANT'],
    [
      'says too much before its answer',
      `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
      'HPE_HEADER_OVERFLOW',
    ],
    ['speaks something else', 'HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', 'ECONNRESET'],
    [
      'ends early',
      'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99\r\n\r\ncut',
      'ECONNRESET',
    ],
    ['ends a chunk early', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ncut', 'ECONNRESET'],
  ])('of manners: a server that %s', async (_name, says, code) => {
    const { host, url } = await rawSite((socket) => socket.end(says));
    const done = await fetched(`${url}/a.png`, { hosts: [host] });
    if (done.kind !== 'refused') throw new Error(done.kind);
    expect(done.code).toBe('fetch.unreachable');
    expect(translatorFor('en').translate(done.userMessage)).toContain(
      code.startsWith('HPE_')
        ? `answered in a form that Assay does not read (${code})`
        : `ended before everything had arrived (${code})`,
    );
  });

  it('is not waited for once nobody wants it', async () => {
    const stop = new AbortController();
    const { host, url } = await site({ '/it': () => stop.abort(new Error('enough')) });
    await expect(fetched(`${url}/it`, { hosts: [host], signal: stop.signal })).rejects.toThrow('enough');
  });
});

describe('robots.txt', () => {
  it('is heeded for the path, also where a redirect leads', async () => {
    const robots =
      (text: string): Route =>
      (_, response) =>
        response.end(text);
    const { host, url, asked } = await site({
      '/robots.txt': robots('User-agent: *\nDisallow: /private'),
      '/open': (_, response) => response.writeHead(302, { location: '/private/a.png' }).end(),
      '*': (_, response) => response.writeHead(200, IMAGE).end(PICTURE),
    });
    expect(await codeOf(`${url}/private/a.png`, { hosts: [host] })).toBe('fetch.robots');
    expect(await codeOf(`${url}/open`, { hosts: [host] })).toBe('fetch.robots');
    expect(await codeOf(`${url}/public/a.png`, { hosts: [host] })).toBe('medium');
    // Requested once per link and host, however many redirects there are.
    expect(asked).toEqual(['/robots.txt', '/robots.txt', '/open', '/robots.txt', '/public/a.png']);
  });

  it('that cannot be read forbids, and one that is not there allows', async () => {
    const withRobots = async (status: number) => {
      const { host, url } = await site({
        // If the body is not read, its encoding does not matter.
        '/robots.txt': (_, response) =>
          response
            .writeHead(status, status === 200 ? {} : { 'content-encoding': 'own' })
            .end('User-agent: *\nDisallow: /'),
        '*': (_, response) => response.writeHead(200, IMAGE).end(PICTURE),
      });
      return codeOf(`${url}/a.png`, { hosts: [host] });
    };
    expect(await withRobots(503)).toBe('fetch.robots');
    expect(await withRobots(401)).toBe('medium');
    expect(await withRobots(404)).toBe('medium');
    expect(await withRobots(200)).toBe('fetch.robots');
  });

  it('is not followed to where nobody may go', async () => {
    const inner = await site({ '*': (_, response) => response.end() });
    const { host, url } = await site({
      '/robots.txt': (_, response) => response.writeHead(302, { location: inner.url }).end(),
    });
    expect(await codeOf(`${url}/a.png`, { hosts: [host] })).toBe('fetch.private');
    expect(inner.asked).toEqual([]);
  });

  it('is read as far as there is room', async () => {
    const { host, url } = await site({
      '/robots.txt': (_, response) => response.end(`${'#'.repeat(600 * 1024)}\nUser-agent: *\nDisallow: /`),
      '*': (_, response) => response.writeHead(200, IMAGE).end(PICTURE),
    });
    const done = await fetched(`${url}/a.png`, { hosts: [host] });
    expect(done.kind).toBe('medium');
    expect(done.exchanges[0]?.response).toMatchObject({ truncated: 'length', body: { bytes: 500 * 1024 } });
  });
});

describe('a page', () => {
  it('lists what it names and asks for none of it, and a description that was picked is a page too', async () => {
    const { host, url, asked } = await site({
      '/story': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html; charset=gb18030' })
          .end(
            Buffer.concat([
              Buffer.from('<title>', 'latin1'),
              Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
              Buffer.from(
                '</title><meta property="og:image" content="/og.jpg"><img src="pixel.gif" width=1>' +
                  '<link rel=alternate type="application/json+oembed" href="/oembed?u=1"><img src=//other.example/b.jpg>',
              ),
            ]),
          ),
      '/oembed?u=1': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(
            JSON.stringify({ type: 'photo', version: '1.0', url: '/full.jpg', width: 4000, title: 'A boat' }),
          ),
    });
    const done = await fetched(`${url}/story`, { hosts: [host] });
    if (done.kind !== 'page') throw new Error(done.kind);
    expect(done.page).toEqual({
      url: `${url}/story`,
      title: '中文',
      media: [
        { url: `${url}/og.jpg`, kind: 'image', from: 'og' },
        { url: 'http://other.example/b.jpg', kind: 'image', from: 'img', refused: 'fetch.host' },
        { url: `${url}/oembed?u=1`, kind: 'unknown', from: 'oembed' },
      ],
    });
    expect(asked).toEqual(['/robots.txt', '/story']);
    const description = await fetched(`${url}/oembed?u=1`, { hosts: [host] });
    if (description.kind !== 'page') throw new Error(description.kind);
    expect(description.page).toEqual({
      url: `${url}/oembed?u=1`,
      title: 'A boat',
      media: [{ url: `${url}/full.jpg`, kind: 'image', from: 'oembed', width: 4000, alt: 'A boat' }],
    });
    expect(asked).toEqual(['/robots.txt', '/story', '/robots.txt', '/oembed?u=1']);
  });
});
