import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReaderMessage, pickReadingOptions } from '../../../src/inspect/protocol/protocol.js';

const parse = (message: unknown) => parseReaderMessage(JSON.stringify(message));

describe('messages of a reading process', () => {
  it('are read as they are meant', () => {
    expect(parse({ ready: true })).toEqual({ ready: true });
    const steps = [
      { step: 'c2pa', engine: 'wasm', millis: 2.5 },
      { step: 'xmp', millis: 0 },
    ];
    expect(parse({ task: 1, report: { a: 1 }, steps })).toEqual({ task: 1, report: { a: 1 }, steps });
    expect(parse({ task: 1, concluded: { a: 1 } })).toEqual({ task: 1, concluded: { a: 1 } });
    expect(parse({ task: 1, report: { a: 1 } })).toEqual({ task: 1, report: { a: 1 }, steps: [] });
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
    { task: 1, steps: [] },
    { task: 1, error: { phase: 'open' } },
    { task: 1, error: { phase: 'later', code: 'X' } },
    { cmd: 'NODE_HANDLE', type: 'net.Socket' },
  ])('are none of ours: %j', (message) => expect(parse(message)).toBeUndefined());

  it('carry no words of the file into a code, and no engine nobody knows', () => {
    expect(parse({ task: 1, error: { phase: 'open', code: '<b>' } })).toMatchObject({
      error: { code: 'UNKNOWN' },
    });
    const steps = [
      { step: 'xmp', millis: 1, engine: 'steam' },
      { step: 'constructor', millis: 1 },
      { step: 'xmp', millis: -1 },
      { step: 'xmp', millis: '1' },
      null,
    ];
    expect(parse({ task: 1, report: {}, steps })).toMatchObject({ steps: [{ step: 'xmp', millis: 1 }] });
    const many = Array.from({ length: 10_000 }, () => ({ step: 'xmp', millis: 1 }));
    expect(parse({ task: 1, report: {}, steps: many })).toMatchObject({ steps: many.slice(0, 100) });
  });

  it('never throw, whatever the line', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseReaderMessage(line)));
  });
});

describe('options of a request', () => {
  it('reach a reading process only if they are named', () => {
    const named = {
      asOf: '2026-11-25',
      asOfSource: 'today',
      engine: 'wasm',
      deep: true,
      reveal: ['names'],
      ownHash: true,
    } as const;
    const request = {
      ...named,
      reveal: [...named.reveal],
      name: 'a.jpg',
      tenant: 't',
      jurisdictions: ['EU'],
      later: 1,
    };
    expect(pickReadingOptions(request)).toEqual(named);
    expect(pickReadingOptions({ asOf: named.asOf, engine: 'auto' })).toEqual({
      asOf: named.asOf,
      engine: 'auto',
    });
  });
});
