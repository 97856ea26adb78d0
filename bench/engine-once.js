import '../scripts/from-sources.js';

import { readFileSync } from 'node:fs';

/** Runs one engine over one file in its own process and prints the time of the call. Started by large-video.js. */
const [engine, path, mime] = process.argv.slice(2);
const loaded =
  engine === 'native'
    ? await (await import('../src/core/readers/c2pa/native.ts')).loadNativeEngine()
    : await (await import('../src/core/readers/c2pa/wasm.ts')).loadWasmEngine();
const start = performance.now();
const read = await loaded.read(path, mime);
const millis = performance.now() - start;
const codes = read.value?.codes.active.map(({ code }) => code) ?? [];
console.log(
  JSON.stringify({ millis, bound: codes.includes('assertion.bmffHash.match'), kilobytes: peakKilobytes() }),
);

function peakKilobytes() {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
}
