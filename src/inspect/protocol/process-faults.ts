import { fault, type ReadFault } from '../../base/fault.js';

/** Reason why a reading process or its answer was unusable. */
export type ProcessFailure =
  | { cause: 'exit'; exitCode: number | null; signal: string | null; lastOutput: string }
  | { cause: 'deadline'; millis: number }
  | { cause: 'budget'; millis: number }
  | { cause: 'memory'; bytes: number }
  | { cause: 'exception' }
  | { cause: 'bad-answer' }
  | { cause: 'answer-too-large' };

/** Messages of V8, Node, Rust and C++ when an allocation fails. */
const OUT_OF_MEMORY =
  /out of memory|allocation failed|failed to allocate|memory allocation of \d+ bytes failed|bad_alloc|cannot allocate memory/i;

const seconds = (millis: number) => Math.round(millis / 100) / 10;

/**
 * Returns the fault for a failure. The same failure of the same file gives the same text: no measured times, no paths,
 * no content of the file.
 */
export function faultForFailure(death: ProcessFailure, memoryBytes: number): ReadFault {
  switch (death.cause) {
    case 'deadline':
      return fault('reader.deadline', { seconds: seconds(death.millis) });
    case 'budget':
      return fault('reader.budget', { seconds: seconds(death.millis) });
    case 'memory':
      return memoryFault(death.bytes);
    case 'exception':
      return fault('reader.crashed', { how: 'exception', end: '' });
    case 'bad-answer':
      return fault('reader.crashed', { how: 'badAnswer', end: '' });
    case 'answer-too-large':
      return fault('reader.crashed', { how: 'tooLarge', end: '' });
    case 'exit':
      return OUT_OF_MEMORY.test(death.lastOutput)
        ? memoryFault(memoryBytes)
        : crashFault(death.exitCode, death.signal);
  }
}

function memoryFault(bytes: number): ReadFault {
  return fault('reader.memory', { megabytes: Math.round(bytes / 1024 ** 2) });
}

function crashFault(exitCode: number | null, signal: string | null): ReadFault {
  return signal === null
    ? fault('reader.crashed', { how: 'other', end: String(exitCode ?? '–') })
    : fault('reader.crashed', { how: 'signal', end: signal });
}
