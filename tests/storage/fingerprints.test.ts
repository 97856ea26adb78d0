import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fingerprint, FingerprintKind } from '../../src/matching/fingerprint.js';
import {
  countUndecryptableManifests,
  sealManifests,
} from '../../src/storage/encryption/reencrypt-manifests.js';
import type { FingerprintOwner, NewFingerprint } from '../../src/storage/fingerprints/fingerprints.js';
import { ScanRepository } from '../../src/storage/scans/kysely-scans.js';
import { openManifest, sealManifest } from '../../src/storage/scans/scan-manifests.js';
import type { ScanRecordRow } from '../../src/storage/scans/scans.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth, emptiedEachTime } from '../contracts/stores.js';
import { shellReport } from '../http/shell-report.js';
import { standIn } from '../support/program.js';
import { secretKeys } from '../support/secret-keys.js';
import { collectionTests } from './collection-tests.js';

const AT = '2026-11-29T10:00:00.000Z';
const LATER = '2026-12-29T10:00:00.000Z';
const NEVER = '9999-12-31T23:59:59.999Z';
const VERSIONS = { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] };
const CUTS = 17;
const TURNS = 24;

const fingerprint = (over: Partial<Fingerprint> = {}): Fingerprint => ({
  kind: 'picture',
  quality: 90,
  frames: 1,
  shelf: randomBytes(CUTS * 32),
  query: randomBytes(TURNS * 32),
  ...over,
});
const video = (frames = 3): Fingerprint =>
  fingerprint({
    ...{ kind: 'video', frames, seconds: 1.5 },
    ...{ shelf: randomBytes(frames * CUTS * 32), query: randomBytes(frames * TURNS * 32) },
  });
const sound = (): Fingerprint => {
  const values = randomBytes(400);
  return fingerprint({ kind: 'sound', quality: 100, seconds: 12.25, shelf: values, query: values });
};
const missing = (kind: FingerprintKind = 'picture') => ({
  missing: { kind, code: 'carrier.none' as const },
});
const news = (
  holder: FingerprintOwner,
  one: NewFingerprint['fingerprint'] = fingerprint(),
  over: Partial<NewFingerprint> = {},
): NewFingerprint => ({ tenant: 'local', holder, at: AT, fingerprint: one, ...over });

interface Made {
  tenant?: string;
  expiresAt?: string;
  content?: string;
  supersedes?: string;
}

async function inspected(
  stores: Stores,
  { tenant = 'local', expiresAt, content = '', supersedes }: Made = {},
) {
  const id = randomUUID();
  const report = shellReport({ name: 'n', asOf: '2026-11-29' }, Buffer.from(content || id));
  const { sha256 } = report.asset;
  await stores.inspections.createDone(
    {
      ...{ id, tenant, createdAt: AT, sha256 },
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(supersedes === undefined ? {} : { supersedes }),
      request: { name: 'n', asOf: '2026-11-29', asOfSource: 'today', engine: 'auto', hasSidecar: false },
    },
    { report, versions: VERSIONS, finishedAt: AT },
  );
  return { inspection: id };
}

/** Returns everything, as a searching process would hold it. */
async function followed({ fingerprints }: Pick<Stores, 'fingerprints'>, after = 0, limit = 3) {
  const rows = [];
  for (let from = after; ; ) {
    const some = await fingerprints.follow(from, limit);
    rows.push(...some);
    const last = some.at(-1);
    if (last === undefined) return rows;
    expect(last.seq).toBeGreaterThan(from);
    from = last.seq;
  }
}

const alive = async (stores: Pick<Stores, 'fingerprints'>) =>
  (await followed(stores, 0, 1_000)).filter(({ gone }) => !gone);

/** Asserts that no table contains these bytes any more. */
async function isForgotten({ database }: Stores, one: Fingerprint) {
  const shelves = await database.query.selectFrom('fingerprints').select('shelf').execute();
  const queries = await database.query.selectFrom('fingerprint_queries').select('query').execute();
  const all = [...shelves.map(({ shelf }) => shelf), ...queries.map(({ query }) => query)];
  return !all.some((bytes) => [one.shelf, one.query].some((mine) => Buffer.from(bytes).equals(mine)));
}

const row = (path: string, over: Partial<ScanRecordRow> = {}): ScanRecordRow => ({
  ...{ path, bytes: 1, modified: 1, outcome: 'ok', sha256: `sha of ${path}` },
  record: JSON.stringify({ path }),
  ...over,
});

describeOnBoth('fingerprints', (openNew, place) => {
  const open = emptiedEachTime(openNew);

  describe('the store of fingerprints', () => {
    it('keeps of each holder and kind what was made last, and asks with what was made to ask with', async () => {
      const stores = await open();
      const { fingerprints } = stores;
      const holder = await inspected(stores);
      const [frames, tone] = [video(), sound()];
      await fingerprints.put([news(holder, frames), news(holder, tone), news(holder, missing())]);
      expect(await fingerprints.getForSearch('local', holder)).toEqual({
        made: [tone, frames],
        missing: [{ kind: 'picture', code: 'carrier.none' }],
      });
      const before = await followed(stores);
      const ids = await fingerprints.listIds('local', holder);
      // Putting the same again is no news to any watcher.
      await fingerprints.put([news(holder, frames), news(holder, tone), news(holder, missing())]);
      expect(await followed(stores)).toEqual(before);

      const other = video(5);
      await fingerprints.put([news(holder, other)]);
      const after = await followed(stores, before.at(-1)?.seq);
      expect(after.map(({ kind, gone, frames: n }) => [kind, gone, n])).toEqual(
        expect.arrayContaining([
          ['video', true, 0],
          ['video', false, 5],
        ]),
      );
      expect(after).toHaveLength(2);
      expect(await fingerprints.listIds('local', holder)).toHaveLength(ids.length);
      expect(await isForgotten(stores, frames)).toBe(true);
      expect((await fingerprints.findOwners('local', await fingerprints.listIds('local', holder))).size).toBe(
        3,
      );
      expect(await fingerprints.counts('local')).toEqual({
        ...{ searchable: 2, notSearchable: 1 },
        bytes: other.shelf.length + tone.shelf.length,
      });
    });

    it('keeps nothing for a holder that is not there, or is another tenant’s', async () => {
      const stores = await open();
      const { fingerprints } = stores;
      const theirs = await inspected(stores, { tenant: 'theirs' });
      await fingerprints.put([
        news(theirs),
        news({ inspection: randomUUID() }),
        news({ scan: 4711, path: 'a.jpg' }),
        news({ collection: randomUUID(), item: randomUUID() }),
      ]);
      expect(await followed(stores)).toEqual([]);
      await fingerprints.put([news(theirs, fingerprint(), { tenant: 'theirs' })]);
      const [row] = await followed(stores);
      expect(row).toMatchObject({ tenant: 'theirs', gone: false });
      expect((await fingerprints.findOwners('local', [row?.id ?? 0])).size).toBe(0);
      expect((await fingerprints.findOwners('theirs', [row?.id ?? 0])).get(row?.id ?? 0)).toMatchObject({
        ...theirs,
        ...{ kind: 'picture', at: AT },
      });
      expect((await fingerprints.counts('local')).searchable).toBe(0);
      expect((await fingerprints.getForSearch('local', theirs)).made).toEqual([]);
      expect(await fingerprints.remove('local', theirs)).toBe(false);
      expect(await alive(stores)).toHaveLength(1);
    });

    it('refuses what is no whole fingerprint, and keeps nothing of what came with it', async () => {
      const stores = await open();
      const { fingerprints } = stores;
      const holder = await inspected(stores);
      const bad: Partial<Fingerprint>[] = [
        { shelf: randomBytes(31) },
        { shelf: new Uint8Array() },
        { query: randomBytes(33) },
        { frames: 0 },
        { frames: 2 },
        { frames: 1.5 },
        { kind: 'sound', shelf: randomBytes(6), query: randomBytes(8) },
        { shelf: Buffer.alloc(4 * 1024 * 1024 + 32) },
      ];
      for (const one of bad) {
        const put = fingerprints.put([news(holder, sound()), news(holder, fingerprint(one))]);
        await expect(put, JSON.stringify(Object.keys(one))).rejects.toThrow(RangeError);
      }
      expect(await followed(stores)).toEqual([]);
    });

    it('gives in an order in which nothing comes in behind, while others put and take away at once', async () => {
      const at = await place();
      const writers = await Promise.all([open(at), open(at)]);
      const reader = await open(at);
      const made = await Promise.all(
        writers.map(async (stores) => Promise.all(Array.from({ length: 9 }, () => inspected(stores)))),
      );
      let writing = true;
      const held = new Map<number, boolean>();
      let seen = 0;
      const follow = async () => {
        const rows = await reader.fingerprints.follow(seen, 5);
        for (const row of rows) {
          expect(row.seq).toBeGreaterThan(seen);
          seen = row.seq;
          if (row.gone) held.delete(row.id);
          else held.set(row.id, true);
        }
        return rows.length;
      };
      const following = (async () => {
        // SQLite runs synchronously before other work of this process.
        while (writing) {
          await follow();
          await turn();
        }
        while ((await follow()) > 0);
      })();
      await Promise.all(
        writers.map(async ({ fingerprints, inspections }, n) => {
          for (const [i, holder] of (made[n] ?? []).entries()) {
            // Also puts the next writer's row, so that two write the same row.
            const [other] = made[(n + 1) % writers.length]?.slice(i) ?? [];
            await fingerprints.put([news(holder), ...(other ? [news(other, video(1))] : [])]);
            if (i % 3 === 0) await inspections.delete('local', holder.inspection);
            if (i % 3 === 1) await fingerprints.put([news(holder)]);
          }
        }),
      );
      writing = false;
      await following;
      const rows = await alive(reader);
      expect(rows.length).toBeGreaterThan(15);
      expect([...held.keys()].sort()).toEqual(rows.map(({ id }) => id).sort());
    });

    it('deletes them with their inspection in one transaction, and leaves those of another with the same answer', async () => {
      const stores = await open();
      const { fingerprints, inspections } = stores;
      const first = await inspected(stores);
      const again = await inspected(stores);
      const one = fingerprint();
      expect(await fingerprints.copy('local', first.inspection, again.inspection)).toBe(false);
      const partly = { code: 'bound.fingerprintSeconds' as const, params: { seconds: 600 } };
      await fingerprints.put([news(first, one, { expiresAt: LATER, partly })]);
      expect(await fingerprints.copy('theirs', first.inspection, again.inspection)).toBe(false);
      expect(await fingerprints.copy('local', first.inspection, again.inspection)).toBe(true);
      // Repeating it changes nothing.
      expect(await fingerprints.copy('local', first.inspection, again.inspection)).toBe(true);
      expect(await alive(stores)).toHaveLength(2);
      expect(await inspections.delete('local', first.inspection)).toBe(true);
      expect(await fingerprints.getForSearch('local', first)).toEqual({ made: [], missing: [] });
      expect(await fingerprints.getForSearch('local', again)).toEqual({
        ...{ made: [one], missing: [] },
        partly: [{ kind: 'picture', ...partly }],
      });
      const [id = 0] = await fingerprints.listIds('local', again);
      expect((await fingerprints.findOwners('local', [id])).get(id)).toMatchObject({ partly });
      await fingerprints.put([news(again, one, { expiresAt: LATER })]);
      expect(await fingerprints.getForSearch('local', again)).toEqual({ made: [one], missing: [] });
      expect(await inspections.delete('local', again.inspection)).toBe(true);
      expect(await alive(stores)).toEqual([]);
      expect(await isForgotten(stores, one)).toBe(true);
      // It appears once more as a removal.
      expect((await followed(stores)).map(({ gone, shelf }) => [gone, shelf.length])).toEqual([
        [true, 0],
        [true, 0],
        [true, 0],
      ]);
    });

    it('gives a recheck of the same bytes what the one before had', async () => {
      const stores = await open();
      const { fingerprints } = stores;
      const first = await inspected(stores, { content: 'bytes' });
      const one = fingerprint();
      await fingerprints.put([news(first, one)]);
      const again = await inspected(stores, { content: 'bytes', supersedes: first.inspection });
      const other = await inspected(stores, { content: 'others', supersedes: first.inspection });
      expect((await fingerprints.getForSearch('local', again)).made).toEqual([one]);
      expect((await fingerprints.getForSearch('local', other)).made).toEqual([]);
    });

    it('lets them outlive their report by its day, with nothing that names file or person', async () => {
      const stores = await open();
      const { database, fingerprints, inspections } = stores;
      const [goes, stays] = [
        await inspected(stores, { expiresAt: AT }),
        await inspected(stores, { expiresAt: AT }),
      ];
      await database.query
        .updateTable('inspections')
        .set({
          headline: JSON.stringify({ id: 'headline.ai.made', params: { tool: 'SECRET TOOL' } }),
          signer: 'Masked Signer',
        })
        .execute();
      await fingerprints.put([news(goes), news(stays, fingerprint(), { expiresAt: LATER })]);
      for (const { inspection } of [goes, stays])
        expect(await inspections.expire('local', inspection, '2026-11-30T00:00:00.000Z')).toBe(true);
      expect(await inspections.expire('local', stays.inspection, LATER)).toBe(false);
      const [row, ...others] = await alive(stores);
      expect(others).toEqual([]);
      const holder = (await fingerprints.findOwners('local', [row?.id ?? 0])).get(row?.id ?? 0);
      expect(holder).toEqual({
        ...stays,
        ...{ kind: 'picture', at: AT },
        remainder: { door: 'inspection', headline: 'headline.ai.made', signer: 'Masked Signer' },
      });
      const kept = await database.query.selectFrom('fingerprints').selectAll().execute();
      expect(JSON.stringify(kept)).not.toContain('SECRET');
      expect(await database.query.selectFrom('fingerprint_queries').selectAll().execute()).toEqual([]);

      // A person may still remove it, under the id of the deleted report.
      expect(await inspections.delete('theirs', stays.inspection)).toBe(false);
      expect(await inspections.delete('local', stays.inspection)).toBe(true);
      expect(await inspections.delete('local', stays.inspection)).toBe(false);
      expect(await alive(stores)).toEqual([]);
    });

    it('takes them away on their day, and forgets after a week that they were there, which followers can tell', async () => {
      const stores = await open();
      const { fingerprints, database } = stores;
      const holders = [await inspected(stores), await inspected(stores), await inspected(stores)];
      const [a, b, c] = holders.map((holder, n) =>
        news(holder, fingerprint(), { expiresAt: [AT, LATER, NEVER][n] ?? '' }),
      );
      await fingerprints.put([a, b, c].filter((one) => one !== undefined));
      const before = (await followed(stores)).at(-1)?.seq ?? 0;
      expect(await fingerprints.deleteExpired(AT)).toBe(1);
      expect(await fingerprints.deleteExpired(AT)).toBe(0);
      expect(await alive(stores)).toHaveLength(2);
      expect(await fingerprints.floor()).toBe(0);
      expect((await followed(stores, before)).map(({ gone }) => gone)).toEqual([true]);

      const gone = await database.query
        .updateTable('fingerprints')
        .set({ gone_at: '2026-11-01T00:00:00.000Z' })
        .where('gone_at', 'is not', null)
        .returning('seq')
        .executeTakeFirstOrThrow();
      expect(await fingerprints.deleteExpired(AT)).toBe(1);
      expect(await followed(stores, before)).toEqual([]);
      // A watcher that is behind it and started earlier has missed something.
      expect(await fingerprints.floor()).toBe(gone.seq);
      expect(gone.seq).toBeGreaterThan(before);
    });

    it('loses none to a kill, whenever it comes', async () => {
      const at = await place();
      const stores = await open(at);
      const holder = await inspected(stores);
      const child = spawn(
        process.execPath,
        [standIn('puts-fingerprints'), JSON.stringify(at), holder.inspection],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let said = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        said = Number(line);
        if (said === 20) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(said).toBeGreaterThanOrEqual(20);
      const rows = await followed(stores, 0, 1_000);
      const there = rows.filter(({ gone }) => !gone);
      expect(there).toHaveLength(1);
      // One row may have been stored before the child could report it.
      expect([said, said + 1]).toContain(there[0]?.shelf[0]);
      expect(rows.filter(({ gone }) => gone)).toHaveLength((there[0]?.shelf[0] ?? 0) - 1);
      const { made } = await stores.fingerprints.getForSearch('local', holder);
      expect(made[0]?.query[0]).toBe(there[0]?.shelf[0]);
    });

    it('tells no more bytes at once than a process can take', async () => {
      const stores = await open();
      const holders = await Promise.all(Array.from({ length: 6 }, () => inspected(stores)));
      for (const [n, holder] of holders.entries())
        await stores.fingerprints.put([news(holder, fingerprint({ shelf: Buffer.alloc(32, n) }))]);
      // The size column decides; the content need not be that large.
      await stores.database.query
        .updateTable('fingerprints')
        .set({ bytes: 4 * 1024 * 1024 })
        .execute();
      expect((await stores.fingerprints.follow(0, 1_000)).length).toBe(4);
      expect((await followed(stores, 0, 1_000)).map(({ shelf }) => shelf[0])).toEqual([0, 1, 2, 3, 4, 5]);
    });
  });

  describe('what is kept beside records of scans', () => {
    const scanned = async (stores: Stores) => {
      const store = new ScanRepository(stores.database);
      const scan = await store.create({ id: randomUUID(), tenant: 'local', header: '{}' }, AT);
      return { store, scan };
    };

    it('comes and goes with its record', async () => {
      const stores = await open();
      const { store, scan } = await scanned(stores);
      const keys = secretKeys(1);
      const of = (path: string) => ({ tenant: scan.tenant, scan: scan.id, path });
      const one = fingerprint();
      const picture = Buffer.from('RIFF....WEBP');
      const manifest = Buffer.from('the manifest store');
      const beside = {
        fingerprints: { made: [one], missing: [] },
        preview: picture,
        manifest: sealManifest(keys, of('a.jpg'), manifest),
      };
      await store.put(scan, [
        row('a.jpg', { attachments: beside }),
        row('b.jpg'),
        row('c.jpg', { attachments: { fingerprints: { made: [], missing: [missing().missing] } } }),
      ]);
      expect(await store.countAttachments(scan.number)).toEqual({
        ...{ searchable: 1, notSearchable: 1, previews: 1, previewBytes: picture.length },
        ...{ manifests: 1, manifestBytes: beside.manifest.bytes.length },
      });
      expect(await store.preview(scan.number, 'a.jpg')).toEqual(picture);
      expect(await store.preview(scan.number, 'b.jpg')).toBeUndefined();
      const sealed = await store.manifest(scan.number, 'a.jpg');
      if (sealed === undefined) throw new Error('no manifest');
      expect(Buffer.from(sealed.bytes).includes('manifest')).toBe(false);
      expect(openManifest(keys, of('a.jpg'), sealed)).toEqual(manifest);
      expect(() => openManifest(keys, of('b.jpg'), sealed)).toThrow(/place of another/);

      // The query uses each frame as it is, because orientations are not stored for an archive.
      expect(await stores.fingerprints.getForSearch('local', { scan: scan.number, path: 'a.jpg' })).toEqual({
        made: [{ ...one, query: one.shelf.subarray(0, 32) }],
        missing: [],
      });
      const rows = await alive(stores);
      const holders = await stores.fingerprints.findOwners(
        'local',
        rows.map(({ id }) => id),
      );
      expect([...holders.values()].map((holder) => ('path' in holder ? holder.path : ''))).toEqual([
        'a.jpg',
        'c.jpg',
      ]);

      // Re-reading the same bytes keeps the attachments; other bytes do not.
      await store.put(scan, [row('a.jpg')]);
      expect(await store.countAttachments(scan.number)).toMatchObject({
        searchable: 1,
        previews: 1,
        manifests: 1,
      });
      await store.put(scan, [row('a.jpg', { sha256: 'other' })]);
      expect(await store.countAttachments(scan.number)).toEqual({
        ...{ searchable: 0, notSearchable: 1, previews: 0, previewBytes: 0, manifests: 0, manifestBytes: 0 },
      });
      expect(await isForgotten(stores, one)).toBe(true);
      await store.put(scan, [row('a.jpg', { sha256: 'other', attachments: beside })]);
      await store.deleteRecords(scan.number, ['a.jpg']);
      expect(await store.countAttachments(scan.number)).toMatchObject({
        searchable: 0,
        previews: 0,
        manifests: 0,
      });
      await store.put(scan, [row('a.jpg', { attachments: beside })]);
      await store.delete(scan.number);
      expect(await alive(stores)).toEqual([]);
      for (const table of ['scan_previews', 'scan_manifests'] as const)
        expect(await stores.database.query.selectFrom(table).selectAll().execute()).toEqual([]);
    });

    it('is found under names that are no text', async () => {
      const stores = await open();
      const { store, scan } = await scanned(stores);
      const latin = `caf\udce9.jpg`;
      const told = {
        path: 'caf\ufffd.jpg',
        pathBytes: Buffer.from('caf\xe9.jpg', 'latin1').toString('base64'),
      };
      await store.put(scan, [
        row(latin, {
          record: JSON.stringify(told),
          attachments: { fingerprints: { made: [fingerprint()], missing: [] } },
        }),
      ]);
      const [id = 0] = await stores.fingerprints.listIds('local', { scan: scan.number, ...told });
      expect((await stores.fingerprints.findOwners('local', [id])).get(id)).toMatchObject({
        scan: scan.number,
        ...told,
      });
    });

    it('goes over to another first key, and says what no key opens', async () => {
      const stores = await open();
      const { store, scan } = await scanned(stores);
      const of = (path: string) => ({ tenant: scan.tenant, scan: scan.id, path });
      const old = secretKeys(1);
      const sealed = (path: string) => ({ manifest: sealManifest(old, of(path), Buffer.from(path)) });
      const paths = Array.from({ length: 60 }, (_, n) => `${n}.jpg`);
      await store.put(
        scan,
        paths.map((path) => row(path, { attachments: sealed(path) })),
      );
      // An attachment that was moved to another row is not opened, and stays.
      await store.put(scan, [row('0.jpg', { attachments: sealed('1.jpg') })]);
      expect(await sealManifests(stores.database, secretKeys(2))).toEqual({ sealed: 0, undecryptable: 60 });
      expect(await countUndecryptableManifests(stores.database, secretKeys(2))).toBe(60);
      expect(await sealManifests(stores.database, secretKeys(2, 1))).toEqual({
        sealed: 59,
        undecryptable: 1,
      });
      expect(await countUndecryptableManifests(stores.database, secretKeys(2))).toBe(1);
      const now = await store.manifest(scan.number, '59.jpg');
      if (now === undefined) throw new Error('no manifest');
      expect(openManifest(secretKeys(2), of('59.jpg'), now).toString()).toBe('59.jpg');
    });

    it('is whole with its record or not there, and never too large', async () => {
      const stores = await open();
      const { store, scan } = await scanned(stores);
      const made = [fingerprint({ shelf: randomBytes(31) })];
      for (const beside of [
        { fingerprints: { made, missing: [] } },
        { preview: Buffer.alloc(128 * 1024 + 1) },
        { manifest: { key: 'k', bytes: Buffer.alloc(8 * 1024 * 1024 + 65) } },
      ])
        await expect(store.put(scan, [row('a.jpg', { attachments: beside })])).rejects.toThrow(RangeError);
      expect(await store.record(scan.number, 'a.jpg')).toBeUndefined();
    });
  });

  describe('collections of a newsroom’s own', () => collectionTests(open));
});
