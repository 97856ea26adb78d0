import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../../../src/base/json-shape.js';
import { comfyPrompt, comfyWorkflow } from '../../../../src/core/detectors/shapes/comfyui.js';
import { editorGraph } from '../../../../src/core/detectors/shapes/comfyui-editor.js';
import { apiGraph, type Graph } from '../../../../src/core/detectors/shapes/comfyui-graph.js';
import { knownNode } from '../../../../src/core/detectors/shapes/comfyui-known.js';
import { findPathToOutputs, listServices } from '../../../../src/core/detectors/shapes/comfyui-way.js';
import { asPrompt, asWorkflow, PUBLISHED_GRAPHS, type PublishedGraph } from './graphs.js';

/** Compares published workflows of ComfyUI, in both forms, with the table of nodes. */

const STATED = ['generator.comfyui.sampler', 'generator.comfyui.service', 'generator.comfyui.edit'];

const raised = (text: string, shape: typeof comfyPrompt) =>
  (shape(text)?.raises ?? []).map(({ id, value }) => (value === undefined ? id : `${id}: ${value}`));

function outcomeOf(graph: Graph): Pick<PublishedGraph, 'outcome' | 'names'> {
  const { makes, unknown } = findPathToOutputs(graph);
  const services = listServices(makes);
  if (services.length > 0) return { outcome: 'service', names: services };
  if (makes.length > 0) return { outcome: 'made', names: [] };
  return { outcome: unknown.length > 0 ? 'unknown' : 'no step', names: unknown.toSorted() };
}

const named = PUBLISHED_GRAPHS.map((row) => [`${row.repository} ${row.path}`, row] as const);

describe('a published graph', () => {
  it.each(named)('%s: as it was run', (_name, row) => {
    const text = JSON.stringify(asPrompt(row));
    expect(outcomeOf(apiGraph(asPrompt(row) as JsonRecord))).toEqual({
      outcome: row.outcome,
      names: row.names,
    });
    const said = raised(text, comfyPrompt);
    if (row.outcome === 'no step') expect(said).toEqual(['generator.comfyui.noStep']);
    else expect(said).not.toContain('generator.comfyui.noStep');
    if (row.outcome === 'made') expect(said).toContain('generator.comfyui.sampler');
    if (row.outcome === 'service')
      expect(said).toContain(`generator.comfyui.service: ${row.names.join(', ')}`);
    if (row.outcome === 'unknown') expect(said.filter((id) => STATED.includes(id))).toEqual([]);
  });

  it.each(named)('%s: as it was drawn, which states nothing', (_name, row) => {
    expect(outcomeOf(editorGraph(asWorkflow(row) as JsonRecord))).toEqual({
      outcome: row.outcome,
      names: row.names,
    });
    expect(raised(JSON.stringify(asWorkflow(row)), comfyWorkflow)).toEqual(['generator.comfyui.workflow']);
  });
});

describe('the collection', () => {
  it('holds at least forty graphs, twenty of which are decided by nodes outside our table', () => {
    const outside = PUBLISHED_GRAPHS.filter(({ outcome }) => outcome === 'unknown');
    expect(PUBLISHED_GRAPHS.length).toBeGreaterThanOrEqual(40);
    expect(outside.length).toBeGreaterThanOrEqual(20);
    for (const { names } of outside) {
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => knownNode(name) !== undefined)).toEqual([]);
    }
  });
});
