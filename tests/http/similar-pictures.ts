import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import type { AppOptions } from '../../src/http/services/create-services.js';
import { message } from '../../src/i18n/message.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';
import type { Fingerprint } from '../../src/matching/fingerprint.js';
import { ORIENTATIONS } from '../../src/matching/pdq.js';
import { openMatcher } from '../../src/service/matches/in-process-matcher.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import type { Stores } from '../../src/storage/stores.js';
import { ShellInspector, type TestApp, temporaryDirectory, testApp, testStores, upload } from './harness.js';

/** Returns 256 random bits, half of them ones. */
export function fingerprint(): Buffer {
  const half = randomBytes(16);
  return Buffer.concat([half, half.map((byte) => ~byte & 0xff)]);
}

/** Returns a copy with this many bits flipped, spread over the whole. */
export function turnedBits(of: Uint8Array, bits: number): Buffer {
  const other = Buffer.from(of);
  for (let bit = 0; bit < bits; bit += 1) {
    const at = (bit * 3) % 256;
    other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
  }
  return other;
}

/** Fingerprint of a picture with one hash; each of its rotations (`turned`) has a different one. */
export function picture(of: Uint8Array, over: Partial<Fingerprint> = {}): Fingerprint {
  const query = Buffer.concat([of, ...ORIENTATIONS.map(() => fingerprint())]);
  return { kind: 'picture', quality: 100, frames: 1, shelf: Buffer.from(of), query, ...over };
}

/** Reports each file as a picture, and those with such a name as signed. */
export class PictureInspector extends ShellInspector {
  override async inspect(request: InspectRequest): Promise<StoredReport> {
    const report = await super.inspect(request);
    const asset = { ...report.asset, kind: 'image' as const };
    const summary = { ...report.summary, headline: message('headline.nothing') };
    if (request.name.startsWith('listed')) return { ...report, asset, ...confirmed(summary, request.name) };
    if (!request.name.startsWith('signed')) return { ...report, asset, summary };
    return {
      ...report,
      asset,
      summary: {
        ...summary,
        headline: message('headline.recordedEdits', {
          tool: message('text.quoted', { text: 'GIMP' }),
          name: 'other',
        }),
      },
      contentCredentials: {
        presence: 'present',
        integrity: 'intact',
        signer: { name: 'Example Studio <b>', trust: 'unlisted' },
      } as StoredReport['contentCredentials'],
    };
  }
}

/** A signer on a list, who states that the file was made with AI; `listed-camera`: that a camera captured it. */
function confirmed(
  summary: StoredReport['summary'],
  name: string,
): Pick<StoredReport, 'summary' | 'contentCredentials'> {
  const text = message('fact.who.nobody');
  const nothing = { by: 'other', tool: message('text.asWritten', { text: '' }) } as const;
  const isCapture = name.startsWith('listed-camera');
  return {
    summary: {
      ...summary,
      origin: isCapture ? 'captured' : 'ai-generated',
      backing: 'trusted',
      headline: isCapture
        ? message('headline.captured', { kind: 'image', ...nothing })
        : message('headline.generated', { what: 'this', ...nothing }),
      facts: {
        who: { code: 'listed', messages: { text } },
        changed: { code: 'no', messages: { text } },
        ai: { code: isCapture ? 'not-stated' : 'stated-signed', messages: { text } },
        when: { code: 'not-known', messages: { text } },
      },
    },
    contentCredentials: {
      presence: 'present',
      integrity: 'intact',
      signer: { name: 'Google LLC', trust: 'official' },
    },
  };
}

export interface Alike extends TestApp {
  /** Creates an inspection with this fingerprint; returns its id. */
  seen(name: string, of: Uint8Array, fields?: Record<string, string>): Promise<string>;
  search: NonNullable<AppOptions['matchIndex']>;
}

/** Starts a service that searches its own store. */
export async function alikeApp(
  parts: Partial<AppOptions> & { env?: Record<string, string>; stores?: Stores } = {},
): Promise<Alike> {
  const stores = parts.stores ?? (await testStores(temporaryDirectory()));
  const search = await openMatcher(stores.fingerprints, {
    threads: 1,
    pollMillis: 50,
    onFault: (error) => {
      throw error;
    },
  });
  onTestFinished(() => search.close());
  const test = await testApp({ inspector: new PictureInspector(), matchIndex: search, ...parts, stores });
  return {
    ...test,
    search,
    async seen(name, of, fields = {}) {
      const { headers } = await upload(test.app, [
        { name: 'file', filename: name, type: 'image/png', content: `${name} ${Math.random()}` },
        ...Object.entries(fields).map(([field, content]) => ({ name: field, content })),
      ]);
      const id = String(headers['location']).split('/').at(-1) ?? '';
      // Waits for the service's own fingerprints, then replaces them.
      const holder = { inspection: id };
      if (parts.fingerprintMaker !== undefined)
        await expect.poll(() => stores.fingerprints.listIds(LOCAL_TENANT, holder)).not.toEqual([]);
      await looksLike(stores, id, of);
      await search.refresh();
      return id;
    },
  };
}

export const looksLike = (stores: Stores, id: string, of: Uint8Array, tenant = LOCAL_TENANT): Promise<void> =>
  stores.fingerprints.put([
    { tenant, holder: { inspection: id }, at: '2026-11-25T10:00:00.000Z', fingerprint: picture(of) },
  ]);
