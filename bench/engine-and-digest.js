import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * Runs only what a caller who wants both would write: the native engine validates a file while a second thread computes
 * its SHA-256. large-video.js starts it cold, as the lower bound of the time `assay inspect` could take.
 *   node bench/engine-and-digest.js FILE MIME-TYPE
 */
if (isMainThread) await both(...process.argv.slice(2));
else parentPort.postMessage(digestOf(workerData));

async function both(path, mimeType) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: path });
  const digest = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  const { readWithSdk } = await import('../fixtures/build/signing/native-sdk.js');
  const store = await readWithSdk(
    { path, mimeType },
    { verify: { verify_after_reading: true, remote_manifest_fetch: false, ocsp_fetch: false } },
  );
  const codes = store.validation_results.activeManifest.success.map(({ code }) => code);
  console.log(
    JSON.stringify({
      bound: codes.includes('assertion.bmffHash.match'),
      sha256: await digest,
      kilobytes: Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]),
    }),
  );
}

function digestOf(path) {
  const [hash, chunk, file] = [createHash('sha256'), Buffer.allocUnsafe(1024 ** 2), openSync(path)];
  for (let bytes = readSync(file, chunk); bytes > 0; bytes = readSync(file, chunk))
    hash.update(chunk.subarray(0, bytes));
  closeSync(file);
  return hash.digest('hex');
}
