import { access, constants } from 'node:fs/promises';
import { limits } from '../../base/limits.js';
import { VERSION } from '../../base/version.js';
import { ENGINE_NAMES, type EngineChoice, type EngineName } from '../../core/c2pa/engine-names.js';
import { engineInfo, nativeBinary } from '../../core/c2pa/installed-engines.js';
import { listRulebookIds } from '../../core/law/rulebooks/index.js';
import { listFormats } from '../../core/readers/report-formats.js';
import { translatorFor } from '../../i18n/translator.js';
import { toDoctorPartView } from '../../service/doctor/part.js';
import type { KeyDefaults } from '../../storage/access/keys.js';
import { resolveLawPresets } from './options/presets.js';
import type { Services } from './services.js';

type Use = 'first' | 'on-fault' | 'beside' | 'no';

const USES: Readonly<Record<EngineChoice, Record<EngineName, Use>>> = {
  auto: { native: 'first', wasm: 'on-fault' },
  native: { native: 'first', wasm: 'no' },
  wasm: { native: 'no', wasm: 'first' },
  both: { native: 'first', wasm: 'beside' },
};

/** Missing programs are looked up on each call: one that is installed later counts without a restart. */
export async function findCapabilities(
  { config, host }: Pick<Services, 'config' | 'host'>,
  defaults: KeyDefaults,
) {
  const english = translatorFor('en');
  const [native, lacking] = await Promise.all([hasNativeEngine(), host.findMissingParts()]);
  const present: Record<EngineName, boolean> = { native, wasm: true };
  return {
    version: VERSION,
    report: 'assay.report/1',
    formats: listFormats(),
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
    rulebooks: listRulebookIds(),
    presets: resolveLawPresets(config, defaults),
    // A client sees only the name: how to install a part, and its paths, are for the operator (assay doctor).
    missing: [
      ...(native
        ? []
        : [{ part: english.text('doctor.name.engine-native'), lost: english.text('doctor.native.lost') }]),
      ...lacking.map((part) => {
        const { name, lost = '' } = toDoctorPartView(part, english);
        return { part: name, lost };
      }),
    ],
  };
}

/** Checks the file only. The native code is not loaded, to keep its risk out of the server's own process. */
async function hasNativeEngine(): Promise<boolean> {
  const path = nativeBinary();
  if (path === undefined) return false;
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
