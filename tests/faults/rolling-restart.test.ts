import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { kill, type Launched, launch } from '../cli/launched.js';
import { startBalancer } from '../http/balancer.js';
import { multipart, temporaryDirectory } from '../http/posting.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

const TEST_MILLIS = 300_000;

describeWith('postgres', 'two servers behind a balancer', (program) => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(program);
  }, TEST_MILLIS);
  afterAll(() => postgres?.stop());

  it(
    'are restarted one after the other without a request that is refused',
    async () => {
      const env = {
        DATABASE_URL: await postgres.migratedDatabase(),
        ASSAY_DATA_DIR: temporaryDirectory(),
        ASSAY_SELF_TEST: 'skip',
        ASSAY_LOG_LEVEL: 'silent',
        ASSAY_PREVIEWS: 'off',
        ASSAY_JOBS: '1',
        ASSAY_REQUESTS_PER_MINUTE: '1000000',
        // Unset, which tests the default.
        ASSAY_DRAIN_SECONDS: '',
      };
      const running = new Map<string, Launched>();
      onTestFinished(async () => void (await Promise.all([...running.values()].map(kill))));
      const balancer = await startBalancer();
      const begin = async (name: string) => {
        const server = await launch('serve', env);
        running.set(name, server);
        balancer.place(name, server.url);
        await expect.poll(() => balancer.isReady(name), { timeout: 60_000 }).toBe(true);
      };
      await begin('one');
      await begin('two');

      let going = true;
      const answers: string[] = [];
      let number = 0;
      const client = async () => {
        while (going) {
          number += 1;
          const { payload, headers } = multipart([
            { name: 'file', filename: 'a.txt', content: `file ${number}` },
          ]);
          const later = number % 2 === 0 ? { prefer: 'respond-async' } : {};
          const sent = await fetch(`${balancer.url}/v1/inspections`, {
            method: 'POST',
            body: new Uint8Array(payload),
            headers: { ...headers, ...later },
          });
          answers.push(sent.ok ? 'taken' : `${sent.status} ${await sent.text()}`);
          await sent.body?.cancel().catch(() => undefined);
          const list = await fetch(`${balancer.url}/v1/inspections`);
          answers.push(list.ok ? 'read' : `${list.status} ${await list.text()}`);
          await list.body?.cancel().catch(() => undefined);
        }
      };
      const clients = [client(), client(), client()];
      try {
        for (const name of ['one', 'two']) {
          const { child } = running.get(name) ?? {};
          const before = answers.length;
          child?.kill('SIGTERM');
          if (child && child.exitCode === null) await once(child, 'exit');
          expect(child?.exitCode).toBe(0);
          expect(answers.length).toBeGreaterThan(before);
          await begin(name);
        }
        const [given, until] = [new Map(balancer.given), answers.length + 10];
        await expect.poll(() => answers.length, { timeout: 60_000 }).toBeGreaterThan(until);
        for (const name of ['one', 'two'])
          expect(balancer.given.get(name)).toBeGreaterThan(given.get(name) ?? 0);
      } finally {
        going = false;
      }
      await Promise.all(clients);
      expect(answers.filter((answer) => answer !== 'taken' && answer !== 'read')).toEqual([]);
    },
    TEST_MILLIS,
  );
});
