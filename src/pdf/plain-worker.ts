import { parentPort, workerData } from 'node:worker_threads';
import { plainPdf } from './plain.js';
import type { Printable } from './printable.js';

/** On a thread of its own: setting some hundred paragraphs would hold up every request. */
const printable: Printable = workerData;
parentPort?.postMessage(await plainPdf(printable));
