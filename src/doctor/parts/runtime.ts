import { availableParallelism, totalmem } from 'node:os';
import { VERSION } from '../../core/version.js';
import type { Part } from '../part.js';

/** What runs this: known without looking anywhere. */
export function runtimeParts(): Part[] {
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(1);
  return [
    { id: 'assay', name: 'Assay', state: 'found', detail: VERSION },
    {
      id: 'node',
      name: 'Node.js',
      state: 'found',
      detail: `${process.versions.node} on ${process.platform}-${process.arch}`,
    },
    {
      id: 'machine',
      name: 'Machine',
      state: 'found',
      detail: `${availableParallelism()} cores to use, ${gigabytes} GiB of memory`,
    },
  ];
}
