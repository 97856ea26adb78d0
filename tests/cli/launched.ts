import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { ASSAY } from '../program.js';
import { start } from './spawn-assay.js';

/** `assay serve` or `assay worker` as a process of its own. */
export interface Launched {
  child: ChildProcess;
  /** Of the door; empty for a worker. */
  url: string;
  /** What it said on standard error so far. */
  said(): string;
  /** Its log so far. */
  logged(): string;
}

interface How {
  /** Run by this: a command that runs what follows it. */
  under?: readonly string[];
}

/** Resolves when it says that it is there; rejects with its words where it ended first. */
export async function launch(
  command: 'serve' | 'worker',
  env: Record<string, string>,
  { under = [] }: How = {},
): Promise<Launched> {
  const args = command === 'serve' ? ['serve', '--port', '0'] : ['worker'];
  // Nobody stands in front of it, unless the test says so.
  const settings = { ASSAY_DRAIN_SECONDS: '0', ...env };
  const [wrapper, ...rest] = under;
  const child =
    wrapper === undefined
      ? start(args, settings)
      : spawn(wrapper, [...rest, process.execPath, ASSAY, ...args], {
          env: { PATH: process.env['PATH'] ?? '', ...settings },
        });
  let said = '';
  let logged = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    logged += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /listens on (http:\S+)/.exec(said)?.[1];
      if (found !== undefined || said.includes('takes up to')) resolve(found ?? '');
    });
    child.once('close', () => reject(new Error(`assay ${command} ended: ${said}`)));
    child.once('error', reject);
  });
  return { child, url, said: () => said, logged: () => logged };
}

/** The same, ended with the test. */
export async function launched(...how: Parameters<typeof launch>): Promise<Launched> {
  const program = await launch(...how);
  onTestFinished(() => kill(program));
  return program;
}

export async function kill({ child }: Launched): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Its exit code, once it has been asked to end. */
export async function stopped({ child }: Launched): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

/** Files and sockets that it has open. */
export const descriptors = ({ child }: Launched): number => readdirSync(`/proc/${child.pid}/fd`).length;

/** Memory it holds, in bytes. */
export function residentBytes({ child }: Launched): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
