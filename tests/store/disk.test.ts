import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DiskStore } from '../../src/store/disk.js';
import { describeStore, record } from '../contracts/store.js';
import { temporaryDirectory } from '../http/harness.js';

describeStore('DiskStore', (keep) => DiskStore.open(join(temporaryDirectory(), 'inspections'), keep));

describe('DiskStore', () => {
  it('survives a restart', async () => {
    const directory = temporaryDirectory();
    const put = record();
    await (await DiskStore.open(directory, 10)).put(put);
    expect(await (await DiskStore.open(directory, 10)).get(put.id)).toEqual(put);
  });

  it('knows the oldest after a restart, and keeps to a bound that was lowered', async () => {
    const directory = temporaryDirectory();
    const store = await DiskStore.open(directory, 10);
    const records = [record(), record(), record()];
    for (const each of records) {
      await store.put(each);
      // File times may be as coarse as a few milliseconds.
      await delay(20);
    }
    const reopened = await DiskStore.open(directory, 2);
    expect(readdirSync(directory)).toHaveLength(2);
    const latest = record();
    await reopened.put(latest);
    expect(await reopened.get(records[1]?.id ?? '')).toBeUndefined();
    expect(await reopened.get(records[2]?.id ?? '')).toEqual(records[2]);
  });

  it('writes one file an inspection, for its own eyes, and leaves nothing beside it', async () => {
    const directory = join(temporaryDirectory(), 'deep', 'inspections');
    const put = record();
    await (await DiskStore.open(directory, 10)).put(put);
    expect(readdirSync(directory)).toEqual([`${put.id}.json`]);
    expect(JSON.parse(readFileSync(join(directory, `${put.id}.json`), 'utf8'))).toEqual(put);
    expect(statSync(join(directory, `${put.id}.json`)).mode & 0o077).toBe(0);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, 100)],
    ['empty', () => ''],
    ['no record', () => '{}'],
    ['a record with a member too many', (text: string) => text.replace('{', '{"more":1,')],
    [
      'another record',
      (text: string) => text.replace(/"id":"[^"]+"/, '"id":"00000000-0000-4000-8000-000000000000"'),
    ],
  ])('says that a file is damaged when it is %s, never that it is not there', async (_, damage) => {
    const directory = temporaryDirectory();
    const store = await DiskStore.open(directory, 10);
    const put = record();
    await store.put(put);
    const path = join(directory, `${put.id}.json`);
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    await expect(store.get(put.id)).rejects.toMatchObject({ name: 'StoreError', code: 'store.corrupt' });
    expect(await store.delete(put.id)).toBe(true);
  });

  it('clears what a crash left half-written, and touches no file that is not its own', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'notes.txt'), 'the operator’s');
    writeFileSync(join(directory, 'other.json'), '{}');
    const { id } = record();
    writeFileSync(join(directory, `${id}.json.${id}.tmp`), '{"id":');
    const store = await DiskStore.open(directory, 1);
    await store.put(record());
    await store.put(record());
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['notes.txt', 'other.json']));
    expect(readdirSync(directory)).toHaveLength(3);
  });

  it('says so when it cannot write', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    await expect(DiskStore.open(join(directory, 'file', 'inspections'), 1)).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
    const store = await DiskStore.open(join(directory, 'store'), 1);
    const put = record();
    // A folder in the record's place: the rename fails, and the half-made file goes too.
    mkdirSync(join(directory, 'store', `${put.id}.json`));
    await expect(store.put(put)).rejects.toThrow();
    expect(readdirSync(join(directory, 'store'))).toEqual([`${put.id}.json`]);
  });
});
