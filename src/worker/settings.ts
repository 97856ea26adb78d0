import type { Config } from '../config.js';
import { AllowedPaths } from './allowed-paths.js';
import type { CollectorParts } from './collector.js';
import { expiryOf, fingerprintExpiryOf } from './expiry.js';
import type { RejudgerParts } from './rejudger.js';
import { type FollowedLaw, Versions } from './versions.js';
import type { WorkerParts } from './worker.js';

const HOUR_MILLIS = 3_600_000;

/** One place is left to those who wait for their answer at the door. */
export function workerSettings(
  config: Config,
  { besideADoor, law }: { besideADoor: boolean; law?: FollowedLaw | undefined },
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
    versions: new Versions(config.trustDir, law),
    allowedPaths: new AllowedPaths(config.allowedPaths),
    fingerprintExpiryOf: (at) => fingerprintExpiryOf(config, at),
  };
}

export function collectorSettings({
  keepUploadsHours,
}: Config): Pick<CollectorParts, 'keepUploadsMillis' | 'strayMillis'> {
  return { keepUploadsMillis: keepUploadsHours * HOUR_MILLIS, strayMillis: HOUR_MILLIS };
}

/** Of kept reports that are asked again, beside inspections or without. */
export function rejudgerSettings(
  config: Config,
  law: FollowedLaw | undefined,
): Pick<RejudgerParts, 'leaseMillis' | 'versions' | 'law' | 'byItself'> {
  return {
    leaseMillis: config.leaseSeconds * 1000,
    versions: new Versions(config.trustDir),
    law,
    byItself: config.lawRejudge && (() => expiryOf(config)),
  };
}
