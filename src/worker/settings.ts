import type { Config } from '../config/settings.js';
import { AllowedPaths } from '../service/inspections/allowed-paths.js';
import type { ExpiryCollectorParts } from '../service/inspections/collector.js';
import { fingerprintExpiry, reportExpiry } from '../service/inspections/expiry.js';
import { AnswerInputs, type FollowedLaw } from '../service/inspections/versions.js';
import type { RejudgerParts } from '../service/rejudging/rejudger.js';
import type { WorkerParts } from './worker.js';

const HOUR_MILLIS = 3_600_000;

/** Reserves one job slot for clients that wait for their response. */
export function workerSettings(
  config: Config,
  { sharesServer: besideADoor, law }: { sharesServer: boolean; law?: FollowedLaw | undefined },
): Pick<
  WorkerParts,
  | 'jobs'
  | 'leaseMillis'
  | 'keepUploads'
  | 'keepFailedMillis'
  | 'versions'
  | 'allowedPaths'
  | 'fingerprintExpiryOf'
> {
  return {
    jobs: besideADoor ? Math.max(1, config.jobs - 1) : config.jobs,
    leaseMillis: config.leaseSeconds * 1000,
    keepUploads: config.keepUploadsHours > 0,
    keepFailedMillis: Math.max(config.failedUploadHours, config.keepUploadsHours) * HOUR_MILLIS,
    versions: new AnswerInputs(config.trustDir, law),
    allowedPaths: new AllowedPaths(config.allowedPaths),
    fingerprintExpiryOf: (at) => fingerprintExpiry(config, at),
  };
}

export function collectorSettings({
  keepUploadsHours,
}: Config): Pick<ExpiryCollectorParts, 'keepUploadsMillis' | 'strayMillis'> {
  return { keepUploadsMillis: keepUploadsHours * HOUR_MILLIS, strayMillis: HOUR_MILLIS };
}

/** Returns the settings of the rejudger, with or without inspections in the same process. */
export function rejudgerSettings(
  config: Config,
  law: FollowedLaw | undefined,
): Pick<RejudgerParts, 'leaseMillis' | 'versions' | 'law' | 'automatic'> {
  return {
    leaseMillis: config.leaseSeconds * 1000,
    versions: new AnswerInputs(config.trustDir),
    law,
    automatic: config.lawRejudge && (() => reportExpiry(config)),
  };
}
