import { access, constants } from 'node:fs/promises';
import { ENGINE_NAMES, type EngineChoice, type EngineName } from '../core/c2pa/engine-names.js';
import { engineInfo, nativeBinary } from '../core/c2pa/installed-engines.js';
import { limits } from '../core/ground/limits.js';
import { VERSION } from '../core/ground/version.js';
import { rulebookIds } from '../core/law/rulebooks/index.js';
import { formats } from '../core/readers/formats.js';
import { partTold } from '../doctor/part.js';
import { speechOf } from '../say/speech.js';
import type { AskDefaults } from '../store/keys.js';
import { presetsOf } from './presets.js';
import type { Services } from './services.js';

type Use = 'first' | 'on-fault' | 'beside' | 'no';

const USES: Readonly<Record<EngineChoice, Record<EngineName, Use>>> = {
  auto: { native: 'first', wasm: 'on-fault' },
  native: { native: 'first', wasm: 'no' },
  wasm: { native: 'no', wasm: 'first' },
  both: { native: 'first', wasm: 'beside' },
};

/** What is missing is looked up anew: what is installed later counts without a restart. */
export async function capabilities(
  { config, host }: Pick<Services, 'config' | 'host'>,
  defaults: AskDefaults,
) {
  const english = speechOf('en');
  const [native, lacking] = await Promise.all([isNativeThere(), host.lacking()]);
  const present: Record<EngineName, boolean> = { native, wasm: true };
  return {
    version: VERSION,
    report: 'assay.report/1',
    formats: formats(),
    limits: {
      uploadBytes: config.maxUploadBytes,
      sidecarBytes: Math.min(limits.sidecarBytes, config.maxUploadBytes),
      uploadsAtOnce: config.uploadsAtOnce,
      filesReadAtOnce: config.jobs,
    },
    engines: ENGINE_NAMES.map((name) => ({
      ...engineInfo(name),
      present: present[name],
      used: USES[config.engine][name],
    })),
    shares: config.shares,
    fingerprints: config.fingerprints,
    fetch: config.fetch.mode,
    rulebooks: rulebookIds(),
    presets: presetsOf(config, defaults),
    // What a client may know of it: how to bring it, and where things lie here, is for the operator (assay doctor).
    missing: [
      ...(native
        ? []
        : [{ part: english.words('doctor.native'), lost: english.words('doctor.native.lost') }]),
      ...lacking.map((part) => {
        const { name, lost = '' } = partTold(part, english);
        return { part: name, lost };
      }),
    ],
  };
}

/** Not loaded here: what its code does to a process is not risked in the server's own. */
async function isNativeThere(): Promise<boolean> {
  const path = nativeBinary();
  if (path === undefined) return false;
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
