import type { ComfyNodes } from './comfyui-node.js';

/** Nodes shipped with ComfyUI (0.34 and earlier), and those that exist only in its editor. */

const NODES = 'Comfy-Org/ComfyUI nodes.py NODE_CLASS_MAPPINGS; comfy_extras (ComfyUI 0.34)';
const CUSTOM_SAMPLER = 'Comfy-Org/ComfyUI comfy_extras/nodes_custom_sampler.py; nodes.py KSampler';
const EDITOR = 'Comfy-Org/ComfyUI_frontend src/extensions/core (nodes of the editor alone)';

export const COMFYUI_CORE_NODES = [
  {
    role: 'makes',
    grade: 'V',
    source: `${CUSTOM_SAMPLER}; d3x-at/sd-parsers test images`,
    names: 'KSampler; KSamplerAdvanced; SamplerCustom; SamplerCustomAdvanced',
  },
  {
    role: 'saves',
    grade: 'V',
    source: `${NODES}; comfy_extras/nodes_images.py, nodes_video.py, nodes_audio.py`,
    names: `SaveImage; SaveImageAdvanced; SaveImageWebsocket; SaveAnimatedPNG; SaveAnimatedWEBP; SaveVideo; SaveWEBM;
      SaveAudio; SaveAudioMP3; SaveAudioOpus; SaveAudioAdvanced; SaveSVGNode; SaveGLB; Save3DAdvanced;
      SaveImageDataSetToFolder; SaveImageTextDataSetToFolder; SavePointCloud; SaveGaussianSplat`,
  },
  {
    role: 'shows',
    grade: 'S',
    source: `${NODES}; nodes.py PreviewImage`,
    names: `PreviewImage; PreviewAudio; MaskPreview; Preview3D; Preview3DAdvanced; Preview3DAnimation;
      PreviewPointCloud; PreviewGaussianSplat; ImageCompare; SAM3_TrackPreview`,
  },
  {
    role: 'scales',
    grade: 'S',
    source: 'Comfy-Org/ComfyUI comfy_extras/nodes_upscale_model.py',
    names: 'ImageUpscaleWithModel',
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${NODES}: pictures loaded, cut, joined, coloured, drawn upon`,
    names: `LoadImage; LoadImageMask; LoadImageOutput; LoadImageDataSetFromFolder; LoadImageTextDataSetFromFolder;
      LoadImageSetFromFolderNode; LoadImageTextSetFromFolderNode; WebcamCapture; EmptyImage; Painter; ImageScale;
      ImageScaleBy; ImageScaleToTotalPixels; ImageScaleToMaxDimension; ImageCrop; ImageCropV2; CenterCropImages;
      RandomCropImages; ImageCropToMask; CropByBBoxes; ImageFlip; ImageRotate; ImageStitch; ImageInvert; ImageBatch;
      BatchImagesNode; ImageFromBatch; ImageGrid; ImageDeduplication; MergeImageLists; ImageMergeTileList;
      RebatchImages; RepeatImageBatch; ShuffleDataset; ShuffleImageTextDataset; SplitImageToTileList; ImageRGBToYUV;
      ImageYUVToRGB; NormalizeImages; ImageCompositeMasked; ImageCompositor; AddLayer; LayersFromBoundingBoxes;
      JoinImageWithAlpha; SplitImageWithAlpha; PorterDuffImageComposite; ImageAddNoise; Morphology; ImageBlend;
      ImageBlur; ImageSharpen; ImageQuantize; ColorTransfer; AdjustBrightness; AdjustContrast; ImagePadForOutpaint;
      ResizeAndPadImage; ResizeImageMaskNode; ResizeImagesByLongerEdge; ResizeImagesByShorterEdge;
      FluxKontextImageScale; LTXVPreprocess; SeedVR2PostProcessing; SeedVR2Preprocess; TextOverlay; DrawBBoxes;
      WanDancerPadKeyframes; WanDancerPadKeyframesList; GLSLShader`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${NODES}: outlines, depths, masks and poses, which a model may find in a picture and not make`,
    names: `Canny; RemoveBackground; ImageToMask; MaskToImage; ImageColorToMask; SolidMask; InvertMask; CropMask;
      MaskComposite; FeatherMask; GrowMask; ThresholdMask; BatchMasksNode; VOIDQuadmaskPreprocess; MediaPipeFaceMask;
      MediaPipeFaceMeshVisualize; SAM3_Detect; SAM3_TrackToMask; SDPoseDrawKeypoints; DA3Render; MoGeRender`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${NODES}: between pixels and latents, and latents joined and cut`,
    names: `VAEDecode; VAEDecodeTiled; VAEEncode; VAEEncodeTiled; VAEEncodeForInpaint; VAEDecodeAudio;
      VAEDecodeAudioTiled; VAEEncodeAudio; VAEDecodeHunyuan3D; LTXVAudioVAEDecode; LTXVAudioVAEEncode; LoadLatent;
      EmptyLatentImage; EmptySD3LatentImage; EmptyFlux2LatentImage; EmptyLatentAudio; EmptyAceStepLatentAudio;
      EmptyHunyuanLatentVideo; EmptyHunyuanVideo15Latent; EmptyHunyuanImageLatent; EmptyLTXVLatentVideo;
      EmptyMochiLatentVideo; EmptyCosmosLatentVideo; EmptyLatentHunyuan3Dv2; EmptyChromaRadianceLatentImage;
      StableCascade_EmptyLatentImage; LatentUpscale; LatentUpscaleBy; LatentComposite; LatentCompositeMasked;
      LatentBlend; LatentRotate; LatentFlip; LatentCrop; LatentAdd; LatentSubtract; LatentMultiply; LatentInterpolate;
      LatentBatch; BatchLatentsNode; LatentBatchSeedBehavior; LatentFromBatch; RepeatLatentBatch; RebatchLatents;
      ReplaceVideoLatentFrames; SetLatentNoiseMask; TrimVideoLatent; LTXVConcatAVLatent; LTXVSeparateAVLatent;
      LTXVCropGuides; LatentApplyOperation`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${NODES}: video and sound loaded, cut and joined; comfy_extras/nodes_video.py, nodes_audio.py`,
    names: `LoadVideo; LoadVideoDataSetFromFolder; LoadVideoTextDataSetFromFolder; CreateVideo; GetVideoComponents;
      Video Slice; VideoTemporalCrop; VideoRandomTemporalCrop; VideoFrameSample; ShuffleVideoDataset;
      ShuffleVideoTextDataset; LoadAudio; RecordAudio; EmptyAudio; TrimAudioDuration; SplitAudioChannels;
      JoinAudioChannels; AudioConcat; AudioMerge; AudioAdjustVolume; AudioEqualizer3Band`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${NODES}: one of several values handed on`,
    names: 'ComfySwitchNode; CreateList',
  },
  {
    role: 'aside',
    grade: 'S',
    source: `${NODES}: models loaded, merged and changed`,
    names: `CheckpointLoader; CheckpointLoaderSimple; unCLIPCheckpointLoader; ImageOnlyCheckpointLoader; DiffusersLoader;
      UNETLoader; VAELoader; CLIPLoader; DualCLIPLoader; TripleCLIPLoader; QuadrupleCLIPLoader; CLIPVisionLoader;
      LoraLoader; LoraLoaderModelOnly; LoraLoaderBypass; LoraLoaderBypassModelOnly; LoraModelLoader; ControlNetLoader;
      DiffControlNetLoader; StyleModelLoader; GLIGENLoader; HypernetworkLoader; UpscaleModelLoader;
      LatentUpscaleModelLoader; FrameInterpolationModelLoader; AudioEncoderLoader; LoadBackgroundRemovalModel;
      ModelPatchLoader; PhotoMakerLoader; OpticalFlowLoader; LTXVAudioVAELoader; LTXAVTextEncoderLoader; LoadDA3Model;
      LoadMoGeModel; LoadMediaPipeFaceLandmarker; CLIPSetLastLayer; ModelSamplingDiscrete; ModelSamplingFlux;
      ModelSamplingSD3; ModelSamplingAuraFlow; ModelMergeSimple; ModelMergeBlocks; SelectVAEDevice; FreeU; FreeU_V2;
      TorchCompileModel; RescaleCFG`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: `${NODES}: texts and pictures turned into guidance`,
    names: `CLIPTextEncode; CLIPTextEncodeSDXL; CLIPTextEncodeSDXLRefiner; CLIPTextEncodeFlux; CLIPTextEncodeSD3;
      CLIPTextEncodeHunyuanDiT; CLIPVisionEncode; ConditioningCombine; ConditioningConcat; ConditioningAverage;
      ConditioningSetArea; ConditioningSetMask; ConditioningZeroOut; ConditioningSetTimestepRange; ControlNetApply;
      ControlNetApplyAdvanced; ControlNetApplySD3; unCLIPConditioning; StyleModelApply; FluxGuidance; ReferenceLatent;
      AudioEncoderEncode; CFGGuider; BasicGuider; DualCFGGuider; BasicScheduler; KSamplerSelect; RandomNoise;
      DisableNoise; SplitSigmas; FlipSigmas`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: `${NODES}: texts, numbers and sizes`,
    names: `PrimitiveBoolean; PrimitiveFloat; PrimitiveInt; PrimitiveString; PrimitiveStringMultiline;
      PrimitiveBoundingBox; StringConcatenate; StringSubstring; StringLength; CaseConverter; StringTrim; StringReplace;
      StringContains; StringCompare; StringFormat; RegexMatch; RegexExtract; RegexReplace; JsonExtractString;
      AddTextPrefix; AddTextSuffix; ReplaceText; StripWhitespace; TruncateText; TextToLowercase; TextToUppercase;
      ConvertArrayToString; ConvertDictionaryToString; TextGenerate; TextGenerateLTX2Prompt; SaveText; PreviewAny;
      GetImageSize; ResolutionSelector; SeedNode; CustomCombo; ComfyMathExpression; ComfyNumberConvert; ColorToRGBInt;
      ComfyAndNode; ComfyOrNode; ComfyNotNode; ImageHistogram; CreateBoundingBoxes; RTDETR_detect;
      MediaPipeFaceLandmarker`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${EDITOR}: rerouteNode.ts; kijai/ComfyUI-KJNodes web/js/setgetnodes.js`,
    names: 'Reroute; SetNode; GetNode',
  },
  {
    role: 'aside',
    grade: 'S',
    source: `${EDITOR}: widgetInputs.ts, noteNode.ts`,
    names: 'PrimitiveNode; Note; MarkdownNote',
  },
] as const satisfies readonly ComfyNodes[];
