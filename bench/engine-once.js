import { readFileSync } from 'node:fs';

/** One engine over one file in a process of its own; large-video.js starts it. Prints what the call took. */
const [engine, path, mime] = process.argv.slice(2);
const loaded =
  engine === 'native'
    ? await (await import('../dist/core/readers/c2pa/native.js')).loadNativeEngine()
    : await (await import('../dist/core/readers/c2pa/wasm.js')).loadWasmEngine();
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
