import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
// @ts-expect-error: a script without types
import { buildInto } from '../../scripts/build.js';
import { writeMessages } from '../../scripts/catalogues.js';
import { makeStandIns } from './stand-ins.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = /^dist\.tests\.(\d+)\./;

declare global {
  /** Each project loads this module anew; one build serves all of a run. */
  var assayTestProgram: { folder: string; made: Promise<void> } | undefined;
}

/**
 * Builds the programs that tests start, from the sources at the beginning of the run, into a folder that no other run
 * shares. No prior build is needed, and no test passes on outdated sources. Like an installed package it has no src/,
 * so the program does not look for anything to build. Projects whose tests start no program do without.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  globalThis.assayTestProgram ??= begin();
  const { folder, made } = globalThis.assayTestProgram;
  await made;
  project.provide('program', folder);
  project.onTestsRerun(() => make(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}

function begin(): { folder: string; made: Promise<void> } {
  // The setup of the whole run may come later.
  writeMessages();
  sweep();
  const folder = join(ROOT, `dist.tests.${process.pid}.${randomBytes(3).toString('hex')}`);
  return { folder, made: make(folder) };
}

async function make(program: string): Promise<void> {
  const dist = join(program, 'dist');
  mkdirSync(dist, { recursive: true });
  for (const name of ['bin', 'package.json'])
    cpSync(join(ROOT, name), join(program, name), { recursive: true });
  await Promise.all([buildInto(dist), makeStandIns(program)]);
}

/** Removes the leftovers of killed runs. */
function sweep(): void {
  for (const name of readdirSync(ROOT)) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
