import { readWithSdk } from '../fixtures/build/signing/native-sdk.js';

/** Runs the bare engine over one file in its own process and times each call; http.js sets the number of calls. */
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
