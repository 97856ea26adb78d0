import type { ComfyNodes } from './comfyui-node.js';

/**
 * Nodes of widely used packs that create or change pictures, video or sound with a model. Frame interpolation (RIFE,
 * FILM, GIMM) is omitted deliberately: such graphs are only reported as containing an unknown node.
 */

export const COMFYUI_PACK_NODES = [
  {
    role: 'makes',
    grade: 'V',
    source:
      'ClownsharkBatwing/RES4LYF __init__.py, beta/__init__.py; example_workflows/hidream style transfer.png',
    names: `ClownsharKSampler_Beta; ClownsharkChainsampler_Beta; SharkSampler; SharkSampler_Beta;
      SharkChainsampler_Beta; UltraSharkSampler; UltraSharkSampler Tiled`,
  },
  {
    role: 'makes',
    grade: 'V',
    source:
      'jags111/efficiency-nodes-comfyui efficiency_nodes.py; wyrde/wyrde-comfyui-workflows checkpoint-testing',
    names: 'KSampler (Efficient); KSampler Adv. (Efficient); KSampler SDXL (Eff.)',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `ImpactKSamplerBasicPipe; ImpactKSamplerAdvancedBasicPipe; RegionalSampler;
      RegionalSamplerAdvanced; TwoSamplersForMask; TwoAdvancedSamplersForMask; IterativeLatentUpscale`,
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `FaceDetailer; FaceDetailerPipe; DetailerForEach; DetailerForEachDebug; DetailerForEachPipe;
      DetailerForEachDebugPipe; SEGSDetailer; IterativeImageUpscale`,
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'WASasquatch/was-node-suite-comfyui WAS_Node_Suite.py',
    names: 'KSampler (WAS); KSampler Cycle',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `easy fullkSampler; easy kSampler; easy kSamplerCustom; easy kSamplerDownscaleUnet;
      easy kSamplerInpainting; easy kSamplerLayerDiffusion; easy kSamplerSDTurbo; easy kSamplerTiled;
      easy cascadeKSampler; easy fullCascadeKSampler; easy stableDiffusion3API`,
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'easy detailerFix',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Inspire-Pack inspire/a1111_compat.py',
    names: `KSampler //Inspire; KSamplerAdvanced //Inspire; KSamplerPipe //Inspire;
      KSamplerAdvancedPipe //Inspire`,
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'BlenderNeko/ComfyUI_TiledKSampler nodes.py',
    names: 'BNK_TiledKSampler; BNK_TiledKSamplerAdvanced',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'TinyTerra/ComfyUI_tinyterraNodes ttNpy/tinyterraNodes.py',
    names: `ttN pipeKSampler; ttN pipeKSamplerAdvanced; ttN pipeKSamplerSDXL; ttN pipeKSampler_v2;
      ttN KSampler_v2`,
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'da2el-ai/D2-nodes-ComfyUI (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'D2 KSampler; D2 KSampler(Advanced)',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'gseth/ControlAltAI-Nodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'FluxSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'XLabs-AI/x-flux-comfyui nodes.py',
    names: 'XlabsSampler',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'ssitu/ComfyUI_UltimateSDUpscale nodes.py',
    names: 'UltimateSDUpscale; UltimateSDUpscaleNoUpscale; UltimateSDUpscaleCustomSample',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-SUPIR nodes.py',
    names: 'SUPIR_Upscale; SUPIR_sample',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'Gourieff/ComfyUI-ReActor nodes.py',
    names: 'ReActorFaceSwap; ReActorFaceSwapOpt; ReActorRestoreFace',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'mav-rik/facerestore_cf __init__.py',
    names: 'FaceRestoreCFWithModel',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'Acly/comfyui-inpaint-nodes nodes.py',
    names: 'INPAINT_InpaintWithModel',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-DDColor nodes.py',
    names: 'DDColor_Colorize',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'daniabib/ComfyUI_ProPainter_Nodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'ProPainterInpaint; ProPainterOutpaint',
  },
  {
    role: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-LivePortraitKJ nodes.py',
    names: 'LivePortraitProcess; LivePortraitComposite',
  },
  {
    role: 'scales',
    grade: 'S',
    source:
      'kijai: ComfyUI-CCSR, ComfyUI-APISR-KJ, ComfyUI-KJNodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'CCSR_Upscale; APISR_upscale; ImageUpscaleWithModelBatched',
  },
  {
    role: 'scales',
    grade: 'S',
    source: 'Suzie1/ComfyUI_Comfyroll_CustomNodes nodes',
    names: 'CR Upscale Image',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-WanVideoWrapper nodes_sampler.py',
    names: 'WanVideoSampler; WanVideoSamplerv2; WanVideoDiffusionForcingSampler; WanVideoFlowEdit',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-HunyuanVideoWrapper nodes.py',
    names: 'HyVideoSampler; HyVideoReSampler; HyVideoPromptMixSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-CogVideoXWrapper nodes.py',
    names: 'CogVideoSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source:
      'kijai: wrappers of models, each with its sampler (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `ControlNextSampler; DynamiCrafterI2V; DynamiCrafterBatchInterpolation; ToonCrafterInterpolation;
      diffusers_sampler; ella_sampler; KolorsSampler; LVCDSampler; lavibridge_sampler; LuminaT2ISampler;
      MimicMotionSampler; OpenDiTSampler; PyramidFlowSampler; brushnet_sampler; brushnet_sampler_ella;
      powerpaint_brushnet_sampler; Intrinsic_lora_sampling`,
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-FramePackWrapper nodes.py; dorpxam/ComfyUI-FramePack-F1-T2V',
    names: 'FramePackSampler; FramePackSingleFrameSampler; FramePackF1T2VSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-MochiWrapper nodes.py; logtd/ComfyUI-MochiEdit',
    names: 'MochiSampler; MochiWrapperSamplerCustom',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'Lightricks/ComfyUI-LTXVideo __init__.py',
    names: `LTXVBaseSampler; LTXVExtendSampler; LTXVInContextSampler; LTXVLoopingSampler;
      LTXVNormalizingSampler; LTXVTiledSampler`,
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-MMAudio nodes.py',
    names: 'MMAudioSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'lks-ai/ComfyUI-StableAudioSampler (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'StableAudioSampler',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'billwuhao/ComfyUI_ACE-Step acestep nodes',
    names: 'ACEStepGen; ACEStepRepainting; ACEStepEdit; ACEStepExtend',
  },
  {
    role: 'makes',
    grade: 'S',
    source: 'smthemex/ComfyUI_StoryDiffusion; ZHO-ZHO-ZHO/ComfyUI-InstantID, ComfyUI-PhotoMaker-ZHO',
    names: 'Storydiffusion_Sampler; IDGenerationNode; NEWCompositeImageGenerationNode',
  },
] as const satisfies readonly ComfyNodes[];
