import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCrJsonMaker } from '../../../src/inspect/makers/cr-json.js';
import { diagnostics } from '../../../src/inspect/protocol/diagnostics.js';
import { itWhere } from '../../support/system-parts.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const SIGNED = join(FIXTURES, 'c2pa/png-c2pa-trained.png');
const OTHER = join(FIXTURES, 'c2pa/png-c2pa-intact.png');

function maker(childEntry?: string) {
  const made = createCrJsonMaker(childEntry === undefined ? {} : { childEntry });
  let started = 0;
  const deaf = diagnostics.processStarted.subscribe(() => {
    started += 1;
  });
  onTestFinished(async () => {
    deaf();
    await made.close();
  });
  return { made, started: () => started };
}

const textOf = (answer: Awaited<ReturnType<ReturnType<typeof createCrJsonMaker>['make']>>): string => {
  if ('fault' in answer) throw new Error(answer.fault.code);
  // The engine records the time of its check.
  return answer.crJson.replace(/"validationTime":"[^"]*"/g, '');
};

it('one process writes the crJSON of many files, and what it had before changes none', async () => {
  const { made, started } = maker();
  const first = await made.make(SIGNED);
  const other = await made.make(OTHER);
  expect(textOf(await made.make(SIGNED))).toBe(textOf(first));
  expect(textOf(other)).not.toBe(textOf(first));
  expect(await made.make(join(FIXTURES, 'plain/not-media.txt'))).toHaveProperty('fault');
  await expect(made.make(join(FIXTURES, 'none'))).rejects.toMatchObject({ code: 'not-found' });
  expect(started()).toBe(1);
});

it('a file is not blamed for what one before it left behind', async () => {
  const { made, started } = maker(resolve(import.meta.dirname, '../children/dies-of-the-second.js'));
  const answers = [await made.make(SIGNED), await made.make(OTHER), await made.make(SIGNED)];
  expect(new Set(answers.map(textOf)).size).toBe(3);
  expect(started()).toBe(3);
});

/** Returns the descendants of this process. One may end during the listing, such as those of earlier tests. */
function descendants(pid: number): number[] {
  const children = looked(() => readdirSync(`/proc/${pid}/task`)).flatMap((thread) =>
    looked(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' '))
      .map(Number)
      .filter(Boolean),
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function looked(look: () => string[]): string[] {
  try {
    return look();
  } catch {
    return [];
  }
}

const priorityOf = (pid: number): number => Number(looked(() => [`${getPriority(pid)}`])[0]);

itWhere(existsSync(`/proc/self/task/${process.pid}/children`), 'a kernel that lists children')(
  'it is written behind all reports, whatever session the kernel puts the process in',
  async () => {
    const before = new Set(descendants(process.pid));
    const { made } = maker();
    await made.make(SIGNED);
    const began = descendants(process.pid).filter((pid) => !before.has(pid));
    const yielding = began.filter((pid) => priorityOf(pid) === 10);
    expect(yielding).toHaveLength(1);
    const session = `/proc/${yielding[0]}/autogroup`;
    // A kernel without autogroups, or with these switched off, has nothing to test here.
    if (!looked(() => [readFileSync(session, 'latin1')])[0]?.includes(' nice ')) return;
    // Retried with each file, because the kernel rate-limits such requests.
    await expect
      .poll(
        async () => {
          await made.make(OTHER);
          return readFileSync(session, 'latin1');
        },
        { timeout: 60_000, interval: 200 },
      )
      .toMatch(/ nice 10$/m);
  },
);
