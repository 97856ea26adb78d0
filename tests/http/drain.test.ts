import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Launched, launched } from '../cli/launched.js';
import { fetched } from '../support/fetched.js';
import { multipart, temporaryDirectory } from './posting.js';

const settings = (drain: Record<string, string>) => ({
  ASSAY_DATA_DIR: temporaryDirectory(),
  ASSAY_SELF_TEST: 'skip',
  ASSAY_LOG_LEVEL: 'silent',
  ASSAY_PREVIEWS: 'off',
  ...drain,
});

const ready = ({ url }: Launched) => fetched(`${url}/v1/health/ready`).catch(() => undefined);

function post({ url }: Launched) {
  const { payload, headers } = multipart([{ name: 'file', filename: 'a.txt', content: 'no picture' }]);
  return fetched(`${url}/v1/inspections`, { method: 'POST', body: new Uint8Array(payload), headers });
}

describe('a server that is told to end', () => {
  it('with nothing set, says for a second or more that it is not ready, and serves all who come until then', async () => {
    // An empty value counts as unset.
    const program = await launched('serve', settings({ ASSAY_DRAIN_SECONDS: '' }));
    expect((await ready(program))?.status).toBe(200);
    const begun = performance.now();
    program.child.kill('SIGTERM');
    await expect.poll(async () => (await ready(program))?.status, { interval: 20 }).toBe(503);
    const answer = await ready(program);
    expect(answer?.headers.get('connection')).toBe('close');
    expect(JSON.parse(answer?.text ?? '')).toMatchObject({
      status: 'not-ready',
      checks: { serving: { status: 'failed' }, uploads: { status: 'ok' }, inspector: { status: 'ok' } },
    });
    expect((await post(program)).status).toBe(201);
    let last = 503;
    for (;;) {
      const then = await ready(program);
      if (then === undefined) break;
      last = then.status;
      await sleep(20);
    }
    expect([last, performance.now() - begun > 1_000]).toEqual([503, true]);
    if (program.child.exitCode === null) await once(program.child, 'exit');
    expect(program.child.exitCode).toBe(0);
  });

  it('ends at once on a second signal', async () => {
    const program = await launched('serve', settings({ ASSAY_DRAIN_SECONDS: '600' }));
    const ended = once(program.child, 'exit');
    program.child.kill('SIGTERM');
    await expect.poll(async () => (await ready(program))?.status).toBe(503);
    program.child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('does not make whoever pressed Ctrl-C wait', async () => {
    const program = await launched('serve', settings({ ASSAY_DRAIN_SECONDS: '600' }));
    const ended = once(program.child, 'exit');
    program.child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
