import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchSourceOfStore } from '../../src/cli/match/match-store.js';
import { ResultsError } from '../../src/scan/lines/results-error.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { StoredAttachments } from '../../src/scan/results/stored-attachments.js';
import { openStores } from '../../src/storage/stores.js';
import { scanned } from '../scan/scanned.js';
import { assayHere } from './run-here.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-match-'));
const tree = join(folder, 'tree');
const out = join(folder, 'r.ndjson');
const env = { ASSAY_DATA_DIR: join(folder, 'data') };
const file = (name: string) => join(folder, name);

/** Returns a scene that differs for each seed, with as much detail as a photograph. */
async function scene(seed: string): Promise<Buffer> {
  const [width, height] = [24, 18];
  const pixels = Buffer.concat(
    Array.from({ length: 41 }, (_none, at) => createHash('sha256').update(`${seed} ${at}`).digest()),
  ).subarray(0, width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(640, 480, { kernel: 'cubic' })
    .jpeg({ quality: 92 })
    .toBuffer();
}

const AT = '2026-11-29T10:00:00.000Z';

/** Any valid hash will do. */
const HASH = createHash('sha256').update('a picture').digest('hex');

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  mkdirSync(tree);
  const [one, other] = [await scene('one'), await scene('other')];
  writeFileSync(join(tree, 'one.jpg'), one);
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]), one);
  writeFileSync(join(tree, 'other.jpg'), other);
  await sharp({ create: { width: 200, height: 200, channels: 3, background: 'red' } })
    .png()
    .toFile(join(tree, 'flat.png'));
  writeFileSync(join(tree, 'note.txt'), 'nothing to see');
  await sharp(one).resize(512).jpeg({ quality: 55 }).toFile(file('sent.jpg'));
  await sharp(other).flop().jpeg({ quality: 80 }).toFile(file('mirrored.jpg'));
  await sharp(await scene('new'))
    .png()
    .toFile(file('new.png'));
  const { code, stderr } = await assayHere(['scan', tree, '--keep', 'fingerprints', '--out', out]);
  expect(code, stderr).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('assay scan --keep fingerprints', () => {
  it('keeps with each picture what it looks like, or why that could not be told', () => {
    const { records } = scanned(readFileSync(out, 'utf8'));
    const told = records.map((record) => {
      const { asset, fingerprint } = record as ScanRecord;
      const bytes = fingerprint?.made?.map(({ shelf }) => Buffer.from(shelf, 'base64').length);
      return [asset.name, bytes ?? fingerprint?.missing?.map(({ code }) => code)];
    });
    expect(told.sort()).toEqual([
      ['caf\ufffd.jpg', [17 * 32]],
      ['flat.png', ['fingerprint.flat']],
      ['note.txt', undefined],
      ['one.jpg', [17 * 32]],
      ['other.jpg', [17 * 32]],
    ]);
  });

  it('is asked of all records or of none', async () => {
    const bare = file('bare.ndjson');
    await assayHere(['scan', tree, '--out', bare]);
    expect(readFileSync(bare, 'utf8')).not.toContain('"fingerprint"');
    const refused = await assayHere(['scan', tree, '--keep', 'fingerprints', '--out', bare, '--resume']);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('--keep');
    const none = await assayHere(['match', '--in', bare, '--hash', HASH]);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('--keep fingerprints');
  }, 60_000);
});

describe('what is kept beside results', () => {
  const kept = file('kept.ndjson');
  const env = { ASSAY_DATA_DIR: file('kept-data') };
  const signed = 'fixtures/c2pa/jpeg-c2pa-intact.jpg';

  it('is a small picture and, sealed, the manifest store; what looks like the file leads to them', async () => {
    const files = file('kept-tree');
    mkdirSync(files);
    copyFileSync(signed, join(files, 'signed.jpg'));
    copyFileSync(join(tree, 'one.jpg'), join(files, 'one.jpg'));
    const scan = ['scan', files, '--keep', 'previews,manifests', '--out', kept];
    expect(await assayHere(scan, env)).toMatchObject({ code: 0 });
    const { records } = scanned(readFileSync(kept, 'utf8'));
    const told = records.map((one) => [(one as ScanRecord).asset.name, (one as ScanRecord).kept]);
    expect(told.sort()).toEqual([
      ['one.jpg', { preview: true }],
      ['signed.jpg', { preview: true, manifestStore: true }],
    ]);
    const beside = readFileSync(`${kept}.beside`);
    expect(beside.includes('RIFF')).toBe(true);
    expect(beside.includes('jumb')).toBe(false);

    const bare = file('bare.jpg');
    await sharp(signed).jpeg({ quality: 60 }).toFile(bare);
    const folders = ['--pictures', file('found'), '--manifests', file('found')];
    const ask = ['match', '--json', '--in', kept, ...folders, bare];
    const found = await assayHere(ask, env);
    expect(found.code, found.stderr).toBe(0);
    const [{ picture, manifest, path }] = linesOf(found.stdout)[0].matches;
    expect(path).toBe(join(files, 'signed.jpg'));
    expect((await sharp(picture).metadata()).width).toBeLessThanOrEqual(320);
    const store = readFileSync(manifest);
    expect([store.readUInt32BE(0), store.toString('latin1', 4, 8)]).toEqual([store.length, 'jumb']);

    // Without the key that sealed it nothing can be read, and the command says so.
    const elsewhere = await assayHere(ask, { ASSAY_DATA_DIR: file('other-data') });
    expect(elsewhere).toMatchObject({ code: 3 });
    expect(linesOf(elsewhere.stdout)[0].matches[0]).not.toHaveProperty('manifest');
    expect(elsewhere.stderr).toContain('under a key that is not here');
    const text = await assayHere(['match', '--in', kept, bare], env);
    expect(text.stdout).toContain('A small picture of it is kept');
  }, 120_000);

  it('goes with its files, and into a collection with their names', async () => {
    const taken = await assayHere(['collection', 'import', 'kept', '--from', kept], env);
    expect(taken.code, taken.stderr).toBe(0);
    const stores = await openStores({ dataDir: env.ASSAY_DATA_DIR }, { supervise: false });
    const collection = await stores.collections.findByName('local', 'kept');
    const page = await stores.collections.items('local', collection?.id ?? '', { limit: 10 });
    await stores.close();
    expect(page?.items.map(({ hasPreview }) => hasPreview)).toEqual([true, true]);

    // Imports into the database for another tenant with the same key.
    const desk = await assayHere(['scan', 'import', kept, '--tenant', 'desk'], env);
    expect(desk.code, desk.stderr).toBe(0);
    const inStore = ['match', '--json', '--tenant', 'desk', '--manifests', file('desk'), file('bare.jpg')];
    const [ofDesk] = linesOf((await assayHere(inStore, env)).stdout)[0].matches;
    expect(ofDesk.kept).toEqual({ preview: true, manifestStore: true });
    expect(readFileSync(ofDesk.manifest).toString('latin1', 4, 8)).toBe('jumb');

    // If the results cannot be read, nothing is started; without the key, the message says that the attachments are
    // sealed under one.
    const moved = file('moved.ndjson');
    const elsewhere = { ASSAY_DATA_DIR: file('moved-data') };
    copyFileSync(kept, moved);
    writeFileSync(`${moved}.beside`, Buffer.alloc(4096, 1));
    const move = ['scan', 'import', moved, '--tenant', 'desk'];
    expect(await assayHere(move, elsewhere)).toMatchObject({ code: 2 });
    copyFileSync(`${kept}.beside`, `${moved}.beside`);
    expect(await assayHere(move, elsewhere)).toMatchObject({ code: 0 });
    const ask = ['match', '--json', '--tenant', 'desk', file('bare.jpg')];
    const [there] = linesOf((await assayHere(ask, elsewhere)).stdout)[0].matches;
    const missing = [{ of: 'manifestStore', code: 'stored.notOpened' }];
    expect(there.kept).toEqual({ preview: true, missing });

    const files = file('kept-tree');
    rmSync(join(files, 'signed.jpg'));
    const options = ['--keep', 'previews,manifests', '--resume', '--gone', 'drop'];
    expect(await assayHere(['scan', files, '--out', kept, ...options], env)).toMatchObject({ code: 0 });
    const beside = StoredAttachments.openExisting(kept);
    expect(beside?.preview(join(files, 'signed.jpg'))).toBeUndefined();
    expect(beside?.manifest(join(files, 'signed.jpg'))).toBeUndefined();
    expect(beside?.preview(join(files, 'one.jpg'))).toBeDefined();
    beside?.close();

    // A resumed run without these options removes the attachments.
    const bare = ['--keep', 'fingerprints', '--resume', '--recheck', 'question'];
    expect(await assayHere(['scan', files, '--out', kept, ...bare], env)).toMatchObject({ code: 0 });
    const after = StoredAttachments.openExisting(kept);
    expect(after?.preview(join(files, 'one.jpg'))).toBeUndefined();
    after?.close();
  }, 120_000);

  it('needs a place, and another file in its place is refused', async () => {
    const nowhere = await assayHere(['scan', tree, '--keep', 'manifests']);
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
    writeFileSync(file('foreign.beside'), Buffer.alloc(4096, 1));
    for (const opens of ['openExisting', 'open'] as const)
      expect(() => StoredAttachments[opens](file('foreign'))).toThrow(ResultsError);
  }, 60_000);
});

describe('assay match', () => {
  it('says of each file in its order what looks like it, or why it could not be searched for', async () => {
    const own = [join(tree, 'one.jpg'), join(tree, 'flat.png')];
    const asked = [...['sent.jpg', 'new.png', 'mirrored.jpg', 'nothere.jpg'].map(file), ...own];
    const { code, stdout, stderr } = await assayHere(['match', '--json', '--in', out, '--', ...asked]);
    expect(code, stderr).toBe(3);
    const lines = linesOf(stdout);
    expect(lines.map(({ schema, path }) => [schema, path])).toEqual(
      asked.map((path) => ['assay.matches/1', path]),
    );
    const [sent, unseen, mirrored, lost, one, flat] = lines;
    for (const line of [sent, unseen, mirrored, one])
      expect(line).toMatchObject({ searched: 3, notSearchable: 1 });
    const pathBytes = Buffer.concat([Buffer.from(`${tree}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]);
    expect(sent.matches).toHaveLength(2);
    for (const match of sent.matches)
      expect(match).toMatchObject({
        ...{ kind: 'picture', of: 256, tier: 'same', backing: 'inferred', seen: { by: 'scan' } },
      });
    expect(sent.matches.map(({ path }: { path: string }) => path).sort()).toEqual([
      join(tree, 'caf\ufffd.jpg'),
      join(tree, 'one.jpg'),
    ]);
    expect(sent.matches.find(({ pathBytes: bytes }: { pathBytes?: string }) => bytes)?.pathBytes).toBe(
      pathBytes.toString('base64'),
    );
    expect(unseen.matches).toEqual([]);
    expect(mirrored.matches).toMatchObject([{ path: join(tree, 'other.jpg'), orientation: 'mirrored' }]);
    expect(one.matches).toMatchObject([
      { distance: 0, sameBytes: true },
      { distance: 0, sameBytes: true },
    ]);
    expect(one.matches.filter(({ itself }: { itself?: boolean }) => itself)).toHaveLength(1);
    expect(lost).toMatchObject({ searched: 0, matches: [], fault: { code: 'not-found' } });
    expect(flat).toMatchObject({ searched: 0, matches: [], fault: { code: 'fingerprint.flat' } });
  }, 60_000);

  it('tells a person the same in their language, without the file itself', async () => {
    const asked = [join(tree, 'one.jpg'), file('nothere.jpg'), file('sent.jpg')];
    const text = await assayHere(['match', '--in', out, '--lang', 'zh-Hans', ...asked]);
    expect(text.code).toBe(3);
    expect(text.stderr).toContain('nothere.jpg');
    const [own = '', sent = ''] = text.stdout.split('\n\n');
    expect(own).toContain('caf\ufffd.jpg');
    expect(own.slice(own.indexOf('\n'))).not.toContain('one.jpg');
    expect(sent).toContain(join(tree, 'one.jpg'));
    expect(sent).toMatch(/256 位中有 \d+ 位不同/);
  }, 60_000);

  it('asks with a hash, and refuses one that is none', async () => {
    const { records } = scanned(readFileSync(out, 'utf8'));
    const other = records.find(({ path }) => path.endsWith('other.jpg')) as ScanRecord;
    const hash = Buffer.from(other.fingerprint?.made?.[0]?.shelf ?? '', 'base64').toString('hex', 0, 32);
    const { stdout } = await assayHere(['match', '--json', '--in', out, '--hash', hash.toUpperCase()]);
    expect(linesOf(stdout)).toMatchObject([
      { hash, matches: [{ path: join(tree, 'other.jpg'), distance: 0 }] },
    ]);
    for (const bad of [hash.slice(1), `${hash.slice(1)}g`, '0'.repeat(64)])
      expect(await assayHere(['match', '--in', out, '--hash', bad])).toMatchObject({ code: 2, stdout: '' });
    expect(await assayHere(['match', '--in', out])).toMatchObject({ code: 2 });
  }, 60_000);

  it('asks what the database keeps of one tenant: scans and collections', async () => {
    expect(await assayHere(['match', '--hash', HASH], env)).toMatchObject({ code: 2 });
    expect(await assayHere(['scan', 'import', out, '--tenant', 'desk'], env)).toMatchObject({ code: 0 });
    const { records } = scanned(readFileSync(out, 'utf8'));
    const other = records.find(({ path }) => path.endsWith('other.jpg')) as ScanRecord;
    const hash = Buffer.from(other.fingerprint?.made?.[0]?.shelf ?? '', 'base64').toString('hex', 0, 32);
    const table = file('debunked.csv');
    writeFileSync(
      table,
      `\ufeffname,Hash,finding,link\r\n"Storm, 2019",${hash},"Not of today",https://example.com/1\r\nshort,${hash.slice(1)},,\r\nlink,${hash},,javascript:1\r\n`,
    );
    const toImport = ['collection', 'import', 'debunked', '--from', table, '--tenant', 'desk'];
    const words = ['--finding', 'Shown elsewhere', '--by', 'Fact desk', '--watch'];
    const imported = await assayHere([...toImport, ...words], env);
    expect(imported.code).toBe(3);
    expect(imported.stderr).toMatch(/row 3: .*--bit-order auto-archiver[\s\S]*row 4: .*javascript:1/);
    // Importing the same items again replaces them.
    await assayHere(toImport, env);
    const list = await assayHere(['collection', 'list', '--json', '--tenant', 'desk'], env);
    expect(linesOf(list.stdout)).toMatchObject([{ name: 'debunked', items: 1, watched: true }]);
    const ask = ['match', '--json', '--tenant', 'desk', '--hash', hash];
    const [{ searched, notSearchable, matches }] = linesOf((await assayHere(ask, env)).stdout);
    expect({ searched, notSearchable }).toEqual({ searched: 4, notSearchable: 1 });
    expect(matches.map(({ path, name }: { path?: string; name?: string }) => path ?? name).sort()).toEqual([
      join(tree, 'other.jpg'),
      'Storm, 2019',
    ]);
    expect(matches.find(({ collection }: { collection?: string }) => collection)).toMatchObject({
      finding: { text: 'Not of today', link: 'https://example.com/1' },
    });
    // Other tenants' items are not visible.
    expect(await assayHere(['match', '--hash', hash], env)).toMatchObject({ code: 2 });
    const drop = ['collection', 'delete', 'debunked', '--tenant', 'desk'];
    expect(await assayHere(drop, env)).toMatchObject({ code: 0 });
    expect(linesOf((await assayHere(ask, env)).stdout)[0].matches).toHaveLength(1);
    expect(await assayHere(drop, env)).toMatchObject({ code: 2 });
  }, 120_000);

  it('goes through all that the database keeps, more than it tells at once', async () => {
    const dataDir = file('large');
    const stores = await openStores({ dataDir }, { supervise: false });
    const { id } = await stores.collections.create('desk', { name: 'films' }, AT);
    const item = (n: number) => {
      const shelf = Buffer.alloc(4 * 1024 * 1024, n);
      const film = { kind: 'video', quality: 90, frames: 1, shelf, query: new Uint8Array() } as const;
      return { name: `${n}`, fingerprints: { made: [film], missing: [] } };
    };
    for (let n = 0; n < 6; n += 1) await stores.collections.putItems('desk', id, [item(n)], AT);
    await stores.close();
    const against = await matchSourceOfStore('desk', { ASSAY_DATA_DIR: dataDir });
    const found: (number | undefined)[] = [];
    for await (const { shelf } of against.rows()) found.push(shelf[0]);
    await against.close();
    expect(found).toEqual([0, 1, 2, 3, 4, 5]);
  }, 60_000);
});
