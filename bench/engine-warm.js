import { readWithSdk } from '../fixtures/build/signing/native-sdk.js';

/** Runs the bare engine over one file in its own process; warm-signed.js starts it and sets the number of calls. */
const asset = { path: process.argv[2], mimeType: 'image/jpeg' };
const settings = { verify: { verify_after_reading: true, remote_manifest_fetch: false, ocsp_fetch: false } };

process.on('message', async (calls) => {
  for (let i = 0; i < calls; i++) await readWithSdk(asset, settings);
  process.send('done');
});
