import type { SignalId } from '../report/signal.js';

/**
 * Statements of AI in manifests that no action's digitalSourceType carries, one row a form. Labels and names are
 * matched whole: a word that merely stands in a title, a description or a certificate declares nothing.
 * Grades as in generators.ts.
 */
export interface C2paDeclaration {
  signal: SignalId;
  match: /** `generator`: only under that claim generator, where others write the same assertion for less than a whole picture. */
    | { in: 'assertion'; label: string; field?: string; equals?: boolean | string; generator?: string }
    | { in: 'action'; softwareAgent: string; description: string }
    | { in: 'claimGenerator'; name: string };
  /** Members of the assertion that are shown; prompts and ids of persons' works are not among them. */
  shown?: readonly string[];
  /** Labels that the writer puts beside it: they are named as places and declare nothing alone. */
  companions?: readonly string[];
  /** `ai-generated`: that is what the words say. `ai-involved`: a model took part, whatever its share. */
  says: 'ai-generated' | 'ai-involved';
  grade: 'V' | 'S' | 'D' | 'O' | 'C';
  source: string;
}

const DISCLOSURE_FIELDS = [
  'modelType',
  'modelName',
  'modelIdentifier',
  'contentProfile.humanOversightLevel',
] as const;

export const C2PA_DECLARATIONS = [
  {
    signal: 'c2pa.declaration.microsoftAiImage',
    match: {
      in: 'action',
      softwareAgent: 'Image Creator from Designer',
      description: 'AI Generated Image',
    },
    says: 'ai-generated',
    grade: 'V',
    source:
      'microsoft/c2pa-extension-validator test/media/bing_creator_cloud_surfing_puppy.jpg (2024, claim generator Microsoft_Responsible_AI/1.0)',
  },
  {
    signal: 'c2pa.declaration.blackForestLabs',
    match: { in: 'assertion', label: 'c2pa.ai_generated_content', field: 'ai_generated', equals: true },
    shown: ['ai_generated', 'model'],
    companions: ['c2pa.content-origin', 'c2pa.creation-tool'],
    says: 'ai-generated',
    grade: 'V',
    source: 'Pictures of the Black Forest Labs API (Flux.1, 2024; Flux.2, 2026)',
  },
  {
    signal: 'c2pa.declaration.adobeFirefly',
    match: {
      in: 'assertion',
      label: 'com.adobe.generative-ai',
      field: 'description',
      equals: 'Adobe Firefly',
      generator: 'Adobe_Firefly',
    },
    shown: ['description', 'version'],
    says: 'ai-generated',
    grade: 'V',
    source:
      'contentauth/c2pa-js-legacy examples/minimal-ts-vite/examples/web-components/test.jpg (Adobe Firefly, 2023-03-30, claim generator Adobe_Firefly/1.0, c2pa.created without a source type)',
  },
  {
    signal: 'c2pa.declaration.aiDisclosure',
    match: { in: 'assertion', label: 'c2pa.ai-disclosure', field: 'modelType' },
    shown: DISCLOSURE_FIELDS,
    says: 'ai-involved',
    grade: 'D',
    source: 'C2PA Technical Specification 2.4, 18.28 and Table 12',
  },
  {
    signal: 'c2pa.declaration.suno',
    match: { in: 'assertion', label: 'com.suno.provenance' },
    shown: ['providerName', 'systemName', 'systemVersion'],
    says: 'ai-generated',
    grade: 'O',
    source: 'Dumps of downloads from suno.com published by others since 2026-07',
  },
  {
    signal: 'c2pa.declaration.dreamina',
    match: { in: 'claimGenerator', name: 'Dreamina' },
    says: 'ai-generated',
    grade: 'O',
    source: 'Dumps of Dreamina and CapCut files published by others',
  },
] as const satisfies readonly C2paDeclaration[];
