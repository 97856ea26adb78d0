import { parentPort, workerData } from 'node:worker_threads';
import { type PlainDocument, renderPlainPdf } from './plain.js';

/** Runs on its own thread: laying out some hundred paragraphs would block every request. */
const plain: PlainDocument = workerData;
parentPort?.postMessage(await renderPlainPdf(plain));
