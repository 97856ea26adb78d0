import { expect, it } from 'vitest';
import { findC2paTool, isC2paLibrary } from '../../../src/core/detectors/c2pa-tools.js';

it.each([
  ['Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2 c2pa-rs/0.43.0', 'Adobe Photoshop', 'adobe'],
  ['Adobe_Firefly adobe_c2pa/0.12.4+sven2 c2pa-rs/0.32.7', 'Adobe Firefly', 'adobe'],
  ['Adobe Firefly 0.1.0', 'Adobe Firefly', 'adobe'],
  ['Firefly Image 4 Ultra', 'Adobe Firefly', 'adobe'],
  ['ChatGPT c2pa-rs/0.28.4', 'ChatGPT', 'openai'],
  ['gpt-image-1', 'gpt-image', 'openai'],
  ['DALL·E 3', 'DALL·E', 'openai'],
  ['Amazon_Bedrock c2pa-rs/0.31.0', 'Amazon Bedrock', 'amazon'],
  ['Veo 3 Fast', 'Veo', 'google'],
])('%s is %s', (written, tool, maker) => {
  expect(findC2paTool(written)).toMatchObject({ tool, maker });
});

it.each(['Geminiverse', 'Sora Studio', 'My ChatGPT', 'Imagenes', '', '/'])(
  '%j is no tool of the table',
  (written) => {
    expect(findC2paTool(written)).toBeUndefined();
  },
);

it('libraries are no tools, unlike what names them behind its own name', () => {
  const written = [
    'Google C2PA Core Generator Library 842690372:842690372',
    'c2pa-rs/0.28.4',
    'c2pa-node/0.5.0',
  ];
  expect(written.map(isC2paLibrary)).toEqual([true, true, true]);
  expect(isC2paLibrary('ChatGPT c2pa-rs/0.28.4')).toBe(false);
});
