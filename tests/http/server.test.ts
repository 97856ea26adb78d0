import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/settings.js';
import { type RunningServer, startServer } from '../../src/http/server.js';
import type { Inspector } from '../../src/inspect/pool/inspector.js';
import { type Fetched, fetched } from '../support/fetched.js';
import { ShellInspector, shellReport, temporaryDirectory } from './harness.js';

async function start(dataDir: string, inspector: Inspector): Promise<RunningServer> {
  const config = readConfig({ ASSAY_DATA_DIR: dataDir, ASSAY_PORT: '0', ASSAY_LOG_LEVEL: 'silent' });
  const server = await startServer(config, inspector);
  onTestFinished(() => server.stop());
  return server;
}

function post(address: string): Promise<Fetched> {
  const body = new FormData();
  body.append('file', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
  return fetched(`${address}/v1/inspections`, { method: 'POST', body });
}

describe('startServer', () => {
  it('clears uploads that a crash left, and nothing else', async () => {
    const dataDir = temporaryDirectory();
    mkdirSync(join(dataDir, 'uploads'));
    writeFileSync(join(dataDir, 'uploads', randomUUID()), 'left over');
    writeFileSync(join(dataDir, 'uploads', 'notes.txt'), 'not ours');
    await start(dataDir, new ShellInspector());
    expect(readdirSync(join(dataDir, 'uploads'))).toEqual(['notes.txt']);
  });

  it('keeps reports over a restart', async () => {
    const dataDir = temporaryDirectory();
    const first = await start(dataDir, new ShellInspector());
    const posted = await post(first.address);
    const location = posted.headers.get('location');
    const report = posted.text;
    await first.stop();
    const second = await start(dataDir, new ShellInspector());
    const got = await fetched(second.address + location);
    expect(got.text).toBe(report);
  });

  it('lets the one inside finish when it stops, takes no other, and closes the inspector last', async () => {
    const order: string[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await start(temporaryDirectory(), {
      inspect: async (request) => {
        order.push('asked');
        await released;
        order.push('inspected');
        return shellReport(request, Buffer.alloc(0));
      },
      close: async () => void order.push('closed'),
    });
    const inside = post(server.address);
    await expect.poll(() => order).toEqual(['asked']);
    const stopped = server.stop();
    await expect(post(server.address)).rejects.toThrow();
    release();
    expect((await inside).status).toBe(201);
    await stopped;
    expect(order).toEqual(['asked', 'inspected', 'closed']);
  });

  it('leaves no handler of signals behind', async () => {
    const before = process.listenerCount('SIGTERM');
    const server = await start(temporaryDirectory(), new ShellInspector());
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    await server.stop();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it('says the system’s word when the port is taken', async () => {
    const first = await start(temporaryDirectory(), new ShellInspector());
    const { port } = new URL(first.address);
    const config = readConfig({
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_PORT: port,
      ASSAY_LOG_LEVEL: 'silent',
    });
    await expect(startServer(config, new ShellInspector())).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
