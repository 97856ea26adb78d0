import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../http/posting.js';
import { startReceiver } from '../service/webhooks/receiver.js';
import { keyText } from '../support/secret-keys.js';
import { launched, stopped } from './launched.js';
import { assay } from './spawn-assay.js';

const QUIET = { ASSAY_SELF_TEST: 'skip', ASSAY_PREVIEWS: 'off' };
type Env = Record<string, string>;

async function serve(env: Env) {
  const server = await launched('serve', { ...QUIET, ...env });
  const asked = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  return { asked, messages: server.messages, stop: () => stopped(server) };
}

/** Returns the bytes of all files below the folder. */
const bytesBelow = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  );

describe('secrets of webhooks', () => {
  it('outlive a restart, are in a backup without their key, and open again where it is given back', async () => {
    const receiver = await startReceiver();
    const folder = temporaryDirectory();
    const at = (name: string): Env => ({
      ASSAY_DATA_DIR: join(folder, name),
      ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host,
    });
    const first = await serve(at('one'));
    const { id, secret } = await first.asked('POST', '/v1/webhooks', { url: receiver.url });
    expect(await first.asked('POST', `/v1/webhooks/${id}/test`)).toMatchObject({ delivered: true });
    await first.stop();
    const again = await serve(at('one'));
    expect(await again.asked('POST', `/v1/webhooks/${id}/test`)).toMatchObject({ delivered: true });
    const copies = { without: join(folder, 'without'), within: join(folder, 'within') };
    expect((await assay(['backup', copies.without], at('one'))).stderr).toContain('without their key');
    expect((await assay(['backup', '--with-keys', copies.within], at('one'))).stderr).toContain(
      'the backup holds the key',
    );
    await again.stop();
    expect(String(secret)).toMatch(/^whsec_/);
    expect(bytesBelow(folder).includes(String(secret))).toBe(false);
    for (const said of [first.messages(), again.messages()])
      expect(said).not.toContain(String(secret).slice(6));
    const key = readFileSync(join(folder, 'one', 'secret.key'), 'utf8').trim();
    expect(bytesBelow(copies.without).includes(key)).toBe(false);

    expect((await assay(['restore', copies.without], at('two'))).stderr).toContain(
      'no key here can decrypt: 1',
    );
    const lost = await serve(at('two'));
    expect(lost.messages()).toContain('no key here can decrypt (secret.notOpened): 1');
    expect(await lost.asked('GET', `/v1/webhooks/${id}`)).toMatchObject({ secretFault: 'secret.notOpened' });
    expect(await lost.asked('POST', `/v1/webhooks/${id}/test`)).toEqual({
      delivered: false,
      code: 'secret.notOpened',
    });
    await lost.stop();
    // Puts the older key next to the present one: the first seals, both open.
    const file = join(folder, 'two', 'secret.key');
    writeFileSync(file, `${readFileSync(file, 'utf8')}${key}\n`);
    const found = await serve(at('two'));
    expect(found.messages()).toContain('encrypted under the first key: 1');
    expect(await found.asked('GET', `/v1/webhooks/${id}`)).not.toHaveProperty('secretFault');
    expect(await found.asked('POST', `/v1/webhooks/${id}/test`)).toMatchObject({ delivered: true });
    await found.stop();

    expect((await assay(['restore', copies.within], at('three'))).stderr).not.toContain('no key');
    const whole = await serve(at('three'));
    expect(await whole.asked('POST', `/v1/webhooks/${id}/test`)).toMatchObject({ delivered: true });
  });

  it('are under a key of the operator’s, which stands in no other file and in no log', async () => {
    const data = join(temporaryDirectory(), 'data');
    const env = {
      ASSAY_DATA_DIR: data,
      ASSAY_SECRET_KEY: `${keyText(7)},${keyText(8)}`,
      ASSAY_LOG_LEVEL: 'trace',
    };
    const server = await serve(env);
    const { id } = await server.asked('POST', '/v1/webhooks', { url: 'https://example.org/' });
    expect(await server.asked('GET', `/v1/webhooks/${id}`)).not.toHaveProperty('secretFault');
    const kept = bytesBelow(data);
    expect(readdirSync(data)).not.toContain('secret.key');
    for (const key of [keyText(7), keyText(8)]) {
      expect(kept.includes(key)).toBe(false);
      expect(server.messages()).not.toContain(key);
    }
    await server.stop();
    const refused = await assay(['backup', '--with-keys', join(data, '..', 'copy')], env);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('copy them by hand')]);
    const wrong = await assay(['serve', '--port', '0'], {
      ...QUIET,
      ...env,
      ASSAY_SECRET_KEY: 'no key at all',
    });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('ASSAY_SECRET_KEY must be 32 bytes'),
    ]);
    expect(wrong.stderr).not.toContain('no key at all');
  });
});
