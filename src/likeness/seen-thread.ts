import { parentPort, workerData } from 'node:worker_threads';
import { Held, type HeldRow, HeldSearch } from './held.js';
import type { FromThread, SentRow, ThreadData, ToThread } from './thread-messages.js';

/** Holds a share of all fingerprints and searches it, on a thread of its own: held-thread.ts starts it. */
const held = new Held((workerData as ThreadData).mostBytes);
/** Those at work, each a bit at a time, so that a large tenant’s search holds up nobody’s for long. */
const searches = new Map<number, HeldSearch>();
let isStepping = false;

parentPort?.on('message', (message: ToThread) => {
  if (message.is === 'put') {
    held.put(rowsOf(message.rows, message.bytes));
    answer({ is: 'put', number: message.number, counts: held.counts });
  } else if (message.is === 'stop') {
    searches.get(message.number)?.end();
    searches.delete(message.number);
  } else {
    searches.set(message.number, new HeldSearch(held, message.tenant, message.asked, message.options));
    go();
  }
});

function go(): void {
  if (isStepping || searches.size === 0) return;
  isStepping = true;
  // What has come in is taken first.
  setImmediate(() => {
    isStepping = false;
    for (const [number, search] of searches) {
      if (!search.step()) continue;
      searches.delete(number);
      answer({ is: 'found', number, answer: search.answer });
      search.end();
    }
    go();
  });
}

function rowsOf(rows: readonly SentRow[], bytes: Uint8Array): HeldRow[] {
  let at = 0;
  return rows.map(({ length, ...row }) => {
    at += length;
    return { ...row, shelf: bytes.subarray(at - length, at) };
  });
}

function answer(message: FromThread): void {
  parentPort?.postMessage(message);
}
