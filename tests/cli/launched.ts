import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { ASSAY } from '../support/program.js';
import { start } from './spawn-assay.js';

/** `assay serve` or `assay worker` in a separate process. */
export interface Launched {
  child: ChildProcess;
  /** Address of the service; empty for a worker. */
  url: string;
  /** Returns the standard error output so far. */
  messages(): string;
  /** Returns the log so far. */
  logged(): string;
}

interface How {
  /** Command that runs the program given after it. */
  under?: readonly string[];
}

/** Resolves when the program reports that it is ready; rejects with its output if it ends first. */
export async function launch(
  command: 'serve' | 'worker',
  env: Record<string, string>,
  { under = [] }: How = {},
): Promise<Launched> {
  const args = command === 'serve' ? ['serve', '--port', '0'] : ['worker'];
  // No load balancer needs time to notice the shutdown, unless the test sets it.
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
  return { child, url, messages: () => said, logged: () => logged };
}

/** Launches a program that is ended with the test. */
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

/** Stops the program and returns its exit code. */
export async function stopped({ child }: Launched): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

/** Returns the number of files and sockets that it has open. */
export const descriptors = ({ child }: Launched): number => readdirSync(`/proc/${child.pid}/fd`).length;

/** Returns its resident memory in bytes. */
export function residentBytes({ child }: Launched): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
