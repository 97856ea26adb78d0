import type { ComfyNodes } from './comfyui-node.js';

/**
 * Nodes of widely used packs that make or change pictures, video or sound with a model. Frames that a model puts between
 * others (RIFE, FILM, GIMM) are left out on purpose: nothing is said of such graphs but that a node is not known.
 */

export const COMFYUI_PACK_NODES = [
  {
    does: 'makes',
    grade: 'V',
    source:
      'ClownsharkBatwing/RES4LYF __init__.py, beta/__init__.py; example_workflows/hidream style transfer.png',
    names: `ClownsharKSampler_Beta; ClownsharkChainsampler_Beta; SharkSampler; SharkSampler_Beta;
      SharkChainsampler_Beta; UltraSharkSampler; UltraSharkSampler Tiled`,
  },
  {
    does: 'makes',
    grade: 'V',
    source:
      'jags111/efficiency-nodes-comfyui efficiency_nodes.py; wyrde/wyrde-comfyui-workflows checkpoint-testing',
    names: 'KSampler (Efficient); KSampler Adv. (Efficient); KSampler SDXL (Eff.)',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `ImpactKSamplerBasicPipe; ImpactKSamplerAdvancedBasicPipe; RegionalSampler;
      RegionalSamplerAdvanced; TwoSamplersForMask; TwoAdvancedSamplersForMask; IterativeLatentUpscale`,
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `FaceDetailer; FaceDetailerPipe; DetailerForEach; DetailerForEachDebug; DetailerForEachPipe;
      DetailerForEachDebugPipe; SEGSDetailer; IterativeImageUpscale`,
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'WASasquatch/was-node-suite-comfyui WAS_Node_Suite.py',
    names: 'KSampler (WAS); KSampler Cycle',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `easy fullkSampler; easy kSampler; easy kSamplerCustom; easy kSamplerDownscaleUnet;
      easy kSamplerInpainting; easy kSamplerLayerDiffusion; easy kSamplerSDTurbo; easy kSamplerTiled;
      easy cascadeKSampler; easy fullCascadeKSampler; easy stableDiffusion3API`,
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'easy detailerFix',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Inspire-Pack inspire/a1111_compat.py',
    names: `KSampler //Inspire; KSamplerAdvanced //Inspire; KSamplerPipe //Inspire;
      KSamplerAdvancedPipe //Inspire`,
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'BlenderNeko/ComfyUI_TiledKSampler nodes.py',
    names: 'BNK_TiledKSampler; BNK_TiledKSamplerAdvanced',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'TinyTerra/ComfyUI_tinyterraNodes ttNpy/tinyterraNodes.py',
    names: `ttN pipeKSampler; ttN pipeKSamplerAdvanced; ttN pipeKSamplerSDXL; ttN pipeKSampler_v2;
      ttN KSampler_v2`,
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'da2el-ai/D2-nodes-ComfyUI (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'D2 KSampler; D2 KSampler(Advanced)',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'gseth/ControlAltAI-Nodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'FluxSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'XLabs-AI/x-flux-comfyui nodes.py',
    names: 'XlabsSampler',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'ssitu/ComfyUI_UltimateSDUpscale nodes.py',
    names: 'UltimateSDUpscale; UltimateSDUpscaleNoUpscale; UltimateSDUpscaleCustomSample',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-SUPIR nodes.py',
    names: 'SUPIR_Upscale; SUPIR_sample',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'Gourieff/ComfyUI-ReActor nodes.py',
    names: 'ReActorFaceSwap; ReActorFaceSwapOpt; ReActorRestoreFace',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'mav-rik/facerestore_cf __init__.py',
    names: 'FaceRestoreCFWithModel',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'Acly/comfyui-inpaint-nodes nodes.py',
    names: 'INPAINT_InpaintWithModel',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-DDColor nodes.py',
    names: 'DDColor_Colorize',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'daniabib/ComfyUI_ProPainter_Nodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'ProPainterInpaint; ProPainterOutpaint',
  },
  {
    does: 'edits',
    grade: 'S',
    source: 'kijai/ComfyUI-LivePortraitKJ nodes.py',
    names: 'LivePortraitProcess; LivePortraitComposite',
  },
  {
    does: 'scales',
    grade: 'S',
    source:
      'kijai: ComfyUI-CCSR, ComfyUI-APISR-KJ, ComfyUI-KJNodes (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'CCSR_Upscale; APISR_upscale; ImageUpscaleWithModelBatched',
  },
  {
    does: 'scales',
    grade: 'S',
    source: 'Suzie1/ComfyUI_Comfyroll_CustomNodes nodes',
    names: 'CR Upscale Image',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-WanVideoWrapper nodes_sampler.py',
    names: 'WanVideoSampler; WanVideoSamplerv2; WanVideoDiffusionForcingSampler; WanVideoFlowEdit',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-HunyuanVideoWrapper nodes.py',
    names: 'HyVideoSampler; HyVideoReSampler; HyVideoPromptMixSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-CogVideoXWrapper nodes.py',
    names: 'CogVideoSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source:
      'kijai: wrappers of models, each with its sampler (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `ControlNextSampler; DynamiCrafterI2V; DynamiCrafterBatchInterpolation; ToonCrafterInterpolation;
      diffusers_sampler; ella_sampler; KolorsSampler; LVCDSampler; lavibridge_sampler; LuminaT2ISampler;
      MimicMotionSampler; OpenDiTSampler; PyramidFlowSampler; brushnet_sampler; brushnet_sampler_ella;
      powerpaint_brushnet_sampler; Intrinsic_lora_sampling`,
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-FramePackWrapper nodes.py; dorpxam/ComfyUI-FramePack-F1-T2V',
    names: 'FramePackSampler; FramePackSingleFrameSampler; FramePackF1T2VSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-MochiWrapper nodes.py; logtd/ComfyUI-MochiEdit',
    names: 'MochiSampler; MochiWrapperSamplerCustom',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'Lightricks/ComfyUI-LTXVideo __init__.py',
    names: `LTXVBaseSampler; LTXVExtendSampler; LTXVInContextSampler; LTXVLoopingSampler;
      LTXVNormalizingSampler; LTXVTiledSampler`,
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'kijai/ComfyUI-MMAudio nodes.py',
    names: 'MMAudioSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'lks-ai/ComfyUI-StableAudioSampler (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'StableAudioSampler',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'billwuhao/ComfyUI_ACE-Step acestep nodes',
    names: 'ACEStepGen; ACEStepRepainting; ACEStepEdit; ACEStepExtend',
  },
  {
    does: 'makes',
    grade: 'S',
    source: 'smthemex/ComfyUI_StoryDiffusion; ZHO-ZHO-ZHO/ComfyUI-InstantID, ComfyUI-PhotoMaker-ZHO',
    names: 'Storydiffusion_Sampler; IDGenerationNode; NEWCompositeImageGenerationNode',
  },
] as const satisfies readonly ComfyNodes[];
