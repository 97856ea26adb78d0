import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { buildContentCredentials } from '../../../src/core/credentials/credentials.js';
import { deriveSignals, deriveUnknowable } from '../../../src/core/detectors/derived-signals.js';
import { detectAll } from '../../../src/core/detectors/detector.js';
import { DETECTORS } from '../../../src/core/detectors/index.js';
import { findUnknowable } from '../../../src/core/law/reevaluate.js';
import { unknowableSignals } from '../../../src/core/signals/bytes-fault.js';
import { BYTES_PARTS, type BytesPart, OWN_PARTS } from '../../../src/core/signals/bytes-parts.js';
import { message } from '../../../src/i18n/message.js';
import { action, evidence, facts, manifest, store, TAM } from '../../support/literals.js';

const FAULT = fault('cbor.invalid');
const generated = (missing?: readonly BytesPart[]) =>
  store({
    manifests: [manifest('m1', { actions: [action('c2pa.created', TAM)] })],
    ...(missing ? { bytesFault: { ...FAULT, missing } } : {}),
  });
const detected = (missing?: readonly BytesPart[]) =>
  detectAll(DETECTORS, evidence({ c2pa: generated(missing) }), facts());

describe('bytes of a store that could not be read', () => {
  it('leave nothing open where there are none', () => {
    expect([...detected().unknowable]).toEqual([]);
  });

  it('of a timestamp leave open the time, and neither what is declared nor what is not', () => {
    expect([...detected(['time']).unknowable].sort()).toEqual([
      'c2pa.signer.revoked',
      'c2pa.time.expiredWithoutTimestamp',
      'c2pa.time.proven',
      'c2pa.time.stamped',
    ]);
  });

  it('of a binding leave open what its hash leaves out', () => {
    expect([...detected(['binding']).unknowable]).toEqual(['c2pa.binding.leavesOutMore']);
  });

  it('of claims leave open what the rubric reads', () => {
    const { unknowable } = detected(['claims']);
    expect(unknowable.has('c2pa.inception.capturedMedia')).toBe(true);
    expect(unknowable.has('c2pa.transformation.perceptibleGenAI')).toBe(true);
    expect(unknowable.has('c2pa.digitalSourceType.digitalCapture')).toBe(false);
    expect(unknowable.has('c2pa.integrity.altered')).toBe(false);
  });

  it('of certificates leave open the list, and how well what was found is backed', () => {
    const { unknowable, signals } = detected(['signer', 'time', 'backing']);
    expect(signals.find(({ id }) => id === 'c2pa.ai.created')?.backing).toBe('valid');
    for (const id of ['c2pa.signer.official', 'c2pa.ai.created', 'c2pa.present'] as const)
      expect(unknowable.has(id)).toBe(true);
    for (const id of ['c2pa.ai.altered', 'c2pa.remote', 'c2pa.softBinding.declared', 'cawg.identity.present'])
      expect([...unknowable]).not.toContain(id);
  });

  it('of a manifest that could not be loaded leave open what it states, and neither presence nor integrity', () => {
    const ids = unknowableSignals(['statements'], []);
    for (const id of [
      'c2pa.ai.created',
      'c2pa.digitalSourceType.trainedAlgorithmicMedia',
      'c2pa.declaration.suno',
      'cawg.identity.present',
      'watermark.declared',
    ] as const)
      expect(ids).toContain(id);
    for (const id of [
      'c2pa.present',
      'c2pa.integrity.altered',
      'c2pa.signer.official',
      'watermark.pixels.sdxl',
    ] as const)
      expect(ids).not.toContain(id);
  });

  it('leave what is not backed by a signature as it is', () => {
    const found = [
      { id: 'c2pa.ai.created', backing: 'invalid' },
      { id: 'c2pa.present', backing: 'trusted' },
      { id: 'iptc.credit.googleAi', backing: 'unsigned' },
    ] as unknown as Parameters<typeof unknowableSignals>[1];
    expect(unknowableSignals(['backing'], found)).toEqual([]);
  });

  it.each([[['time']], [['signer', 'time', 'backing']], [['claims', 'binding']], [BYTES_PARTS]] as [
    BytesPart[],
  ][])('leave the same open when a Report is asked again (%s)', (missing) => {
    const read = { status: 'found' as const, value: generated(missing) };
    const { signals, unknowable } = detected(missing);
    const report = {
      reads: {},
      contentCredentials: buildContentCredentials(read),
      signals: [...signals, ...deriveSignals(signals)],
    };
    expect(report.contentCredentials.bytesFaultMissing).toEqual(missing);
    expect(findUnknowable(report)).toEqual(new Set([...unknowable, ...deriveUnknowable(unknowable)]));
  });

  it('leave all of it open in a Report from before it was told apart', () => {
    const contentCredentials = { messages: { bytesFault: message('text.asWritten', { text: 'y' }) } };
    const ids = findUnknowable({ reads: {}, contentCredentials, signals: [] });
    expect(ids).toEqual(new Set(unknowableSignals(OWN_PARTS, [])));
  });
});
