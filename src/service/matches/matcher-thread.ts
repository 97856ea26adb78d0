import { parentPort, workerData } from 'node:worker_threads';
import { IndexedEntries, type IndexedRow, IndexSearch } from './index.js';
import type { FromThread, SentRow, ThreadData, ToThread } from './thread-messages.js';

/** Worker thread that holds a share of all fingerprints and searches it; index-thread.ts starts it. */
const entries = new IndexedEntries((workerData as ThreadData).mostBytes);
/** Running searches. Each advances one step at a time, so that a large tenant's search does not block the others. */
const searches = new Map<number, IndexSearch>();
let isStepping = false;

parentPort?.on('message', (message: ToThread) => {
  if (message.is === 'put') {
    entries.put(rowsOf(message.rows, message.bytes));
    postAnswer({ is: 'put', number: message.number, counts: entries.counts });
  } else if (message.is === 'stop') {
    searches.get(message.number)?.end();
    searches.delete(message.number);
  } else {
    searches.set(message.number, new IndexSearch(entries, message.tenant, message.asked, message.options));
    scheduleStep();
  }
});

function scheduleStep(): void {
  if (isStepping || searches.size === 0) return;
  isStepping = true;
  // Messages that have arrived are handled before the next step.
  setImmediate(() => {
    isStepping = false;
    for (const [number, search] of searches) {
      if (!search.step()) continue;
      searches.delete(number);
      postAnswer({ is: 'found', number, answer: search.answer });
      search.end();
    }
    scheduleStep();
  });
}

function rowsOf(rows: readonly SentRow[], bytes: Uint8Array): IndexedRow[] {
  let at = 0;
  return rows.map(({ length, ...row }) => {
    at += length;
    return { ...row, shelf: bytes.subarray(at - length, at) };
  });
}

function postAnswer(message: FromThread): void {
  parentPort?.postMessage(message);
}
