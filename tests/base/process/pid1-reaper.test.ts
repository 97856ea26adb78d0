import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { REAPER_SCRIPT } from '../../../src/base/process/pid1-reaper.js';
import { type Fetched, fetched } from '../../support/fetched.js';
import { ASSAY } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';

/** Runs the program as process 1, as in a container without an init: no ended process may remain as a zombie. */

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'assay-process-one-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const AS_PROCESS_ONE = [...asRoot, '--pid', '--fork', '--kill-child', '--mount-proc'];

interface Running {
  pid: number;
  parent: number;
  zombie: boolean;
  command: string;
}

function all(): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'latin1');
        const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
        const parent = Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]);
        return [{ pid: Number(name), parent, zombie: /^State:\s*Z/m.test(status), command }];
      } catch {
        return [];
      }
    });
}

function below(root: number | undefined): Running[] {
  const running = all();
  const found = running.filter(({ parent }) => parent === root);
  for (const { pid } of found) found.push(...running.filter(({ parent }) => parent === pid));
  return found;
}

const zombies = (root: number | undefined) => below(root).filter(({ zombie }) => zombie);

/** A process that has just ended may not have been waited for yet. */
const noneIsLeft = async (root: number | undefined) =>
  expect
    .poll(() => zombies(root).map(({ pid, command }) => `${pid} ${command}`), { timeout: 20_000 })
    .toEqual([]);

async function serve() {
  const server = spawn('unshare', [...AS_PROCESS_ONE, process.execPath, ASSAY, 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ASSAY_DATA_DIR: join(folder, 'data'),
      ASSAY_PORT: '0',
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.push(server);
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/assay listens on /);
  const address = /assay listens on (\S+)/.exec(said)?.[1] ?? '';
  const first = below(server.pid).find(({ parent }) => parent === server.pid)?.pid ?? 0;
  return { server, address, first };
}

async function upload(address: string, name: string): Promise<Fetched> {
  const form = new FormData();
  form.set('file', await openAsBlob(join(ROOT, 'fixtures/plain', name)), name);
  return fetched(`${address}/v1/inspections`, { method: 'POST', body: form });
}

describeWith('unshare', 'as process 1', () => {
  it('leaves no zombie after its work, nor of readers that were killed, and stops when it is told', async () => {
    const { server, address, first } = await serve();
    for (const name of ['plain.jpg', 'plain.mp4', 'plain.heic']) {
      const answer = await upload(address, name);
      expect(answer.status).toBe(201);
      await fetched(`${address}${answer.headers.get('location')}/report.pdf`);
    }
    await noneIsLeft(server.pid);

    // Kills like a deadline does: the process group of the sandbox's first process, whose other processes have no
    // parent in this program.
    const sandboxes = below(server.pid).filter(({ command }) =>
      command.includes('dist/reading/reader-child.js'),
    );
    const programs = new Set(
      below(server.pid)
        .filter(({ command }) => command.includes('serve'))
        .map(({ pid }) => pid),
    );
    const outer = sandboxes.filter(({ parent }) => programs.has(parent));
    expect(outer.length).toBeGreaterThan(0);
    for (const { pid } of outer) process.kill(-pid, 'SIGKILL');
    await expect
      .poll(() => below(server.pid).some(({ pid }) => outer.some((one) => one.pid === pid)))
      .toBe(false);
    await noneIsLeft(server.pid);
    expect((await upload(address, 'plain.png')).status).toBe(201);

    process.kill(first, 'SIGTERM');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
  });

  it('ends as the command ends, and hands it what it is given', () => {
    const run = (...args: string[]) =>
      spawnSync('unshare', [...AS_PROCESS_ONE, process.execPath, ASSAY, ...args], {
        encoding: 'utf8',
        input: `${join(ROOT, 'fixtures/plain/plain.png')}\n`,
      });
    expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/\d+\.\d+/) });
    expect(run('no-such-command')).toMatchObject({ status: 2, stdout: '' });
    const { status, stdout } = run('scan', '--files-from', '-');
    expect(status).toBe(0);
    expect(stdout).toContain('"mediaType":"image/png"');
  });

  it('waits, in the shell, for an orphan that it has not started, and passes signals and codes on', async () => {
    const orphan = '(sleep 0.1 & sleep 0.1 &); trap "exit 7" TERM; echo ready; while :; do sleep 0.1; done';
    const shell = spawn(
      'unshare',
      [...AS_PROCESS_ONE, '/bin/sh', '-c', REAPER_SCRIPT, 'assay', '/bin/sh', '-c', orphan],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    started.push(shell);
    await once(shell.stdout, 'data');
    await expect
      .poll(() => below(shell.pid).filter(({ command }) => command.startsWith('sleep')).length, {
        timeout: 20_000,
      })
      .toBeLessThan(2);
    await noneIsLeft(shell.pid);
    const first = below(shell.pid).find(({ parent }) => parent === shell.pid)?.pid ?? 0;
    process.kill(first, 'SIGTERM');
    expect(await once(shell, 'exit')).toEqual([7, null]);
  });
});
