import type { EngineInfo } from '../../c2pa/engine.js';
import type { RemoteEvidence } from '../../c2pa/manifest-store.js';
import type { Read } from '../../evidence.js';
import { readSdkError } from './sdk-error.js';

/** Every ending but one with something found. */
export type Unread = Exclude<Read<never>, { status: 'found' }>;

/** What an SDK's error means as a read; the same for both engines. */
export function errorToRead(
  error: unknown,
  engine: EngineInfo,
): Unread | { status: 'found'; value: RemoteEvidence } {
  if (error instanceof RangeError) {
    return { status: 'failed', code: 'bound.manifestStore', reason: error.message };
  }
  const answer = readSdkError(error);
  switch (answer.kind) {
    case 'absent':
      return { status: 'absent' };
    case 'remote':
      return { status: 'found', value: { kind: 'remote', engine, remoteUrl: answer.url } };
    case 'unsupported':
      return { status: 'unsupported', code: 'carrier.notRead', reason: answer.reason };
    default:
      return { status: answer.kind, code: answer.code, reason: answer.reason };
  }
}
