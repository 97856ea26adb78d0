import { readWithSdk } from '../fixtures/build/signing/native-sdk.js';

/** The bare engine over one file in a process of its own; warm-signed.js starts it and says how many calls it wants. */
const asset = { path: process.argv[2], mimeType: 'image/jpeg' };
const settings = { verify: { verify_after_reading: true, remote_manifest_fetch: false, ocsp_fetch: false } };

process.on('message', async (calls) => {
  for (let i = 0; i < calls; i++) await readWithSdk(asset, settings);
  process.send('done');
});
