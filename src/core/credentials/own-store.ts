import { bareFault, fault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { onceAsked } from '../ground/once-asked.js';
import type { Asset } from '../media/asset.js';
import { type Read, readValue } from '../media/carrier.js';
import type { SidecarRun } from '../media/sidecars.js';
import { storeOf } from '../readers/c2pa/sidecar.js';
import { readManifestStore } from '../readers/manifest-store/index.js';
import type { GivenManifestStore } from '../report/analyze-options.js';
import type { OwnStore, OwnStoreOptions, StoreBytes } from './judged-bytes.js';

/** Certificates are read and lists loaded only for a file that carries a manifest. */
async function ownStore(asset: Asset, options: OwnStoreOptions): Promise<OwnStore> {
  const read = await storeBytes(asset, options.sidecars?.store);
  const store = readValue(read);
  if (store === undefined) return { read };
  const { judgeBytes } = await judging();
  return { read, judged: await judgeBytes(store, options) };
}

const judging = onceAsked(() => import('./judge-store.js'));

/** A sidecar is a bare manifest store; in a file it stands in a box, chunk, segment or tag. */
async function storeBytes(asset: Asset, brought: SidecarRun | undefined): Promise<Read<StoreBytes>> {
  const own = await readManifestStore(asset);
  if (brought === undefined) return own;
  const read = await storeOf(brought);
  // One that was taken out of this very file leaves out where it stood.
  const { ranges = [], metadata = [] } = readValue(own) ?? {};
  return read.status === 'found' ? { status: 'found', value: { bytes: read.value, ranges, metadata } } : read;
}

/** The bytes to hand on, or why they are not: too many, or nobody could get at them. Undefined where there are none. */
export function givenStore(read: Read<StoreBytes>): GivenManifestStore | undefined {
  const most = limits.givenManifestStoreBytes;
  switch (read.status) {
    case 'absent':
      return undefined;
    case 'found':
      return read.value.bytes.length > most
        ? { fault: fault('bound.manifestStore', { of: 'other', most }) }
        : { bytes: read.value.bytes };
    default:
      return { fault: bareFault(read) };
  }
}

/** The same of a file of which nothing else is asked. */
export async function storeOfFile(asset: Asset): Promise<GivenManifestStore | undefined> {
  return givenStore(await storeBytes(asset, undefined));
}

/**
 * An engine's thread is woken on the core of the thread that asks it, and stays there until somebody moves it: this
 * thread sleeps for as long, so that the engine is at work when it wakes on another core. Measured on two cores: an
 * engine's answer after 4.9 ms, where half of them took 6.8. After one millisecond the engine still starts threads of its
 * own now and then; after two, a signed photo takes 0.99 of the time.
 */
const HEAD_START_MILLIS = 2;

/**
 * The same beside an engine that is at work: it computes on a thread of its own, and what Assay reads itself does
 * not wait for its answer. A death meanwhile is put down to the engine, and costs the same carrier.
 */
export class OwnStoreBeside {
  readonly #asset: Asset;
  readonly #options: OwnStoreOptions;
  #settled: Promise<PromiseSettledResult<OwnStore>[]> | undefined;
  #headStart: NodeJS.Timeout | undefined;

  constructor(asset: Asset, options: OwnStoreOptions) {
    this.#asset = asset;
    this.#options = options;
  }

  /** Called as an engine is about to be asked. */
  begin(): void {
    if (this.#settled === undefined) this.#headStart ??= setTimeout(() => this.#read(), HEAD_START_MILLIS);
  }

  /** Rejects as the reading did. */
  async result(): Promise<OwnStore> {
    const [result] = await this.#read();
    if (result?.status === 'fulfilled') return result.value;
    throw result?.reason;
  }

  /** Nothing of it goes on, or begins, when the next file comes. */
  async ended(): Promise<void> {
    clearTimeout(this.#headStart);
    await this.#settled;
  }

  #read(): Promise<PromiseSettledResult<OwnStore>[]> {
    clearTimeout(this.#headStart);
    this.#settled ??= Promise.allSettled([ownStore(this.#asset, this.#options)]);
    return this.#settled;
  }
}
