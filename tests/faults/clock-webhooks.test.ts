import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { launched, stopped } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';
import { describeOnBoth } from '../contracts/stores.js';
import { multipart, temporaryDirectory } from '../http/posting.js';
import { startReceiver } from '../service/webhooks/receiver.js';
import { clockFile } from '../support/clock-file.js';
import { fetched } from '../support/fetched.js';
import { describeWith } from '../support/system-parts.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-trained.png'));
/** Far longer than the first pause, and far shorter than the clock is set back. */
const PATIENCE_MILLIS = 120_000;

describeWith('faketime', 'a clock that is set back under a server that tells', (faketime) => {
  describeOnBoth('messages', (_open, place) => {
    it('that were not taken are sent again after their pause, and those that came since at once', async () => {
      const receiver = await startReceiver();
      receiver.answer = { status: 503 };
      const { url } = await place();
      const clock = clockFile(faketime);
      const serve = await launched('serve', {
        ...clock.env,
        ...(url === undefined ? {} : { DATABASE_URL: url }),
        ASSAY_DATA_DIR: temporaryDirectory(),
        ASSAY_SELF_TEST: 'skip',
        ASSAY_SANDBOX: 'off',
        ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host,
      });
      const made = await fetched(`${serve.url}/v1/webhooks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ url: receiver.url }),
      });
      expect(made.status).toBe(201);
      const inspect = async () => {
        const { payload, headers } = multipart([{ name: 'file', filename: 'a.png', content: PICTURE }]);
        const answer = await fetched(`${serve.url}/v1/inspections`, {
          method: 'POST',
          body: new Uint8Array(payload),
          headers: { ...headers, 'cache-control': 'no-cache' },
        });
        expect(answer.status).toBe(201);
      };
      const got = () => receiver.received.map(({ headers }) => headers['webhook-id']);

      await inspect();
      await expect.poll(got, { timeout: PATIENCE_MILLIS }).toHaveLength(1);
      clock.jump(-6);
      receiver.answer = { status: 204 };
      await expect.poll(got, { timeout: PATIENCE_MILLIS }).toHaveLength(2);
      expect(got()[1]).toBe(got()[0]);
      await inspect();
      await expect.poll(got, { timeout: PATIENCE_MILLIS }).toHaveLength(3);
      expect(got()[2]).not.toBe(got()[0]);
      expect(await stopped(serve)).toBe(0);
      expect(got()).toHaveLength(3);
    });
  });
});
