/**
 * Tools that manifests name as claim generator or software agent, one row per name. Other names are shown in quotation
 * marks, since anyone can give a program any name. Grades as in generators.ts.
 */
export interface C2paTool {
  /** Name as written in files, without version and anything behind it; `_` stands for a space. */
  written: string;
  /** Name used by its maker. */
  tool: string;
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

export const C2PA_TOOLS = [
  {
    written: 'GPT-4o',
    tool: 'GPT-4o',
    grade: 'V',
    source: 'Software agent in pictures of ChatGPT and Sora, 2025 (jamez-bondos/awesome-gpt4o-images)',
  },
  {
    written: 'ChatGPT',
    tool: 'ChatGPT',
    grade: 'V',
    source: 'Claim generator in pictures of ChatGPT, 2024 and 2025 (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Sora',
    tool: 'Sora',
    grade: 'V',
    source: 'Claim generator in pictures of Sora, 2025 (Comfy-Org/example_workflows)',
  },
  {
    written: 'DALL·E',
    tool: 'DALL·E',
    grade: 'V',
    source: 'Software agent in a picture of ChatGPT, 2024 (microsoft/c2pa-extension-validator test/media)',
  },
  {
    written: 'OpenAI API',
    tool: 'OpenAI API',
    grade: 'V',
    source: 'Software agent of c2pa.converted in pictures of ChatGPT, 2025',
  },
  {
    written: 'Adobe Firefly',
    tool: 'Adobe Firefly',
    grade: 'V',
    source: 'Claim generator and software agent in pictures of Firefly, 2023 and 2024 (contentauth)',
  },
  {
    written: 'Adobe Photoshop',
    tool: 'Adobe Photoshop',
    grade: 'V',
    source: 'Claim generator Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2 (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Adobe Content Authenticity',
    tool: 'Adobe Content Authenticity',
    grade: 'V',
    source: 'Claim generator Adobe_Content_Authenticity (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Image Creator from Designer',
    tool: 'Image Creator from Designer',
    grade: 'V',
    source:
      'Software agent in microsoft/c2pa-extension-validator test/media/bing_creator_cloud_surfing_puppy.jpg',
  },
] as const satisfies readonly C2paTool[];
