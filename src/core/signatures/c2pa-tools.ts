/**
 * Tools that manifests name as claim generator or software agent, one row per name, with whose they are. Other names
 * are shown in quotation marks, since anyone can give a program any name. Grades as in generators.ts.
 */
export interface C2paTool {
  /** Name as written in files, without version and anything behind it; `_` stands for a space. */
  written: string;
  /** Name used by its maker. */
  tool: string;
  /** Its name stands without quotation marks only where this maker signed; for a tool without one, where a listed signer did. */
  maker?: C2paMaker;
  /** True if names of models or pipelines go on after this one, as in `Titan Image Generator G1`. */
  hasVariants?: true;
  /** `library`: it writes the credentials for other programs, and makes no content. */
  kind?: 'library';
  grade: 'V' | 'S' | 'D' | 'O';
  source: string;
}

/** Makers of tools: their name, and their organisation names in certificates of samples and of the list of conforming products. */
export const C2PA_MAKERS = {
  adobe: { name: 'Adobe', signers: ['Adobe Inc.', 'Adobe, Inc.', 'Adobe'] },
  amazon: { name: 'Amazon', signers: ['Amazon Web Services, Inc.', 'Amazon Development Center U.S., Inc.'] },
  blackForestLabs: { name: 'Black Forest Labs', signers: ['Black Forest Labs Inc.'] },
  elevenlabs: { name: 'ElevenLabs', signers: ['Eleven Labs Inc.'] },
  google: { name: 'Google', signers: ['Google LLC'] },
  microsoft: { name: 'Microsoft', signers: ['Microsoft Corporation'] },
  openai: { name: 'OpenAI', signers: ['OpenAI', 'OpenAI OpCo, LLC'] },
  samsung: { name: 'Samsung', signers: ['Samsung Galaxy'] },
} as const satisfies Readonly<Record<string, { name: string; signers: readonly string[] }>>;

export type C2paMaker = keyof typeof C2PA_MAKERS;

export const C2PA_TOOLS = [
  {
    written: 'GPT-4o',
    tool: 'GPT-4o',
    maker: 'openai',
    grade: 'V',
    source: 'Software agent in pictures of ChatGPT and Sora, 2025 (jamez-bondos/awesome-gpt4o-images)',
  },
  {
    written: 'ChatGPT',
    tool: 'ChatGPT',
    maker: 'openai',
    grade: 'V',
    source: 'Claim generator in pictures of ChatGPT, 2024 and 2025 (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Sora',
    tool: 'Sora',
    maker: 'openai',
    grade: 'V',
    source: 'Claim generator in pictures of Sora, 2025 (Comfy-Org/example_workflows)',
  },
  {
    written: 'DALL·E',
    tool: 'DALL·E',
    maker: 'openai',
    hasVariants: true,
    grade: 'V',
    source: 'Software agent in a picture of ChatGPT, 2024 (microsoft/c2pa-extension-validator test/media)',
  },
  {
    written: 'OpenAI API',
    tool: 'OpenAI API',
    maker: 'openai',
    grade: 'V',
    source: 'Software agent of c2pa.converted in pictures of ChatGPT, 2025',
  },
  {
    written: 'Adobe Firefly',
    tool: 'Adobe Firefly',
    maker: 'adobe',
    hasVariants: true,
    grade: 'V',
    source: 'Claim generator and software agent in pictures of Firefly, 2023 and 2024 (contentauth)',
  },
  {
    written: 'Adobe Photoshop',
    tool: 'Adobe Photoshop',
    maker: 'adobe',
    grade: 'V',
    source: 'Claim generator Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2 (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Adobe Content Authenticity',
    tool: 'Adobe Content Authenticity',
    maker: 'adobe',
    grade: 'V',
    source: 'Claim generator Adobe_Content_Authenticity (contentauth/c2pa-rs test files)',
  },
  {
    written: 'Image Creator from Designer',
    tool: 'Image Creator from Designer',
    maker: 'microsoft',
    grade: 'V',
    source:
      'Software agent in microsoft/c2pa-extension-validator test/media/bing_creator_cloud_surfing_puppy.jpg',
  },
  {
    written: 'DALL-E',
    tool: 'DALL·E',
    maker: 'openai',
    hasVariants: true,
    grade: 'D',
    source: 'Spelling of OpenAI’s documentation (platform.openai.com)',
  },
  {
    written: 'gpt-image',
    tool: 'gpt-image',
    maker: 'openai',
    hasVariants: true,
    grade: 'V',
    source: 'Software agent in pictures of ChatGPT, May 2026',
  },
  {
    written: 'OpenAI Media Service API',
    tool: 'OpenAI Media Service API',
    maker: 'openai',
    grade: 'V',
    source: 'Claim generator in pictures of ChatGPT, May 2026',
  },
  {
    written: 'Firefly',
    tool: 'Adobe Firefly',
    maker: 'adobe',
    hasVariants: true,
    grade: 'D',
    source: 'Name without the maker in Adobe’s documentation (helpx.adobe.com)',
  },
  {
    written: 'Azure OpenAI DALL-E',
    tool: 'Azure OpenAI DALL-E',
    maker: 'microsoft',
    grade: 'D',
    source: 'Software agent in Microsoft’s documentation of Azure OpenAI, Content Credentials',
  },
  {
    written: 'Azure OpenAI ImageGen',
    tool: 'Azure OpenAI ImageGen',
    maker: 'microsoft',
    grade: 'D',
    source: 'Software agent in Microsoft’s documentation of Azure OpenAI, Content Credentials',
  },
  {
    written: 'Titan Image Generator',
    tool: 'Titan Image Generator',
    maker: 'amazon',
    hasVariants: true,
    grade: 'V',
    source: 'Software agent Titan Image Generator G1 in a picture of Amazon Bedrock',
  },
  {
    written: 'Amazon Bedrock',
    tool: 'Amazon Bedrock',
    maker: 'amazon',
    grade: 'V',
    source: 'Claim generator Amazon_Bedrock in a picture of Titan',
  },
  {
    written: 'ElevenLabs',
    tool: 'ElevenLabs',
    maker: 'elevenlabs',
    grade: 'D',
    source: 'Name of the service in its documentation (elevenlabs.io); not seen in a manifest yet',
  },
  {
    written: 'Gemini',
    tool: 'Gemini',
    maker: 'google',
    hasVariants: true,
    grade: 'D',
    source: 'Name that Google gives its models (ai.google.dev); not seen in a manifest yet',
  },
  {
    written: 'Imagen',
    tool: 'Imagen',
    maker: 'google',
    hasVariants: true,
    grade: 'D',
    source: 'Name that Google gives its models (ai.google.dev); not seen in a manifest yet',
  },
  {
    written: 'Veo',
    tool: 'Veo',
    maker: 'google',
    hasVariants: true,
    grade: 'D',
    source: 'Name that Google gives its models (ai.google.dev); not seen in a manifest yet',
  },
  {
    written: 'SynthID',
    tool: 'SynthID',
    maker: 'google',
    grade: 'D',
    source: 'Name of Google’s watermark (deepmind.google); seen in descriptions of actions',
  },
  {
    written: 'Flux.2',
    tool: 'FLUX.2',
    maker: 'blackForestLabs',
    hasVariants: true,
    grade: 'V',
    source: 'Software agent in a picture of the API of Black Forest Labs',
  },
  {
    written: 'Photo assist',
    tool: 'Photo assist',
    maker: 'samsung',
    grade: 'V',
    source: 'Software agent in a picture of Galaxy AI on a Galaxy S25',
  },
  {
    written: 'Google C2PA Core Generator Library',
    tool: 'Google C2PA Core Generator Library',
    maker: 'google',
    kind: 'library',
    grade: 'V',
    source: 'Claim generator in pictures of Gemini, 2025 and 2026 (enslo/sd-metadata)',
  },
  {
    written: 'c2pa-rs',
    tool: 'c2pa-rs',
    kind: 'library',
    grade: 'V',
    source: 'Claim generator of contentauth/c2pa-rs, which programs put behind their own name',
  },
  {
    written: 'c2pa-node',
    tool: 'c2pa-node',
    kind: 'library',
    grade: 'D',
    source: 'contentauth/c2pa-node, which writes its name into the claim generator',
  },
  {
    written: 'adobe_c2pa',
    tool: 'adobe_c2pa',
    maker: 'adobe',
    kind: 'library',
    grade: 'V',
    source: 'Behind Adobe_Photoshop/26.9.0 in a claim generator (contentauth/c2pa-rs test files)',
  },
] as const satisfies readonly C2paTool[];
