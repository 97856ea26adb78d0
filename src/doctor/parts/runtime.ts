import { availableParallelism, totalmem } from 'node:os';
import { VERSION } from '../../core/ground/version.js';
import { said } from '../../say/said.js';
import { asWritten, type Part } from '../part.js';

/** What runs this: known without looking anywhere. */
export function runtimeParts(): Part[] {
  const memory = (totalmem() / 1024 ** 3).toFixed(1);
  const platform = `${process.platform}-${process.arch}`;
  return [
    { id: 'assay', state: 'found', detail: asWritten(VERSION) },
    {
      id: 'node',
      state: 'found',
      detail: said('doctor.runtime.node', { version: process.versions.node, platform }),
    },
    {
      id: 'machine',
      state: 'found',
      detail: said('doctor.runtime.machine', { cores: String(availableParallelism()), memory }),
    },
  ];
}
