import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../src/isolation/protocol.js';

const parse = (message: unknown) => parseMessage(JSON.stringify(message));

describe('messages of a reading process', () => {
  it('are read as they are meant', () => {
    expect(parse({ ready: true })).toEqual({ ready: true });
    const step = { step: 'c2pa', engine: 'wasm', state: 'start' };
    expect(parse({ task: 1, step })).toEqual({ task: 1, step });
    expect(parse({ task: 1, report: { a: 1 } })).toEqual({ task: 1, report: { a: 1 } });
    expect(parse({ task: 1, error: { phase: 'open', code: 'ENOENT' } })).toEqual({
      task: 1,
      error: { phase: 'open', code: 'ENOENT' },
    });
  });

  it.each([
    null,
    [],
    'ready',
    { ready: 1 },
    { task: '1', report: {} },
    { task: 1 },
    { task: 1, step: { step: 'constructor', state: 'start' } },
    { task: 1, step: { step: 'c2pa', state: 'middle' } },
    { task: 1, error: { phase: 'open' } },
    { task: 1, error: { phase: 'later', code: 'X' } },
    { cmd: 'NODE_HANDLE', type: 'net.Socket' },
  ])('are none of ours: %j', (message) => expect(parse(message)).toBeUndefined());

  it('carry no words of the file into a code, and no engine nobody knows', () => {
    expect(parse({ task: 1, error: { phase: 'open', code: '<b>' } })).toMatchObject({
      error: { code: 'UNKNOWN' },
    });
    expect(parse({ task: 1, step: { step: 'xmp', state: 'end', engine: 'steam' } })).toEqual({
      task: 1,
      step: { step: 'xmp', state: 'end' },
    });
  });

  it('never throw, whatever the line', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseMessage(line)));
  });
});
