import { readWithSdk } from '../fixtures/build/signing/native-sdk.js';

/** The bare engine over one file in a process of its own, each call timed; http.js says how many it wants. */
const asset = { path: process.argv[2], mimeType: 'image/jpeg' };
const settings = { verify: { verify_after_reading: true, remote_manifest_fetch: false, ocsp_fetch: false } };

process.on('message', async (calls) => {
  const times = [];
  for (let i = 0; i < calls; i++) {
    const begun = performance.now();
    await readWithSdk(asset, settings);
    times.push(performance.now() - begun);
  }
  process.send(times);
});
