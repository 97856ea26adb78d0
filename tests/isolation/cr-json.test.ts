import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCrJsonMaker } from '../../src/isolation/cr-json.js';
import { diagnostics } from '../../src/isolation/diagnostics.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
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
  if ('fault' in answer) throw new Error(answer.fault.reason);
  // The engine says when it looked.
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
  const { made, started } = maker(resolve(import.meta.dirname, 'children/dies-of-the-second.js'));
  const answers = [await made.make(SIGNED), await made.make(OTHER), await made.make(SIGNED)];
  expect(new Set(answers.map(textOf)).size).toBe(3);
  expect(started()).toBe(3);
});
