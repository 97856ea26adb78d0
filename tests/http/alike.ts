import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { Likeness } from '../../src/core/likeness/likeness.js';
import { TURNS } from '../../src/core/likeness/pdq.js';
import type { Report } from '../../src/core/report/report.js';
import type { AppParts } from '../../src/http/app.js';
import type { InspectRequest } from '../../src/isolation/inspector.js';
import { openSeen } from '../../src/likeness/seen.js';
import { said } from '../../src/say/said.js';
import { LOCAL_TENANT } from '../../src/store/scopes.js';
import type { Stores } from '../../src/store/stores.js';
import { ShellInspector, type TestApp, temporaryDirectory, testApp, testStores, upload } from './harness.js';

/** 256 bits, half of them ones. */
export function fingerprint(): Buffer {
  const half = randomBytes(16);
  return Buffer.concat([half, half.map((byte) => ~byte & 0xff)]);
}

/** The same with so many bits turned, spread over all of it. */
export function turnedBits(of: Uint8Array, bits: number): Buffer {
  const other = Buffer.from(of);
  for (let bit = 0; bit < bits; bit += 1) {
    const at = (bit * 3) % 256;
    other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
  }
  return other;
}

/** A picture of one fingerprint: `turned`: what it is in each of its turns is something else. */
export function picture(of: Uint8Array, over: Partial<Likeness> = {}): Likeness {
  const query = Buffer.concat([of, ...TURNS.map(() => fingerprint())]);
  return { kind: 'picture', quality: 100, frames: 1, shelf: Buffer.from(of), query, ...over };
}

/** Says of each file that it is a picture, and of those named so that somebody signed it. */
export class PictureInspector extends ShellInspector {
  override async inspect(request: InspectRequest): Promise<Report> {
    const report = await super.inspect(request);
    const asset = { ...report.asset, kind: 'image' as const };
    const summary = { ...report.summary, headline: said('headline.nothing') };
    if (!request.name.startsWith('signed')) return { ...report, asset, summary };
    return {
      ...report,
      asset,
      summary: {
        ...summary,
        headline: said('headline.recordedEdits', {
          tool: said('text.quoted', { text: 'GIMP' }),
          name: 'other',
        }),
      },
      contentCredentials: {
        presence: 'present',
        integrity: 'intact',
        signer: { name: 'Example Studio <b>', trust: 'unlisted' },
      } as Report['contentCredentials'],
    };
  }
}

export interface Alike extends TestApp {
  /** An inspection that looks like this; its id. */
  seen(name: string, of: Uint8Array, fields?: Record<string, string>): Promise<string>;
  search: NonNullable<AppParts['seen']>;
}

/** A service that searches what its store holds. */
export async function alikeApp(
  parts: Partial<AppParts> & { env?: Record<string, string>; stores?: Stores } = {},
): Promise<Alike> {
  const stores = parts.stores ?? (await testStores(temporaryDirectory()));
  const search = await openSeen(stores.fingerprints, {
    threads: 1,
    pollMillis: 50,
    onFault: (error) => {
      throw error;
    },
  });
  onTestFinished(() => search.close());
  const test = await testApp({ inspector: new PictureInspector(), seen: search, ...parts, stores });
  return {
    ...test,
    search,
    async seen(name, of, fields = {}) {
      const { headers } = await upload(test.app, [
        { name: 'file', filename: name, type: 'image/png', content: `${name} ${Math.random()}` },
        ...Object.entries(fields).map(([field, content]) => ({ name: field, content })),
      ]);
      const id = String(headers['location']).split('/').at(-1) ?? '';
      // What the service makes of it itself comes first, and is taken the place of.
      const holder = { inspection: id };
      if (parts.likenesses !== undefined)
        await expect.poll(() => stores.fingerprints.idsOf(LOCAL_TENANT, holder)).not.toEqual([]);
      await looksLike(stores, id, of);
      await search.refresh();
      return id;
    },
  };
}

export const looksLike = (stores: Stores, id: string, of: Uint8Array, tenant = LOCAL_TENANT): Promise<void> =>
  stores.fingerprints.put([
    { tenant, holder: { inspection: id }, at: '2026-11-25T10:00:00.000Z', likeness: picture(of) },
  ]);
