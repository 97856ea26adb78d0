/**
 * Soft binding algorithms by the names that C2PA registered for them (exact, as an assertion's `alg`), and other
 * words that declare a watermark. None of them says how the content was made. Grades as in generators.ts.
 */
export interface SoftBindingAlgorithm {
  alg: string;
  /** A watermark was put into the content; a fingerprint was only computed from it. */
  kind: 'watermark' | 'fingerprint';
  what: string;
  grade: 'V' | 'D';
  source: string;
}

const LIST = 'C2PA softbinding-algorithm-list, entry';

export const SOFT_BINDING_ALGORITHMS = [
  { alg: 'com.digimarc.validate.1', kind: 'watermark', what: 'Digimarc', grade: 'D', source: `${LIST} 1` },
  { alg: 'io.iscc.v0', kind: 'fingerprint', what: 'ISCC (ISO 24138)', grade: 'D', source: `${LIST} 3` },
  {
    alg: 'com.adobe.trustmark.Q',
    kind: 'watermark',
    what: 'TrustMark (Adobe), variant Q',
    grade: 'V',
    source: `${LIST} 4; adobe/trustmark c2pa/example_wm_signed.jpg`,
  },
  {
    alg: 'com.adobe.trustmark.C',
    kind: 'watermark',
    what: 'TrustMark (Adobe), variant C',
    grade: 'D',
    source: `${LIST} 5`,
  },
  {
    alg: 'com.adobe.trustmark.P',
    kind: 'watermark',
    what: 'TrustMark (Adobe), variant P',
    grade: 'V',
    source: `${LIST} 13; contentauth/c2pa-rs adobe_connected_identities.jpg`,
  },
  {
    alg: 'com.adobe.icn.dense',
    kind: 'fingerprint',
    what: 'Adobe Image Comparator Network',
    grade: 'V',
    source: `${LIST} 6; contentauth/c2pa-rs adobe_connected_identities.jpg`,
  },
  { alg: 'ai.steg.api', kind: 'watermark', what: 'Steg.AI', grade: 'D', source: `${LIST} 7` },
  {
    alg: 'tv.kinetiq.watercast.48.1',
    kind: 'watermark',
    what: 'Kinetiq Teletrax',
    grade: 'V',
    source: `${LIST} 11; newsroom videos signed by the European Broadcasting Union`,
  },
  { alg: 'castLabs.watermark.1', kind: 'watermark', what: 'castLabs', grade: 'D', source: `${LIST} 12` },
  { alg: 'com.imatag.lamark.v1', kind: 'watermark', what: 'Imatag', grade: 'D', source: `${LIST} 14` },
  {
    alg: 'com.nagra.nexguard.watermark.1',
    kind: 'watermark',
    what: 'NAGRA NexGuard',
    grade: 'D',
    source: `${LIST} 15`,
  },
  {
    alg: 'com.microsoft.invismark.1',
    kind: 'watermark',
    what: 'Microsoft InvisMark',
    grade: 'D',
    source: `${LIST} 19`,
  },
  {
    alg: 'com.microsoft.wavmark.1',
    kind: 'watermark',
    what: 'Microsoft WavMark',
    grade: 'D',
    source: `${LIST} 20`,
  },
  {
    alg: 'com.verimatrix.watermark.1',
    kind: 'watermark',
    what: 'Verimatrix',
    grade: 'D',
    source: `${LIST} 28`,
  },
] as const satisfies readonly SoftBindingAlgorithm[];

/** C2PA 2.2 table 8 and later: an invisible watermark was put in, bound to the manifest or not. */
export const WATERMARK_ACTIONS = [
  'c2pa.watermarked',
  'c2pa.watermarked.bound',
  'c2pa.watermarked.unbound',
] as const;

/** Actions of other names whose description says that a watermark was put in; the whole description is matched. */
export interface WatermarkDescription {
  action: string;
  description: string;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

export const WATERMARK_DESCRIPTIONS = [
  {
    action: 'c2pa.edited',
    description: 'Applied imperceptible SynthID watermark.',
    grade: 'V',
    source: 'enslo/sd-metadata samples/c2pa/png/gemini_3.1pro.png',
  },
] as const satisfies readonly WatermarkDescription[];
