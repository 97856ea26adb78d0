import { spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { parseVerifierKey, verifyHead } from '../../src/core/transparency-log/checkpoint.js';
import { verifyExtract } from '../../src/core/transparency-log/extract.js';
import { isConsistent } from '../../src/core/transparency-log/tree.js';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import { EventLog, type LogEvent } from '../../src/storage/log/log.js';
import { verifyLog } from '../../src/storage/log/log-check.js';
import { LogForkedError } from '../../src/storage/log/log-forked.js';
import { pruneLog } from '../../src/storage/log/log-prune.js';
import { toDigest } from '../../src/storage/log/log-tiles.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth } from '../contracts/stores.js';
import { standIn } from '../support/program.js';

const AT = '2026-11-29T10:00:00.000Z';
const { privateKey } = generateKeyPairSync('ed25519');
const signer = { privateKey, host: 'desk.example' };
const event = (subject: string, more: Partial<LogEvent> = {}): LogEvent => ({
  tenant: 'a',
  at: AT,
  action: 'inspection.viewed',
  operation: 'getInspection',
  subject,
  status: 200,
  requestId: 'r',
  who: 'Anna',
  keyId: 'key-of-anna',
  ...more,
});
const base64 = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));

const added = (at: DatabaseLocation, name: string) =>
  spawn(process.execPath, [standIn('adds-leaves'), JSON.stringify(at), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function indices({ database }: Stores, tenant = 'a'): Promise<number[]> {
  const rows = await database.query
    .selectFrom('log_leaves')
    .select('at_index')
    .where('tenant', '=', tenant)
    .orderBy('at_index')
    .execute();
  return rows.map(({ at_index }) => Number(at_index));
}

describeOnBoth('the log', (open, place) => {
  it('gives each leaf a proof under a signed head, and tells who it was only to those who ask', async () => {
    const stores = await open();
    const { log, database } = stores;
    log.signWith(signer);
    for (let turn = 0; turn < 300; turn += 1) log.queueEvent(event(`s${turn % 7}`));
    log.queueEvent(event('s1', { tenant: 'b' }));
    await database.query.transaction().execute((inside) =>
      log.append(inside, {
        tenant: 'a',
        at: AT,
        action: 'inspection.received',
        subject: 's3',
        facts: { sha256: 'ab', bytes: 3 },
      }),
    );
    const whole = await log.extract('a', ['s3', 's5'], { persons: true });
    expect(whole?.leaves).toHaveLength(86 + 1);
    expect(verifyExtract(JSON.parse(JSON.stringify(whole)))).toMatchObject({
      holds: true,
      head: { origin: 'desk.example/a', size: 301 },
    });
    // Notes are written asynchronously, before or after the one without a person.
    const people = whole?.leaves.flatMap(({ person }) => person ?? []);
    expect(people).toHaveLength(86);
    expect(people?.at(-1)).toMatchObject({ who: 'Anna', keyId: 'key-of-anna' });
    const bare = await log.extract('a', ['s3', 's5'], { persons: false });
    expect(JSON.stringify(bare)).not.toMatch(/Anna|key-of-anna/);
    expect(verifyExtract(bare)).toMatchObject({ holds: true });
    expect(await indices(stores)).toEqual(Array.from({ length: 301 }, (_, index) => index));

    const changed = JSON.parse(JSON.stringify(whole));
    changed.leaves[2].leaf.at = '2026-11-29T10:00:01.000Z';
    changed.leaves[4].person.who = 'Berta';
    expect(verifyExtract(changed).problems).toEqual([
      { code: 'leaf', index: whole?.leaves[2]?.index },
      { code: 'person', index: whole?.leaves[4]?.index },
    ]);
    expect(verifyExtract(whole, generateKeyPairSync('ed25519').publicKey).problems).toEqual([
      { code: 'key' },
    ]);
  });

  it('signs heads that each only add to the one before', async () => {
    const { log } = await open();
    log.signWith(signer);
    const publicKey = createPublicKey(privateKey);
    const heads = [];
    for (const count of [1, 254, 2, 700]) {
      for (let turn = 0; turn < count; turn += 1) log.queueEvent(event('s'));
      const text = (await log.getHead('a')) ?? '';
      expect(await log.getHead('a')).toBe(text);
      const head = verifyHead(text, 'desk.example/a', publicKey);
      if (head === undefined) throw new Error('not signed');
      heads.push(head);
    }
    expect(heads.map(({ size }) => size)).toEqual([1, 255, 257, 957]);
    const last = heads.at(-1);
    for (const head of heads) {
      const proof = base64(await log.proveConsistency('a', head.size, 957));
      expect(last && isConsistent(head, last, proof)).toBe(true);
    }
    await expect(log.proveInclusion('a', 957, 957)).rejects.toThrow(RangeError);
    await expect(log.proveConsistency('a', 1, 958)).rejects.toThrow(RangeError);
    const { verifierKey } = (await log.getSignedHead('a')) ?? { verifierKey: '' };
    expect(parseVerifierKey(verifierKey)?.publicKey.equals(publicKey)).toBe(true);
  });

  it('signs nothing that does not add to what it signed before', async () => {
    const { log, database } = await open();
    const { query } = database;
    log.signWith(signer);
    log.queueEvent(event('s1'));
    await log.flush();
    const early = await query.selectFrom('log_trees').selectAll().executeTakeFirstOrThrow();
    log.queueEvent(event('s2'));
    await log.getHead('a');
    // As if the second leaf had never existed.
    await query.deleteFrom('log_leaves').where('at_index', '>=', 1).execute();
    await query.deleteFrom('log_persons').where('at_index', '>=', 1).execute();
    await query
      .updateTable('log_trees')
      .set({ size: early.size, peaks: toDigest(early.peaks) })
      .execute();
    for (const one of [event('s3'), event('s4'), event('s1', { tenant: 'b' })]) log.queueEvent(one);
    await log.flush();
    await expect(log.signHeads()).rejects.toThrow(LogForkedError);
    const kept = () => query.selectFrom('log_heads').select(['tenant', 'size']).orderBy('tenant').execute();
    expect((await kept()).map(({ tenant, size }) => [tenant, Number(size)])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    // Deleting the stored heads as well does not remove them from this process.
    await query.deleteFrom('log_heads').execute();
    await expect(log.getHead('a')).rejects.toThrow(LogForkedError);
    expect(await kept()).toEqual([]);
  });

  it('goes on with the logs of others where one is broken', async () => {
    const stores = await open();
    const { query } = stores.database;
    const faults: unknown[] = [];
    const log = new EventLog(stores.database, (error) => faults.push(error));
    const all = (subject: string) => {
      for (const tenant of ['a', 'b']) log.queueEvent(event(subject, { tenant }));
    };
    all('s1');
    await log.flush();
    await query
      .updateTable('log_trees')
      .set({ peaks: Buffer.alloc(1) })
      .where('tenant', '=', 'a')
      .execute();
    all('s2');
    await log.flush();
    await log.flush();
    expect(faults).not.toEqual([]);
    expect([await indices(stores, 'a'), await indices(stores, 'b')]).toEqual([[0], [0, 1]]);
  });

  it('holds, also where leaves and heads come while it is checked', async () => {
    const { log, database } = await open();
    log.signWith(signer);
    for (let turn = 0; turn < 250; turn += 1) log.queueEvent(event('s'));
    await log.getHead('a');
    const found = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const checked = verifyLog(database.query, 'a', { heads: [], key: createPublicKey(privateKey) });
      log.queueEvent(event('s'));
      const signed = log.getHead('a');
      found.push(...(await checked).problems);
      await signed;
    }
    expect(found).toEqual([]);
  });

  it('has no gap where several write at once', async () => {
    const stores = await open();
    const logs = Array.from({ length: 4 }, () => new EventLog(stores.database));
    for (let turn = 0; turn < 600; turn += 1) logs[turn % 4]?.queueEvent(event(`s${turn}`));
    await Promise.all(logs.map((log) => log.flush()));
    expect(await indices(stores)).toEqual(Array.from({ length: 600 }, (_, index) => index));
    stores.log.signWith(signer);
    const extract = await stores.log.extract('a', ['s0', 's599'], { persons: true });
    expect(verifyExtract(extract)).toMatchObject({ holds: true, leaves: 2 });
  });

  it('has no gap where two processes write and are killed, and nothing that they said is missing', async () => {
    const at = await place();
    const stores = await open(at);
    const children = ['one', 'two'].map((name) => ({ name, child: added(at, name), messages: 0 }));
    await Promise.all(
      children.map(async (one) => {
        for await (const line of createInterface({ input: one.child.stdout })) {
          one.messages = Number(line);
          if (one.messages === 12) one.child.kill('SIGKILL');
        }
      }),
    );
    stores.log.signWith(signer);
    await stores.log.signHeads();
    const all = await stores.log.listLeaves('a', 0, 1_000_000);
    expect(all.map(({ index }) => index)).toEqual(all.map((_, index) => index));
    for (const { name, messages } of children) {
      const deeds = all.filter(({ leaf }) => leaf?.subject === name && leaf.action === 'note.written');
      const numbers = deeds.map(({ leaf }) => leaf?.facts?.['n']);
      // One leaf may have been stored before the child could report it.
      expect([messages, messages + 1]).toContain(numbers.length);
      expect(numbers).toEqual(numbers.map((_, n) => n + 1));
    }
    const checked = await verifyLog(stores.database.query, 'a', {
      heads: [],
      key: createPublicKey(privateKey),
    });
    expect(checked).toMatchObject({ count: 0, size: all.length, heads: { kept: 1 } });
    // Both may have lost read accesses that they had only in memory.
    await stores.log.start({ alone: true });
    const after = await stores.log.listLeaves('a', all.length, 10);
    expect(after.map(({ leaf }) => leaf?.action)).toEqual(['log.interrupted', 'log.interrupted']);
  });

  it('says how many entries it lost, and of a process that died that some may be missing', async () => {
    const stores = await open();
    const { database } = stores;
    const faults: number[] = [];
    const log = new EventLog(database, (_error, lost) => faults.push(lost), { mostWaiting: 200 });
    log.queueEvent(event('before'));
    await log.start({ alone: true });
    await database.query.schema.alterTable('log_leaves').renameTo('gone').execute();
    for (let turn = 0; turn < 205; turn += 1) log.queueEvent(event('late'));
    await log.flush();
    await database.query.schema.alterTable('gone').renameTo('log_leaves').execute();
    await log.flush();
    expect(faults.at(-1)).toBe(5);
    const [lost] = (await log.listLeaves('a', 201, 9)).map(({ leaf }) => leaf);
    expect(lost?.action).toBe('log.lost');
    expect(lost?.facts).toEqual({ count: 5, from: AT, to: AT });

    // The first is never closed, as if it had been killed.
    const next = new EventLog(database);
    await next.start({ alone: true });
    const [last] = await next.listLeaves('a', 202, 10);
    expect(last?.leaf).toMatchObject({ action: 'log.interrupted' });
    await next.close();
    await log.close();
  });

  it('takes away what is old up to a signed head, and its proofs still hold', async () => {
    const stores = await open();
    const { log, database } = stores;
    log.signWith(signer);
    const old = (turn: number) => `2026-08-01T10:00:00.${String(turn).padStart(3, '0')}Z`;
    for (let turn = 0; turn < 300; turn += 1) {
      log.queueEvent(event(`o${turn}`, { at: old(turn), who: 'Anna Old' }));
      // Creates heads of which all but the newest are deleted.
      if (turn % 30 === 0) await log.getHead('a');
    }
    const before = await log.getHead('a');
    for (let turn = 0; turn < 40; turn += 1) log.queueEvent(event(`n${turn}`));
    await log.flush();
    // Deletes in portions that do not divide evenly.
    await pruneLog(database, log, new Date('2026-08-31T12:00:00.000Z'), 7);
    await log.flush();
    expect(await log.getPruned('a')).toBe(300);
    expect((await indices(stores))[0]).toBe(256);
    const rows = await database.query.selectFrom('log_persons').selectAll().execute();
    expect(rows.filter(({ who }) => who === 'Anna Old')).toEqual([]);
    const heads = await database.query.selectFrom('log_heads').select('size').execute();
    expect(heads.map(({ size }) => Number(size))).toEqual([300]);
    const leaves = await log.listLeaves('a', 0, 500);
    expect(leaves.find(({ index }) => index === 299)).toEqual({ index: 299, hash: expect.any(String) });
    expect(leaves.at(-1)?.leaf).toMatchObject({ action: 'log.pruned', facts: { to: 300 } });
    const extract = await log.extract('a', ['o1', 'n1'], { persons: true });
    expect(extract).toMatchObject({ pruned: 300, leaves: [{ index: 301 }] });
    expect(verifyExtract(extract)).toMatchObject({ holds: true });
    const now = await log.getHead('a');
    const key = createPublicKey(privateKey);
    const [earlier, later] = [before, now].map((text) => verifyHead(text ?? '', 'desk.example/a', key));
    if (earlier === undefined || later === undefined) throw new Error('not signed');
    expect(isConsistent(earlier, later, base64(await log.proveConsistency('a', 300, later.size)))).toBe(true);
    // A second run has nothing more to delete.
    await pruneLog(database, log, new Date('2026-08-31T13:00:00.000Z'));
    expect(await log.getHead('a')).toBe(now);
  });
});
