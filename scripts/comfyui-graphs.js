/**
 * Prints the reading of each published graph of tests/core/detectors/comfyui/graphs.json: the expected outcome, the
 * statement of a file with the record of that run, and the graph's source.
 */
import './from-sources.js';

import { readFile } from 'node:fs/promises';

const { comfyPrompt } = await import('../src/core/detectors/shapes/comfyui.ts');
const rows = JSON.parse(
  await readFile(new URL('../tests/core/detectors/comfyui/graphs.json', import.meta.url), 'utf8'),
);

/** @param {[string, Record<string, string>]} node */
const ran = ([type, links]) => ({
  class_type: type,
  inputs: Object.fromEntries(Object.entries(links).map(([name, from]) => [name, [from, 0]])),
});

for (const { repository, path, outcome, names, nodes } of rows) {
  const prompt = Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, ran(node)]));
  const raises = comfyPrompt(JSON.stringify(prompt))?.raises ?? [];
  const stated = raises.map(({ id, value }) =>
    [id.replace('generator.', ''), value].filter(Boolean).join(' = '),
  );
  const expected = [outcome, names.join(', ')].filter((word) => word !== '').join(': ');
  console.log([expected, stated.join('; '), `${repository} ${path}`].join('\t'));
}
