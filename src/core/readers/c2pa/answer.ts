import { said } from '../../../say/said.js';
import type { EngineInfo } from '../../c2pa/engine-names.js';
import type { RemoteEvidence } from '../../c2pa/manifest-store.js';
import { bareFault, fault } from '../../ground/fault.js';
import type { Read } from '../../media/carrier.js';
import { readSdkError } from './sdk-error.js';
import { StoreTooLarge } from './store-json.js';

/** Every ending but one with something found. */
export type Unread = Exclude<Read<never>, { status: 'found' }>;

/** What an SDK's error means as a read; the same for both engines. */
export function errorToRead(
  error: unknown,
  engine: EngineInfo,
  format: string,
): Unread | { status: 'found'; value: RemoteEvidence } {
  if (error instanceof StoreTooLarge) return { status: 'failed', ...error.fault };
  const answer = readSdkError(error);
  switch (answer.kind) {
    case 'absent':
      return { status: 'absent' };
    case 'remote':
      return { status: 'found', value: { kind: 'remote', engine, remoteUrl: answer.url } };
    case 'unsupported':
      return {
        status: 'unsupported',
        ...fault('carrier.notRead', { what: 'engine', format }),
        notes: [said('note.engineWords', { words: answer.error })],
      };
    default:
      return { status: answer.kind, ...bareFault(answer) };
  }
}
