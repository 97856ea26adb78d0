import { describe, expect, it } from 'vitest';
import { LinkPolicy } from '../../../src/service/fetching/address-policy.js';
import { fetchLimits } from '../../../src/service/fetching/fetch-limits.js';
import { readPage } from '../../../src/service/fetching/page.js';
import { decodePage } from '../../../src/service/fetching/page-text.js';
import { largestCandidate } from '../../../src/service/fetching/srcset.js';

const AT = new URL('https://news.example/2026/story');
const read = (html: string) =>
  readPage(html, AT, new LinkPolicy({ mode: 'all', hosts: new Set(), denied: [] }));
const listed = async (html: string) =>
  (await read(html)).page.media.map(({ url, kind, from, width, alt }) =>
    [url.replace('https://news.example/', '/'), kind, from, width, alt]
      .filter((one) => one !== undefined)
      .join(' '),
  );

describe('the media of a page', () => {
  it.each<[string, string, string[]]>([
    [
      'Open Graph, with what belongs to each',
      `<meta property="og:image" content="http://cdn.example/a.jpg"><meta property="og:image:secure_url" content="https://cdn.example/a.jpg">
       <meta property=og:image:width content=1200><meta property=og:image:alt content="A  boat">
       <meta property="og:image" content="/b.jpg"><meta property="og:image:url" content="/b.jpg">
       <meta property="og:video" content="/v.mp4"><meta property="og:video:type" content="video/mp4"><meta property="og:audio" content="/s.mp3">`,
      [
        'https://cdn.example/a.jpg image og 1200 A boat',
        '/b.jpg image og',
        '/v.mp4 video og',
        '/s.mp3 audio og',
      ],
    ],
    [
      'Twitter’s card',
      '<meta name="twitter:image" content="/t.jpg"><meta name="twitter:image:alt" content="Alt"><meta name="twitter:player:stream" content="/s.mp4">',
      ['/t.jpg image twitter Alt', '/s.mp4 video twitter'],
    ],
    [
      'JSON-LD, in graphs and lists, without the publisher’s sign',
      `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","image":["/a.jpg",{"@type":"ImageObject","url":"/b.jpg","width":{"value":"800px"}}],
        "publisher":{"logo":{"@type":"ImageObject","url":"/logo.png"}},
        "video":{"@type":["VideoObject"],"name":"Fire","contentUrl":"/v.mp4","thumbnailUrl":["/t.jpg"],"embedUrl":"https://player.example/1"}}]}</script>`,
      [
        '/a.jpg image json-ld',
        '/b.jpg image json-ld 800',
        '/v.mp4 video json-ld Fire',
        '/t.jpg image json-ld',
      ],
    ],
    [
      'players with files',
      '<video src="/v.webm" poster="/p.jpg"></video><audio><source src="/a.ogg" type="audio/ogg"></audio>',
      ['/v.webm video video', '/p.jpg image video', '/a.ogg audio audio'],
    ],
    [
      'pictures, the largest of each',
      `<picture><source srcset="/s.webp 400w, /l.webp 1600w" type="image/webp"><img src="/s.jpg" srcset="/s.jpg 1x, /l.jpg 2x" alt="Cat"></picture>
       <img src="data:image/gif;base64,R0" data-src="/lazy.jpg"><img src="/pixel.gif" width="1" height="1"><img src="javascript:x"><img>`,
      ['/l.webp image srcset 1600', '/l.jpg image srcset Cat', '/lazy.jpg image img'],
    ],
    [
      'each address once, as the page says it first, with what it says later',
      '<img src="/a.jpg#x" alt="Cat" width=90><meta property="og:image" content="/a.jpg"><img src="https://u:p@news.example/a.jpg">',
      ['/a.jpg image img 90 Cat'],
    ],
    [
      'addresses from the page’s own base, the first',
      '<base href="/b/"><base href="/c/"><img src=x.jpg>',
      ['/b/x.jpg image img'],
    ],
    [
      '… and from no other than one of the web',
      '<base href="data:,x"><img src=x.jpg>',
      ['/2026/x.jpg image img'],
    ],
    ['entities in an address', '<img src="/a?b=1&amp;c=2">', ['/a?b=1&c=2 image img']],
    [
      'a description beside it',
      '<link rel=alternate type="application/json+oembed" href="/o" title="T">',
      ['/o unknown oembed T'],
    ],
    [
      'nothing in comments, styles and scripts',
      '<!-- <img src=/a.jpg> --><script>"<img src=/b.jpg>"</script><style><img src=/c></style>',
      [],
    ],
  ])('%s', async (_name, html, media) => expect(await listed(html)).toEqual(media));

  it('knows what plays without a file', async () => {
    const { page } = await read(
      `<iframe src="https://www.player.example/embed/1"></iframe><iframe src="about:blank"></iframe>
       <video src="blob:https://news.example/1"></video><video></video><video><source src="/live.m3u8"></video>
       <meta property="og:video" content="https://flash.example/p"><meta property="og:video:type" content="text/html">`,
    );
    expect(page.media).toEqual([]);
    expect(page.players).toEqual([
      { kind: 'frame', host: 'www.player.example' },
      { kind: 'script' },
      { kind: 'stream', host: 'news.example' },
      { kind: 'frame', host: 'flash.example' },
    ]);
  });

  it('counts what cannot be listed, and nothing that is in the page itself', async () => {
    const long = `/a.jpg?${'x'.repeat(fetchLimits.urlCharacters)}`;
    const { page } = await read(
      `<img src="${long}"><img src="https://u:p@news.example/b.jpg"><img src="data:image/gif;base64,${'R'.repeat(9_000)}"><img src="javascript:x"><img src="http://[">`,
    );
    expect(page).toMatchObject({ media: [], leftOut: 2 });
  });

  it('says of each what its address alone forbids', async () => {
    const { page } = await read(
      '<img src="http://127.0.0.1/a.jpg"><img src="http://localhost/b.jpg"><img src="/c.jpg">',
    );
    expect(page.media.map(({ refused }) => refused)).toEqual(['fetch.private', 'fetch.private', undefined]);
  });

  it('gives the title, else what the page calls itself to others', async () => {
    expect((await read('<title> A\n story </title><svg><title>No</title></svg>')).page.title).toBe('A story');
    expect((await read('<meta property="og:title" content="Other">')).page.title).toBe('Other');
    expect((await read(`<title>${'x'.repeat(1_000)}</title>`)).page.title?.length).toBeLessThanOrEqual(
      fetchLimits.titleCharacters,
    );
  });

  it('is bounded, and what is left out is counted', async () => {
    const many = Array.from({ length: 250 }, (_, at) => `<img src="/${at}.jpg">`).join('');
    const { page } = await read(`${many}<meta property="og:image" content="/og.jpg">`);
    expect(page.media).toHaveLength(fetchLimits.candidates);
    expect(page.media[0]?.url).toBe('https://news.example/og.jpg');
    expect(page.leftOut).toBe(151);
    expect(page.isCut).toBeUndefined();
  });

  it.each<[string, () => string]>([
    ['elements', () => '<br>'.repeat(fetchLimits.elements + 1)],
    ['depth', () => `${'<b>'.repeat(fetchLimits.depth + 1)}${'</x>'.repeat(200_000)}`],
    ['data that cannot be read', () => '<script type="application/ld+json">{</script>'],
    [
      'data that is too deep',
      () => `<script type="application/ld+json">${'['.repeat(100)}${']'.repeat(100)}</script>`,
    ],
    [
      'too much data',
      () => `<script type="application/ld+json">[${'1,'.repeat(fetchLimits.jsonNodes)}1]</script>`,
    ],
  ])('is not looked at to its end for %s, and says so', async (_name, html) => {
    const before = process.cpuUsage();
    expect((await read(`<img src=/a.jpg>${html()}`)).page).toMatchObject({
      isCut: true,
      media: [{ kind: 'image' }],
    });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });
});

describe('the text of a page', () => {
  const GB = Buffer.from([0xd6, 0xd0]);
  it.each<[string, Buffer, string, string]>([
    ['as the server says', GB, 'text/html; charset="GBK"', '中'],
    [
      'as it says itself',
      Buffer.concat([Buffer.from('<meta charset=gb2312>'), GB]),
      'text/html',
      '<meta charset=gb2312>中',
    ],
    ['by its mark', Buffer.from('\ufeff中'), 'text/html; charset=gbk', '中'],
    ['by its mark in two bytes', Buffer.from('\ufeff中', 'utf16le'), 'text/html', '中'],
    ['in letters nobody knows', Buffer.from('中'), 'text/html; charset=klingon', '中'],
  ])('%s', (_name, bytes, type, text) => expect(decodePage(bytes, type)).toBe(text));
});

describe('a srcset', () => {
  it.each<[string, { url: string; width?: number } | undefined]>([
    ['', undefined],
    [' , ,', undefined],
    ['a.jpg', { url: 'a.jpg' }],
    ['a.jpg 1x, b.jpg 2x', { url: 'b.jpg' }],
    ['a.jpg 400w,b.jpg 1200w , c.jpg 800w', { url: 'b.jpg', width: 1200 }],
    ['https://x/w_1,h_2/a.jpg 1x, https://x/w_2,h_4/a.jpg 2x', { url: 'https://x/w_2,h_4/a.jpg' }],
    ['a.jpg, b.jpg', { url: 'a.jpg' }],
    ['a,,b.jpg,, 2x', { url: 'a,,b.jpg' }],
  ])('%j', (text, largest) => expect(largestCandidate(text)).toEqual(largest));

  it('of nothing but commas holds nobody up', () => {
    const word = `a${','.repeat(fetchLimits.srcsetCharacters - 2)}b`;
    const before = process.cpuUsage();
    for (let n = 0; n < 8; n += 1) expect(largestCandidate(word)).toEqual({ url: word });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });
});
