import type { SignalId } from '../report/signal.js';

/**
 * Statements about AI in manifests that are not expressed as an action's digitalSourceType, one row per form. Labels
 * and names must match completely: a word in a title, description or certificate declares nothing. Grades as in
 * generators.ts.
 */
export interface C2paDeclaration {
  signal: SignalId;
  match: /** `generator`: only under that claim generator, where others write the same assertion for less than a whole picture. */
    | { in: 'assertion'; label: string; field?: string; equals?: boolean | string; generator?: string }
    | { in: 'action'; softwareAgent: string; description: string }
    | { in: 'claimGenerator'; name: string };
  /** Members of the assertion that are shown. Prompts and ids of people's works are excluded. */
  shown?: readonly string[];
  /** Labels that the writer adds next to it. They are listed as locators but declare nothing on their own. */
  companions?: readonly string[];
  /** `ai-generated`: stated explicitly. `ai-involved`: a model took part to an unknown extent. */
  states: 'ai-generated' | 'ai-involved';
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
    states: 'ai-generated',
    grade: 'V',
    source:
      'microsoft/c2pa-extension-validator test/media/bing_creator_cloud_surfing_puppy.jpg (2024, claim generator Microsoft_Responsible_AI/1.0)',
  },
  {
    signal: 'c2pa.declaration.blackForestLabs',
    match: { in: 'assertion', label: 'c2pa.ai_generated_content', field: 'ai_generated', equals: true },
    shown: ['ai_generated', 'model'],
    companions: ['c2pa.content-origin', 'c2pa.creation-tool'],
    states: 'ai-generated',
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
    states: 'ai-generated',
    grade: 'V',
    source:
      'contentauth/c2pa-js-legacy examples/minimal-ts-vite/examples/web-components/test.jpg (Adobe Firefly, 2023-03-30, claim generator Adobe_Firefly/1.0, c2pa.created without a source type)',
  },
  {
    signal: 'c2pa.declaration.aiDisclosure',
    match: { in: 'assertion', label: 'c2pa.ai-disclosure', field: 'modelType' },
    shown: DISCLOSURE_FIELDS,
    states: 'ai-involved',
    grade: 'D',
    source: 'C2PA Technical Specification 2.4, 18.28 and Table 12',
  },
  {
    signal: 'c2pa.declaration.suno',
    match: { in: 'assertion', label: 'com.suno.provenance' },
    shown: ['providerName', 'systemName', 'systemVersion'],
    states: 'ai-generated',
    grade: 'O',
    source: 'Dumps of downloads from suno.com published by others since 2026-07',
  },
  {
    signal: 'c2pa.declaration.dreamina',
    match: { in: 'claimGenerator', name: 'Dreamina' },
    states: 'ai-generated',
    grade: 'O',
    source: 'Dumps of Dreamina and CapCut files published by others',
  },
] as const satisfies readonly C2paDeclaration[];
