import { fault, type ReadFault } from '../core/ground/fault.js';

/** Why a reading process, or what it answered, was of no use. */
export type Death =
  | { cause: 'exit'; exitCode: number | null; signal: string | null; lastWords: string }
  | { cause: 'deadline'; millis: number }
  | { cause: 'budget'; millis: number }
  | { cause: 'memory'; bytes: number }
  | { cause: 'exception' }
  | { cause: 'bad-answer' }
  | { cause: 'answer-too-large' };

/** What V8, Node, Rust and C++ say last when memory is refused. */
const OUT_OF_MEMORY =
  /out of memory|allocation failed|failed to allocate|memory allocation of \d+ bytes failed|bad_alloc|cannot allocate memory/i;

const seconds = (millis: number) => Math.round(millis / 100) / 10;

/** The same death of the same file is told in the same words: no times measured, no paths, nothing the file said. */
export function faultOf(death: Death, memoryBytes: number): ReadFault {
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
      return OUT_OF_MEMORY.test(death.lastWords)
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
