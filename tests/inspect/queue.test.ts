import { expect, it } from 'vitest';
import { TenantQueue } from '../../src/inspect/pool/queue.js';

/** Records the tenants in the order of their turns. */
function asking(queue: TenantQueue) {
  const turns: string[] = [];
  const ask = (name: string, first = false) =>
    queue.take({ tenant: name.slice(0, 1), isUrgent: first }).then(() => void turns.push(name));
  const goOn = async () => {
    queue.release();
    await new Promise(setImmediate);
  };
  return { turns, ask, goOn };
}

it('many files of one party keep another waiting for those that are at work, and no longer', async () => {
  const { turns, ask, goOn } = asking(new TenantQueue(1));
  const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => ask(name));
  for (let at = 0; at < all.length; at += 1) await goOn();
  expect(turns).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

it('who comes first does so whatever party it is of, and others have their turns again', async () => {
  const { turns, ask, goOn } = asking(new TenantQueue(1));
  for (const name of ['a1', 'b1', 'a2']) void ask(name);
  void ask('a3', true);
  void ask('c1');
  for (let at = 0; at < 5; at += 1) await goOn();
  expect(turns).toEqual(['a1', 'a3', 'b1', 'c1', 'a2']);
});

it('of one party they go in the order they came', async () => {
  const { turns, ask, goOn } = asking(new TenantQueue(2));
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void ask(name);
  for (let at = 0; at < 5; at += 1) await goOn();
  expect(turns).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
});
