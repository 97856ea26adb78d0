import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { loadTrustMaterial } from '../../../src/core/trust/lists/material.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { message } from '../../../src/i18n/message.js';
import type { ListCandidate } from '../../../src/service/trust/candidate.js';
import { installLists } from '../../../src/service/trust/install.js';
import { type Issued, pem } from '../../core/trust/ca.js';
import { english } from '../../i18n/english.js';
import { companion, type Published, products, publish, TestFolder } from './lists.js';

let published: Published;
let folder: TestFolder;
beforeAll(async () => {
  published = await publish();
});
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.drop());

const FETCHED = { url: 'https://lists.example/one', fetchedAt: '2026-11-01T10:00:00Z' };
const offer = (file: string, content: string | Buffer, more: object = {}): ListCandidate => ({
  file,
  bytes: Buffer.from(content),
  source: FETCHED,
  ...more,
});
const all = () => Object.entries(published.files).map(([file, content]) => offer(file, content));
const install = (...candidates: ListCandidate[]) => installLists(folder.path, candidates);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sources = () => JSON.parse(folder.read('sources.json')) as Record<string, object>;

describe('lists that are sound', () => {
  it('are installed, described, and loaded without fault', async () => {
    const results = await install(...all());
    expect(results.map((r) => [r.file, r.outcome])).toEqual(
      Object.keys(published.files).map((file) => [file, 'installed']),
    );
    expect(results).toMatchObject([{ certificates: 1 }, {}, { certificates: 3 }, {}, { products: 2 }]);
    for (const [file, content] of Object.entries(published.files)) {
      expect(folder.read(file)).toBe(content);
      expect(sources()[file]).toEqual({ ...FETCHED, sha256: sha256(content) });
    }
    expect(folder.names()).toEqual([...Object.keys(published.files), 'sources.json'].sort());
    const material = await loadTrustMaterial(folder.path);
    expect(material.faults).toEqual([]);
    expect(material.lists.map((l) => `${l.kind} ${l.purpose}`)).toEqual([
      'official signer',
      'official authority',
      'interim signer',
      'interim authority',
    ]);
  });

  it('make their folder where there is none', async () => {
    const deep = join(folder.path, 'data/trust');
    expect(await installLists(deep, all().slice(0, 1))).toMatchObject([{ outcome: 'installed' }]);
  });

  it('keep the one before, and are left alone where nothing changed but the day they were fetched', async () => {
    const file = 'C2PA-TRUST-LIST.pem';
    const newer = pem(published.signers, published.more);
    await install(offer(file, published.files[file] ?? ''));
    expect(await install(offer(file, newer))).toMatchObject([
      { outcome: 'installed', previous: `${file}.old` },
    ]);
    expect([folder.read(file), folder.read(`${file}.old`)]).toEqual([newer, published.files[file]]);

    const later = { ...FETCHED, fetchedAt: '2026-11-20T10:00:00Z' };
    expect(await install(offer(file, newer, { source: later }))).toMatchObject([{ outcome: 'unchanged' }]);
    expect(folder.read(`${file}.old`)).toBe(published.files[file]);
    expect(sources()[file]).toMatchObject({ fetchedAt: later.fetchedAt });
    // Importing older lists again from another medium does not replace newer ones.
    await install(offer(file, newer));
    expect(sources()[file]).toMatchObject({ fetchedAt: later.fetchedAt });
  });

  it('leave what sources.json says of others, and replace one that cannot be read', async () => {
    folder.put('sources.json', JSON.stringify({ 'other.pem': { note: 'ours', url: 'https://x.example/' } }));
    await install(...all().slice(0, 1));
    expect(sources()['other.pem']).toEqual({ note: 'ours', url: 'https://x.example/' });
    folder.put('sources.json', '{"C2PA');
    await install(...all().slice(0, 2));
    expect(Object.keys(sources())).toEqual(['C2PA-TRUST-LIST.pem', 'C2PA-TSA-TRUST-LIST.pem']);
    expect(folder.read('sources.json.old')).toBe('{"C2PA');
  });
});

describe('the date of issue', () => {
  const dated = async (beside: (p: Published) => unknown, file = 'C2PA-TRUST-LIST.pem') => {
    const [result] = await install(
      offer(file, published.files[file] ?? '', { companion: beside(published) }),
    );
    return result;
  };
  const json = (issued: Issued[], date?: string) => Buffer.from(companion(issued, date));

  it('comes from the JSON form of the same list', async () => {
    expect(await dated((p) => json([p.signers]))).toMatchObject({ issueDate: '2026-08-05T00:11:39Z' });
    expect((await loadTrustMaterial(folder.path)).lists[0]?.date).toBe('2026-08-05');
  });

  it.each([
    ['holds other certificates', (p: Published) => json([p.signers, p.more])],
    ['bears no date', (p: Published) => json([p.signers], 'last week')],
    ['is no JSON', () => Buffer.from('<html>')],
    ['was not fetched', () => ({ why: message('trust.companion.notFetched', { code: 'fetch.status' }) })],
  ])('is not known where that file %s; the list is installed all the same', async (words, beside) => {
    const result = await dated(beside);
    expect(result?.outcome).toBe('installed');
    expect(result && 'note' in result && result.note && english(result.note)).toContain(words);
    expect(result).not.toHaveProperty('issueDate');
  });

  it('once known of these very bytes stays known', async () => {
    await dated((p) => json([p.signers]));
    const again = await dated(() => ({
      why: message('trust.companion.notFetched', { code: 'fetch.status' }),
    }));
    expect(again).toMatchObject({ outcome: 'unchanged', issueDate: '2026-08-05T00:11:39Z' });
    expect(again).not.toHaveProperty('note');
    expect(sources()['C2PA-TRUST-LIST.pem']).toMatchObject({ issueDate: '2026-08-05T00:11:39Z' });
  });

  it('comes with the number of the list and the day of the next, also where sources.json has a date', async () => {
    const announced = { NextUpdate: '2026-11-05T00:11:39Z', LoTESequenceNumber: 7 };
    const next = { nextUpdate: '2026-11-05T00:11:39Z', sequence: 7 };
    const beside = { companion: Buffer.from(companion([published.signers], undefined, announced)) };
    const file = 'C2PA-TRUST-LIST.pem';
    const text = published.files[file] ?? '';
    await install(offer(file, text, beside));
    expect(sources()[file]).toMatchObject({ issueDate: '2026-08-05T00:11:39Z', ...next });
    const source = { ...FETCHED, issueDate: '2026-08-04' };
    await install(offer(file, `${text}\n`, { ...beside, source }));
    expect(sources()[file]).toMatchObject({ issueDate: '2026-08-04', ...next });
    expect((await loadTrustMaterial(folder.path)).lists[0]).toMatchObject({ nextUpdate: next.nextUpdate });
  });

  it('is not made up for an interim list that is not the frozen one', async () => {
    const [result] = await install(offer('ITL-anchors.pem', published.files['ITL-anchors.pem'] ?? ''));
    expect(result).not.toHaveProperty('issueDate');
  });
});

describe('a list that is refused', () => {
  const text = (name: string) => published.files[name] ?? '';
  const SIGNERS = 'C2PA-TRUST-LIST.pem';
  const PRODUCTS = 'conforming-products-list.json';

  it.each<[string, string, () => string | Buffer, string]>([
    ['cut inside a certificate', SIGNERS, () => text(SIGNERS).slice(0, 300), 'trust.truncated'],
    ['a web page', SIGNERS, () => '<html>Please log in</html>', 'trust.empty'],
    ['empty', SIGNERS, () => '', 'trust.empty'],
    [
      'broken in one certificate',
      SIGNERS,
      () => `${text(SIGNERS)}-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n`,
      'trust.certificate',
    ],
    ['huge', SIGNERS, () => Buffer.alloc(trustLimits.trustFileBytes + 1), 'bound.trustFile'],
    [
      'full of certificates',
      SIGNERS,
      () => pem(published.leaf).repeat(trustLimits.certificatesPerTrustFile + 1),
      'bound.entries',
    ],
    ['the list of authorities', SIGNERS, () => text('C2PA-TSA-TRUST-LIST.pem'), 'trust.wrongList'],
    ['certificates of signers', SIGNERS, () => text('ITL-allowed.pem'), 'trust.wrongList'],
    ['the list of signers', 'C2PA-TSA-TRUST-LIST.pem', () => text(SIGNERS), 'trust.wrongList'],
    ['the anchors', 'ITL-allowed.pem', () => text('ITL-anchors.pem'), 'trust.wrongList'],
    ['cut', PRODUCTS, () => text(PRODUCTS).slice(0, -5), 'trust.json'],
    ['another JSON', PRODUCTS, () => '{"LoTE":{}}', 'trust.json'],
    ['a list of other things', PRODUCTS, () => '[{"product":{}}]', 'trust.noRecords'],
    ['an empty list', PRODUCTS, () => '[]', 'trust.noRecords'],
    ['a deep nest', PRODUCTS, () => '['.repeat(1e6) + ']'.repeat(1e6), 'trust.noRecords'],
    ['endless', PRODUCTS, () => products(16_385), 'bound.entries'],
    ['huge', PRODUCTS, () => Buffer.alloc(trustLimits.trustFileBytes + 1, ' '), 'bound.trustFile'],
  ])('%s as %s: the old one stays', async (_words, file, content, code) => {
    await install(...all());
    const [before, described] = [folder.names(), folder.read('sources.json')];
    expect(await install(offer(file, content()))).toMatchObject([
      { file, outcome: 'refused', fault: { code } },
    ]);
    expect(folder.read(file)).toBe(published.files[file]);
    expect(folder.names()).toEqual(before);
    expect(folder.read('sources.json')).toBe(described);
  });

  it('does not keep the others out', async () => {
    const [first, second, ...rest] = all();
    const broken = offer('C2PA-TSA-TRUST-LIST.pem', 'nothing');
    const missing = { file: 'ITL-anchors.pem', fault: fault('fetch.status', { status: '404' }) };
    const results = await install(...[first, broken, missing, rest[1]].filter((one) => one !== undefined));
    expect(second).toBeDefined();
    expect(results.map((r) => r.outcome)).toEqual(['installed', 'refused', 'refused', 'installed']);
    expect(results[2]).toMatchObject({ fault: { code: 'fetch.status', params: { status: '404' } } });
    expect(folder.names()).toEqual(['C2PA-TRUST-LIST.pem', 'ITL-allowed.pem', 'sources.json']);
  });

  it.each(['../C2PA-TRUST-LIST.pem', 'private/own.pem', 'sources.json'])('is %s', async (file) => {
    expect(await install(offer(file, text(SIGNERS)))).toMatchObject([
      { fault: { code: 'trust.unknownFile' } },
    ]);
    expect(folder.names()).toEqual([]);
  });

  it('where a folder has its name', async () => {
    mkdirSync(join(folder.path, SIGNERS));
    expect(await install(offer(SIGNERS, text(SIGNERS)))).toMatchObject([
      { fault: { code: 'trust.notAFile' } },
    ]);
  });
});

describe('a broken list that is installed', () => {
  it('is replaced and kept beside', async () => {
    folder.put('C2PA-TRUST-LIST.pem', 'broken');
    expect(await install(...all().slice(0, 1))).toMatchObject([{ outcome: 'installed' }]);
    expect(folder.read('C2PA-TRUST-LIST.pem.old')).toBe('broken');
  });
});

describe('a trust folder that cannot be written', () => {
  it('is said, and nothing is changed', async () => {
    folder.put('file', '');
    await expect(installLists(join(folder.path, 'file'), all())).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
