import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { SecretError, type SecretKeys } from '../../src/base/secrets/secret-keys.js';
import { findProgram } from '../../src/service/ops/programs.js';
import { buildBody } from '../../src/service/webhooks/body.js';
import { createSecret } from '../../src/service/webhooks/secret.js';
import { countUndecryptable, sealSecrets } from '../../src/storage/encryption/reencrypt-secrets.js';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import type { Stores } from '../../src/storage/stores.js';
import { DeliveryRepository } from '../../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { describeOnBoth } from '../contracts/stores.js';
import { secretKeys } from '../support/secret-keys.js';

/** Debian installs PostgreSQL's programs outside of the PATH, one version per folder. */
const POSTGRES = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql').map((version) => join('/usr/lib/postgresql', version, 'bin'))
  : [];

const NOW = '2026-11-26T12:00:00.000Z';
const LATER = '2026-11-27T12:00:00.000Z';

const hook = (secret = createSecret()) => ({
  ...{ id: randomUUID(), tenant: 'a', url: 'https://example.org/hook', events: [], createdAt: NOW, secret },
});
type Hook = ReturnType<typeof hook>;

/** Stores the secret as an earlier version wrote it. */
async function inPlain({ database }: Stores, { id, tenant, url, secret }: Hook, old: string | null = null) {
  await database.query
    .insertInto('webhooks')
    .values({
      ...{ id, tenant, url, secret, events: '[]', created_at: NOW },
      ...{ old_secret: old, old_secret_until: old && LATER },
    })
    .execute();
}

/** Returns all stored bytes: SQLite's files, or the output of pg_dump and the table's own file. */
async function allOf(place: DatabaseLocation, { database }: Stores): Promise<Buffer> {
  if (place.url === undefined) {
    const names = readdirSync(place.dataDir).filter((name) => name.startsWith('assay.sqlite'));
    expect(names).toContain('assay.sqlite');
    return Buffer.concat(names.map((name) => readFileSync(join(place.dataDir, name))));
  }
  const program = await findProgram(['pg_dump'], [...POSTGRES, process.env['PATH']].join(delimiter));
  if (program === undefined) throw new Error('pg_dump stands beside the server');
  const { stdout } = await promisify(execFile)(program, [place.url], { maxBuffer: 2 ** 28 });
  await sql`checkpoint`.execute(database.query);
  const { rows } = await sql<{ path: string }>`
    select current_setting('data_directory') || '/' || pg_relation_filepath(oid) as path from pg_class
    where relname in ('webhooks', 'pg_statistic') or oid in (select reltoastrelid from pg_class where relname = 'webhooks')
  `.execute(database.query);
  expect(rows.length).toBeGreaterThan(1);
  return Buffer.concat([Buffer.from(stdout), ...rows.map(({ path }) => readFileSync(path))]);
}

describeOnBoth('secrets of webhooks', (open, place) => {
  const opened = async (keys: SecretKeys) => {
    const at = await place();
    const stores = await open(at);
    return { at, stores, webhooks: new WebhookRepository(stores.database, keys) };
  };
  const rowOf = ({ database }: Stores, id: string) =>
    database.query.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('stand nowhere in what is kept', async () => {
    const { at, stores, webhooks } = await opened(secretKeys(1));
    const [one, second] = [hook(), createSecret()];
    await webhooks.create(one, 9);
    await webhooks.rotate('a', one.id, second, LATER);
    const kept = await allOf(at, stores);
    expect(kept.includes('https://example.org/hook')).toBe(true);
    for (const secret of [one.secret, second]) {
      expect(kept.includes(secret)).toBe(false);
      expect(kept.includes(Buffer.from(secret.replace('whsec_', ''), 'base64'))).toBe(false);
    }
    expect(await webhooks.getSecrets('a', one.id, NOW)).toEqual({
      secret: second,
      old: { secret: one.secret, until: LATER },
    });
  });

  it('of an earlier version are sealed, and nothing of them is left', async () => {
    const { at, stores, webhooks } = await opened(secretKeys(1));
    // More than one step of them, so that an interrupted start resumes in the middle.
    const old = createSecret();
    const hooks = Array.from({ length: 130 }, () => hook());
    for (const [number, one] of hooks.entries()) await inPlain(stores, one, number === 0 ? old : null);
    if (stores.database.dialect === 'postgres') await sql`analyze webhooks`.execute(stores.database.query);
    const before = await allOf(at, stores);
    for (const { secret } of hooks) expect(before.includes(secret)).toBe(true);
    expect(await webhooks.getSecrets('a', hooks[0]?.id ?? '', NOW)).toMatchObject({
      secret: hooks[0]?.secret,
    });

    expect(await sealSecrets(stores.database, secretKeys(1))).toEqual({ sealed: 130, undecryptable: 0 });
    expect(await sealSecrets(stores.database, secretKeys(1))).toEqual({ sealed: 0, undecryptable: 0 });
    for (const [number, { id, secret }] of hooks.entries()) {
      expect(await webhooks.getSecrets('a', id, NOW)).toEqual({
        secret,
        ...(number === 0 ? { old: { secret: old, until: LATER } } : {}),
      });
    }
    const after = await allOf(at, stores);
    for (const secret of [old, ...hooks.map((one) => one.secret)]) expect(after.includes(secret)).toBe(false);
  });

  it('go over to another key, and the key of before is needed no more', async () => {
    const { stores, webhooks } = await opened(secretKeys(1));
    const [one, other] = [hook(), hook()];
    await webhooks.create(one, 9);
    await webhooks.rotate('a', one.id, 'whsec_two', LATER);
    await inPlain(stores, other);
    expect(await sealSecrets(stores.database, secretKeys(2, 1))).toEqual({ sealed: 2, undecryptable: 0 });
    const after = new WebhookRepository(stores.database, secretKeys(2));
    expect(await after.getSecrets('a', one.id, NOW)).toEqual({
      secret: 'whsec_two',
      old: { secret: one.secret, until: LATER },
    });
    expect(await after.getSecrets('a', other.id, NOW)).toEqual({ secret: other.secret });
    expect(await countUndecryptable(stores.database, secretKeys(2))).toBe(0);
    expect(await countUndecryptable(stores.database, secretKeys(1))).toBe(2);
    expect(await countUndecryptable(stores.database, undefined)).toBe(2);
  });

  it('whose key is lost are told, kept as they are, and mended by a new one', async () => {
    const { stores, webhooks } = await opened(secretKeys(1));
    const one = hook();
    await webhooks.create(one, 9);
    const row = await rowOf(stores, one.id);
    const lost = new WebhookRepository(stores.database, secretKeys(2));
    expect(await sealSecrets(stores.database, secretKeys(2))).toEqual({ sealed: 0, undecryptable: 1 });
    expect(await rowOf(stores, one.id)).toEqual(row);
    await expect(lost.getSecrets('a', one.id, NOW)).rejects.toThrow(SecretError);
    const said = { secretFault: 'secret.notOpened' };
    expect(await lost.get('a', one.id)).toMatchObject(said);
    expect((await lost.page('a', { limit: 9 })).items).toMatchObject([said]);
    expect(await lost.patch('a', one.id, { description: 'x' })).toMatchObject(said);
    expect(await webhooks.get('a', one.id)).not.toHaveProperty('secretFault');

    expect(await lost.rotate('a', one.id, 'whsec_two', LATER)).toBe(true);
    expect(await lost.get('a', one.id)).not.toHaveProperty('secretFault');
    expect(await lost.getSecrets('a', one.id, NOW)).toEqual({ secret: 'whsec_two' });
  });

  it('open in their own row alone', async () => {
    const { stores, webhooks } = await opened(secretKeys(1));
    const [one, other, theirs] = [hook(), hook(), { ...hook(), tenant: 'b' }];
    for (const each of [one, other, theirs]) await webhooks.create(each, 9);
    const put = async (from: string, into: string) => {
      const { secret, secret_key } = await rowOf(stores, from);
      const set = stores.database.query.updateTable('webhooks').set({ secret, secret_key });
      await set.where('id', '=', into).execute();
    };
    await put(one.id, other.id);
    await put(one.id, theirs.id);
    await expect(webhooks.getSecrets('a', other.id, NOW)).rejects.toThrow(SecretError);
    await expect(webhooks.getSecrets('b', theirs.id, NOW)).rejects.toThrow(SecretError);
    expect(await webhooks.get('b', theirs.id)).toMatchObject({ secretFault: 'secret.notOpened' });
    // Moves the whole row to another tenant, where it cannot be opened either.
    await stores.database.query
      .updateTable('webhooks')
      .set({ tenant: 'b' })
      .where('id', '=', one.id)
      .execute();
    await expect(webhooks.getSecrets('b', one.id, NOW)).rejects.toThrow(SecretError);
  });

  it('that open again make due what waited for them, given up or not, and nothing else', async () => {
    const { stores, webhooks } = await opened(secretKeys(1));
    const deliveries = new DeliveryRepository(stores.database, stores.events);
    const [one, other] = [hook(), hook()];
    for (const each of [one, other]) await webhooks.create(each, 9);
    await stores.database.query
      .transaction()
      .execute((inside) =>
        stores.events.emit(inside, { tenant: 'a', type: 'batch.done', at: NOW, subject: 'x', data: {} }),
      );
    await deliveries.createFromEvents(9, NOW, buildBody);
    const due = await deliveries.leaseDue(9, NOW, LATER);
    expect(due).toHaveLength(2);
    for (const each of due) {
      const mine = each.delivery.webhookId === one.id;
      const last = mine ? { at: NOW, code: 'secret.notOpened' } : { at: NOW, code: 'timeout' };
      await deliveries.recordAttempt(each, { status: 'dead', last });
    }
    expect(await deliveries.retrySigning({ keys: secretKeys(2).ids }, NOW)).toBe(0);
    expect(await deliveries.retrySigning({ webhookId: other.id }, NOW)).toBe(0);
    expect(await deliveries.retrySigning({ keys: secretKeys(1).ids }, NOW)).toBe(1);
    const [again, ...more] = await deliveries.leaseDue(9, NOW, LATER);
    expect(more).toEqual([]);
    expect(again?.delivery).toMatchObject({ webhookId: one.id, attempts: 1 });
    if (again === undefined) throw new Error('nothing is due');
    const last = { at: NOW, code: 'secret.notOpened' };
    await deliveries.recordAttempt(again, { status: 'pending', last, nextAt: LATER });
    expect(await deliveries.retrySigning({ webhookId: one.id }, NOW)).toBe(1);
    expect(await deliveries.leaseDue(9, NOW, LATER)).toHaveLength(1);
  });
});
