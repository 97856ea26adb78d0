import { availableParallelism, totalmem } from 'node:os';
import { VERSION } from '../../../base/version.js';
import { message } from '../../../i18n/message.js';
import { type DoctorPart, verbatimMessage } from '../part.js';

/** Reports the runtime, from facts that need no lookup. */
export function describeRuntime(): DoctorPart[] {
  const memory = (totalmem() / 1024 ** 3).toFixed(1);
  const platform = `${process.platform}-${process.arch}`;
  return [
    { id: 'assay', state: 'found', detail: verbatimMessage(VERSION) },
    {
      id: 'node',
      state: 'found',
      detail: message('doctor.runtime.node', { version: process.versions.node, platform }),
    },
    {
      id: 'machine',
      state: 'found',
      detail: message('doctor.runtime.machine', { cores: String(availableParallelism()), memory }),
    },
  ];
}
