import { describe, expect, it } from 'vitest';
import { createFirstKey } from '../../src/storage/access/first-key.js';
import { KEY_PATTERN, type NewKey } from '../../src/storage/access/keys.js';
import { formatKeySecret, KeyRepository, newKeyId } from '../../src/storage/access/kysely-keys.js';
import { digestOf, matchesDigest, randomText } from '../../src/storage/engine/secret-text.js';
import { describeOnBoth } from '../contracts/stores.js';

const NOW = new Date('2026-11-25T10:00:00.000Z');
const later = (millis: number) => new Date(NOW.getTime() + millis);
const ASKED: NewKey = { tenant: 'desk', name: 'photo desk', scopes: ['inspect', 'read'] };

describeOnBoth('keys', (open, place) => {
  const opened = async () => {
    const stores = await open();
    return { ...stores, keys: new KeyRepository(stores.database) };
  };

  it('are found by their whole text, and kept as a digest only', async () => {
    const { keys, database } = await opened();
    const { key, text } = await keys.create({ ...ASKED, defaults: { roles: ['platform'] } }, NOW);
    expect(text).toMatch(KEY_PATTERN);
    expect(await keys.find(text, NOW)).toEqual(key);
    expect(await keys.findById(key.id, NOW)).toEqual({ ...key, lastUsedAt: NOW.toISOString() });
    expect(key).toMatchObject({
      tenant: 'desk',
      scopes: ['inspect', 'read'],
      defaults: { roles: ['platform'] },
    });
    const rows = JSON.stringify(await database.query.selectFrom('api_keys').selectAll().execute());
    expect(rows).toContain(digestOf(text));
    expect(rows).not.toContain(text.slice(-52));
  });

  it('are not found by anything else', async () => {
    const { keys } = await opened();
    const { key, text } = await keys.create(ASKED, NOW);
    const other = `assay_${key.id}_${randomText(52)}`;
    for (const wrong of ['', key.id, text.slice(0, -1), `${text}a`, text.toUpperCase(), other, `${text} `]) {
      expect(await keys.find(wrong, NOW)).toBeUndefined();
    }
  });

  it('hold until they run out or are revoked', async () => {
    const { keys } = await opened();
    const { key, text } = await keys.create({ ...ASKED, expiresAt: later(1000).toISOString() }, NOW);
    expect(await keys.find(text, later(999))).toBeDefined();
    expect(await keys.find(text, later(1000))).toBeUndefined();
    expect(await keys.revoke('other', key.id, NOW)).toBe(false);
    expect(await keys.find(text, NOW)).toBeDefined();
    expect(await keys.revoke('desk', key.id, NOW)).toBe(true);
    expect(await keys.find(text, NOW)).toBeUndefined();
    expect(await keys.findById(key.id, NOW)).toBeUndefined();
    await keys.revoke('desk', key.id, later(5000));
    expect(await keys.get('desk', key.id)).toMatchObject({ revokedAt: NOW.toISOString() });
  });

  it('note when they were used, once a minute', async () => {
    const { keys } = await opened();
    const { key, text } = await keys.create(ASKED, NOW);
    const used = async () => (await keys.get('desk', key.id))?.lastUsedAt;
    expect(await used()).toBeUndefined();
    await keys.find(text, NOW);
    await keys.find(text, later(59_000));
    expect(await used()).toBe(NOW.toISOString());
    await keys.find(text, later(60_000));
    expect(await used()).toBe(later(60_000).toISOString());
  });

  it('are listed and read by tenant', async () => {
    const { keys } = await opened();
    const { key } = await keys.create(ASKED, NOW);
    const { key: second } = await keys.create({ ...ASKED, tenant: 'other' }, later(1));
    expect((await keys.list('desk')).map(({ id }) => id)).toEqual([key.id]);
    expect((await keys.list()).map(({ id }) => id)).toEqual([second.id, key.id]);
    expect(await keys.get('other', key.id)).toBeUndefined();
  });

  it('are listed page by page', async () => {
    const { keys } = await opened();
    const ids: string[] = [];
    // Two of them at the same moment.
    for (const millis of [0, 0, 1, 2]) ids.push((await keys.create(ASKED, later(millis))).key.id);
    await keys.create({ ...ASKED, tenant: 'other' }, NOW);
    const first = await keys.page('desk', { limit: 3 });
    const rest = await keys.page('desk', { limit: 3, cursor: first.next ?? '' });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, undefined]);
    expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect([...first.items, ...rest.items]).toEqual(await keys.list('desk'));
    await expect(keys.page('desk', { limit: 3, cursor: 'x' })).rejects.toThrow('store.bad-cursor');
  });

  it('are made of a secret that is known before, and told again by it alone', async () => {
    const { keys } = await opened();
    const parts = { id: newKeyId(), secret: formatKeySecret(Buffer.alloc(64, 7)) };
    const { key, text } = await keys.create(ASKED, NOW, parts);
    expect([key.id, text]).toEqual([parts.id, `assay_${parts.id}_${parts.secret}`]);
    expect(text).toMatch(KEY_PATTERN);
    expect(await keys.find(text, NOW)).toMatchObject({ id: key.id });
    const other = formatKeySecret(Buffer.alloc(64, 8));
    expect(await keys.findSecret('desk', key.id, [other, parts.secret])).toEqual({ text });
    expect(await keys.findSecret('desk', key.id, [other])).toBeUndefined();
    expect(await keys.findSecret('other', key.id, [parts.secret])).toBeUndefined();
    // Its id exists already.
    await expect(keys.create(ASKED, NOW, parts)).rejects.toThrow();
  });

  it('begin with one, made once by whichever server starts first', async () => {
    const at = await place();
    const all = [await open(at), await open(at)];
    const made = await Promise.all(all.map(({ database }) => createFirstKey(database)));
    const [said, ...more] = made.filter((words) => words !== undefined);
    expect(more).toEqual([]);
    const text = said?.trim().split('\n').at(-1) ?? '';
    const keys = new KeyRepository((all[0] ?? (await open(at))).database);
    const found = await keys.find(text, new Date());
    expect(found).toMatchObject({
      tenant: 'local',
      scopes: ['inspect', 'read', 'reveal', 'fetch', 'admin', 'metrics'],
    });
    await keys.revoke('local', found?.id ?? '', new Date());
    expect(await createFirstKey((await open(at)).database)).toBeUndefined();
  });
});

describe('a digest', () => {
  it('matches its secret alone, and a damaged one matches nothing', () => {
    expect(matchesDigest('secret', digestOf('secret'))).toBe(true);
    for (const damaged of [
      digestOf('other'),
      '',
      'zz',
      digestOf('secret').slice(2),
      `${digestOf('secret')}00`,
    ]) {
      expect(matchesDigest('secret', damaged)).toBe(false);
    }
  });

  it('is of random text that uses its whole alphabet evenly', () => {
    const counts = new Map<string, number>();
    for (const character of randomText(32_000)) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // A thousand of each are expected; a deviation of seven sigma does not occur by chance.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(220);
  });
});
