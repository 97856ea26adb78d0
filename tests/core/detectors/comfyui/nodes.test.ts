import { describe, expect, it } from 'vitest';
import { COMFYUI_NODES, knownNode, namesOf } from '../../../../src/core/detectors/shapes/comfyui-known.js';
import { TRACE_GRADES } from '../../../../src/core/signals/backing.js';

/** Table of ComfyUI's nodes: each class has one row, with its effect, a source and a grade. */

describe('every row of nodes', () => {
  it('names classes that no other row names', () => {
    const names = COMFYUI_NODES.flatMap(namesOf);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => name === '' || /\s{2}|\n/.test(name))).toEqual([]);
  });

  it('has a source that can be looked up, and a grade that may decide', () => {
    for (const { source, grade, names } of COMFYUI_NODES) {
      expect(source.length, names).toBeGreaterThan(10);
      expect(source, names).toMatch(/\w\/\w|kijai/);
      expect(
        TRACE_GRADES.filter((one) => one !== 'C'),
        names,
      ).toContain(grade);
    }
  });

  it('says who runs it where a node asks a service to make something', () => {
    const asked = COMFYUI_NODES.filter(
      ({ source, role: does }) => source.includes('comfy_api_nodes') && does === 'makes',
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(({ service }) => service === undefined)).toEqual([]);
  });
});

describe('a class of nodes', () => {
  it.each([
    ['KSampler', 'makes', undefined],
    ['KSamplerSelect', 'aside', undefined],
    ['OpenAIDalle3', 'makes', 'OpenAI'],
    ['OpenAIGPTImage1', 'makes', 'OpenAI'],
    ['FluxKontextMaxImageNode', 'makes', 'Black Forest Labs'],
    ['IdeogramV3', 'makes', 'Ideogram'],
    ['LumaVideoNode', 'makes', 'Luma'],
    ['RecraftTextToVectorNode', 'makes', 'Recraft'],
    ['RecraftCrispUpscaleNode', 'scales', 'Recraft'],
    ['RecraftRemoveBackgroundNode', 'passes', undefined],
    ['GeminiImageNode', 'makes', 'Google'],
    ['Veo3VideoGenerationNode', 'makes', 'Google'],
    ['GeminiNode', 'aside', undefined],
    ['ClownsharKSampler_Beta', 'makes', undefined],
    ['KSampler (Efficient)', 'makes', undefined],
    ['WanVideoSampler', 'makes', undefined],
    ['FaceDetailer', 'edits', undefined],
    ['ReActorFaceSwap', 'edits', undefined],
    ['ImageUpscaleWithModel', 'scales', undefined],
    ['VHS_VideoCombine', 'saves', undefined],
    ['PreviewImage', 'shows', undefined],
    ['Image Resize', 'passes', undefined],
    ['ShowText|pysssss', 'aside', undefined],
  ])('%s %s', (type, does, service) => {
    expect(knownNode(type)).toMatchObject({ role: does, ...(service === undefined ? {} : { service }) });
    if (service === undefined) expect(knownNode(type)?.service).toBeUndefined();
  });

  it('is not known by a part of its name', () => {
    for (const type of ['ksampler', 'KSampler ', 'MyKSampler', '', '__proto__', 'constructor']) {
      expect(knownNode(type), type).toBeUndefined();
    }
  });
});
