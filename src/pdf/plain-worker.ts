import { parentPort, workerData } from 'node:worker_threads';
import { type Plain, plainPdf } from './plain.js';

/** On a thread of its own: setting some hundred paragraphs would hold up every request. */
const plain: Plain = workerData;
parentPort?.postMessage(await plainPdf(plain));
