import { fault, pickFault } from '../../../base/fault.js';
import { message } from '../../../i18n/message.js';
import type { EngineInfo } from '../../c2pa/engine-names.js';
import type { RemoteEvidence } from '../../c2pa/manifest-store.js';
import type { Read } from '../../media/carrier.js';
import { parseSdkError } from './sdk-error.js';
import { StoreLimitError } from './store-json.js';

/** Any result other than `found`. */
export type FailedRead = Exclude<Read<never>, { status: 'found' }>;

/** Converts an SDK's error into a read result; shared by both engines. */
export function toRead(
  error: unknown,
  engine: EngineInfo,
  format: string,
): FailedRead | { status: 'found'; value: RemoteEvidence } {
  if (error instanceof StoreLimitError) return { status: 'failed', ...error.fault };
  const answer = parseSdkError(error);
  switch (answer.kind) {
    case 'absent':
      return { status: 'absent' };
    case 'remote':
      return { status: 'found', value: { kind: 'remote', engine, remoteUrl: answer.url } };
    case 'unsupported':
      return {
        status: 'unsupported',
        ...fault('carrier.notRead', { what: 'engine', format }),
        notes: [message('note.engineWords', { words: answer.error })],
      };
    default:
      return { status: answer.kind, ...pickFault(answer) };
  }
}
