import type { ComfyNodes } from './comfyui-node.js';

/** Nodes of widely used packs that load, cut, join, colour, switch, show and save, but create nothing. */

export const COMFYUI_HANDLING_NODES = [
  {
    role: 'saves',
    grade: 'S',
    source: 'Kosinkadink/ComfyUI-VideoHelperSuite videohelpersuite/nodes.py',
    names: 'VHS_VideoCombine',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'Kosinkadink/ComfyUI-VideoHelperSuite videohelpersuite/nodes.py',
    names: `VHS_LoadVideo; VHS_LoadVideoPath; VHS_LoadVideoFFmpeg; VHS_LoadVideoFFmpegPath;
      VHS_LoadImagePath; VHS_LoadImages; VHS_LoadImagesPath; VHS_LoadAudio; VHS_LoadAudioUpload;
      VHS_AudioToVHSAudio; VHS_VHSAudioToAudio; VHS_VAEEncodeBatched; VHS_VAEDecodeBatched;
      VHS_SplitLatents; VHS_SplitImages; VHS_SplitMasks; VHS_MergeLatents; VHS_MergeImages; VHS_MergeMasks;
      VHS_DuplicateLatents; VHS_DuplicateImages; VHS_DuplicateMasks; VHS_SelectEveryNthLatent;
      VHS_SelectEveryNthImage; VHS_SelectEveryNthMask; VHS_SelectLatents; VHS_SelectImages; VHS_SelectMasks;
      VHS_Unbatch`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'Kosinkadink/ComfyUI-VideoHelperSuite videohelpersuite/nodes.py',
    names: `VHS_BatchManager; VHS_VideoInfo; VHS_VideoInfoSource; VHS_VideoInfoLoaded; VHS_SelectFilename;
      VHS_GetLatentCount; VHS_GetImageCount; VHS_GetMaskCount; VHS_PruneOutputs`,
  },
  {
    role: 'saves',
    grade: 'S',
    source: 'kijai/ComfyUI-KJNodes __init__.py',
    names: 'SaveImageWithAlpha; SaveImageKJ',
  },
  {
    role: 'shows',
    grade: 'S',
    source: 'kijai/ComfyUI-KJNodes __init__.py',
    names: 'FastPreview; ImageAndMaskPreview; PreviewAnimation',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'kijai/ComfyUI-KJNodes __init__.py',
    names: `AddLabel; ColorMatch; CrossFadeImages; CrossFadeImagesMulti; GetImagesFromBatchIndexed;
      GetImageRangeFromBatch; GetLatentRangeFromBatch; GetImageSizeAndCount; GetMaskSizeAndCount;
      ImageBatchFilter; ImageAddMulti; ImageBatchJoinWithTransition; ImageBatchMulti;
      ImageBatchRepeatInterleaving; ImageBatchTestPattern; ImageConcanate; ImageConcatFromBatch;
      ImageConcatMulti; ImageCropByMask; ImageCropByMaskAndResize; ImageCropByMaskBatch; ImageUncropByMask;
      ImageGrabPIL; ImageGridComposite2x2; ImageGridComposite3x3; ImageGridtoBatch; ImageNoiseAugmentation;
      ImageNormalize_Neg1_To_1; ImagePass; ImagePadKJ; ImagePadForOutpaintMasked;
      ImagePadForOutpaintTargetSize; ImagePrepForICLora; ImageResizeKJ; ImageResizeKJv2;
      InsertImagesToBatchIndexed; LoadAndResizeImage; LoadImagesFromFolderKJ; LoadVideosFromFolder;
      MergeImageChannels; PadImageBatchInterleaved; RemapImageRange; ReverseImageBatch;
      ReplaceImagesInBatch; ShuffleImageBatch; SplitImageChannels; TransitionImagesMulti;
      TransitionImagesInBatch; BatchCropFromMask; BatchCropFromMaskAdvanced; BatchUncrop;
      BatchUncropAdvanced; BatchCLIPSeg; BlockifyMask; ColorToMask; CreateGradientMask; CreateTextMask;
      CreateFadeMask; CreateShapeMask; CreateVoronoiMask; DrawMaskOnImage; GrowMaskWithBlur; MaskBatchMulti;
      OffsetMask; RemapMaskRange; ResizeMask; RoundMask; SeparateMasks; Screencap_mss; WebcamCaptureCV2`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'kijai/ComfyUI-KJNodes __init__.py',
    names: `BOOLConstant; INTConstant; FloatConstant; StringConstant; StringConstantMultiline; JoinStrings;
      JoinStringMulti; SomethingToString; WidgetToString; SimpleCalculatorKJ; VAELoaderKJ;
      CheckpointLoaderKJ; DiffusionModelLoaderKJ; DownloadAndLoadCLIPSeg; SaveStringKJ`,
  },
  {
    role: 'saves',
    grade: 'S',
    source: 'WASasquatch/was-node-suite-comfyui WAS_Node_Suite.py',
    names: 'Image Save; Write to GIF; Write to Video',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'WASasquatch/was-node-suite-comfyui WAS_Node_Suite.py',
    names: `Image Load; Load Image Batch; Image Resize; Image Crop Face; Image Crop Location;
      Image Crop Square Location; Image Paste Face; Image Paste Crop; Image Paste Crop by Location;
      Image Padding; Image Rotate; Image Rotate Hue; Image Flip; Image Transpose; Image Stitch; Image Tiled;
      Image Blank; Image Blend; Image Blend by Mask; Image Blending Mode; Image Bloom Filter;
      Image Canny Filter; Image Chromatic Aberration; Image Displacement Warp;
      Image Dragan Photography Filter; Image Edge Detection Filter; Image Film Grain;
      Image Filter Adjustments; Image Gradient Map; Image Generate Gradient; Image High Pass Filter;
      Image Levels Adjustment; Image Median Filter; Image Mix RGB Channels; Image Monitor Effects Filter;
      Image Nova Filter; Image Pixelate; Image Power Noise; Image Perlin Noise; Image Perlin Power Fractal;
      Image Voronoi Noise Filter; Image Rembg (Remove Background); Image Remove Background (Alpha);
      Image Remove Color; Image Seamless Texture; Image Select Channel; Image Select Color;
      Image Shadows and Highlights; Image Style Filter; Image Threshold; Image fDOF Filter;
      Image to Latent Mask; Image to Noise; Images to RGB; Image Batch; Image Input Switch; Image Bounds;
      Bounded Image Blend; Bounded Image Blend with Mask; Bounded Image Crop; Bounded Image Crop with Mask;
      Create Grid Image; Tensor Batch to Image; Convert Masks to Images; CLIPSeg Masking; SAM Image Mask;
      Mask Invert; Mask Crop Region; Mask Paste Region; Masks Add; Masks Subtract;
      MiDaS Depth Approximation; Blend Latents; Latent Upscale by Factor (WAS); Latent Input Switch`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'WASasquatch/was-node-suite-comfyui WAS_Node_Suite.py',
    names: `Constant Number; Number to Int; Number to Float; Number to String; Number to Text;
      Number Operation; Number Counter; Random Number; Seed; Image Size to Number; Image Aspect Ratio;
      Text Multiline; Text String; Text Concatenate; Text Find and Replace; Text Add Tokens;
      Text Random Line; Text to String; String to Text; Save Text File; Upscale Model Loader;
      Checkpoint Loader (Simple); BLIP Analyze Image; BLIP Model Loader; MiDaS Model Loader;
      SAM Model Loader; CLIPSeg Model Loader`,
  },
  {
    role: 'saves',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: 'easy imageSave; easy saveImageLazy',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `easy imageInsetCrop; easy imageSwitch; easy imageIndexSwitch; easy imageScaleDown;
      easy imageScaleDownBy; easy imageScaleDownToSize; easy imageScaleToNormPixels; easy imageConcat;
      easy imageColorMatch; easy imageCropFromMask; easy imageUncropFromBBOX; easy imageSplitGrid;
      easy imageSplitList; easy imageSplitTiles; easy imageTilesFromBatch; easy imagesSplitImage;
      easy imageBatchToImageList; easy imageListToImageBatch; easy joinImageBatch; easy imageRemBg;
      easy imageToMask; easy imageDetailTransfer; easy imageChooser; easy loadImageBase64;
      easy humanSegmentation; easy anythingIndexSwitch; easy ifElse; easy imagePixelPerfect`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'yolain/ComfyUI-Easy-Use (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `easy int; easy float; easy string; easy boolean; easy mathInt; easy mathFloat; easy imageSize;
      easy imageSizeBySide; easy imageSizeByLongerSide; easy imageRatio; easy imageCount; easy positive;
      easy negative; easy prompt; easy seed; easy globalSeed; easy showAnything; easy imageInterrogator;
      easy compare; easy saveText`,
  },
  {
    role: 'shows',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: 'PreviewBridge; SEGSPreview',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `ImageReceiver; ImageSender; ImageMaskSwitch; LatentSwitch; ImpactSwitch; ImpactInversedSwitch;
      ImpactImageBatchToImageList; ImpactMakeImageList; ImpactMakeImageBatch; ImageListToImageBatch;
      SEGSPaste; SEGSToImageList; MaskToSEGS; ToBinaryMask; BitwiseAndMask; SubtractMask; AddMask;
      SegsToCombinedMask; BboxDetectorSEGS; SegmDetectorSEGS; BboxDetectorCombined_v2;
      SegmDetectorCombined_v2; SAMDetectorCombined; ImpactSimpleDetectorSEGS; ReencodeLatent;
      LatentPixelScale; RemoveNoiseMask`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'ltdrdata/ComfyUI-Impact-Pack __init__.py',
    names: `ImpactInt; ImpactImageInfo; ImpactWildcardProcessor; ImpactWildcardEncode; ImpactStringSelector;
      ImpactCompare; SAMLoader; ToBasicPipe; FromBasicPipe; ToDetailerPipe; FromDetailerPipe;
      KSamplerProvider; KSamplerAdvancedProvider; TiledKSamplerProvider`,
  },
  {
    role: 'shows',
    grade: 'S',
    source: 'rgthree/rgthree-comfy py/image_comparer.py',
    names: 'Image Comparer (rgthree)',
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'rgthree/rgthree-comfy py',
    names: `Any Switch (rgthree); Image Inset Crop (rgthree); Reroute (rgthree);
      Image or Latent Size (rgthree); Image Resize (rgthree)`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'rgthree/rgthree-comfy py',
    names: `Seed (rgthree); Power Lora Loader (rgthree); Lora Loader Stack (rgthree); Display Any (rgthree);
      Display Int (rgthree); Power Primitive (rgthree); Power Puter (rgthree); Power Prompt (rgthree);
      Power Prompt - Simple (rgthree); Label (rgthree); Fast Groups Bypasser (rgthree);
      Fast Groups Muter (rgthree); Bookmark (rgthree)`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'cubiq/ComfyUI_essentials image.py, mask.py',
    names: `ImageResize+; ImageCrop+; ImageFlip+; ImageDesaturate+; ImagePosterize+; ImageApplyLUT+;
      ImageCASharpening+; ImageSmartSharpen+; ImageComposite+; ImageCompositeFromMaskBatch+;
      ImageBatchMultiple+; ImageExpandBatch+; ImageFromBatch+; ImageListToBatch+; ImageBatchToList+;
      ImageRemoveAlpha+; ImageRemoveBackground+; ImageSeamCarving+; ImageRandomTransform+; ImageColorMatch+;
      ImageColorMatchAdobe+; ImageHistogramMatch+; ImageTile+; ImageUntile+; ImageToDevice+;
      NoiseFromImage+; PixelOEPixelize+; MaskFlip+; MaskBlur+; MaskSmooth+; MaskFromBatch+; MaskFromColor+;
      MaskFromList+; MaskFromSegmentation+; MaskBoundingBox+; MaskExpandBatch+; MaskFix+; TransitionMask+;
      RemoveLatentMask+; DrawText+`,
  },
  {
    role: 'shows',
    grade: 'S',
    source: 'cubiq/ComfyUI_essentials mask.py, image.py',
    names: 'MaskPreview+; ImagePreviewFromLatent+',
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'cubiq/ComfyUI_essentials misc.py',
    names: `GetImageSize+; SimpleMath+; SimpleMathInt+; SimpleMathFloat+; SimpleMathBoolean+;
      SimpleMathDual+; SimpleCondition+; SimpleComparison+; DisplayAny; ConsoleDebug+; RemBGSession+;
      TransparentBGSession+`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'pythongosssss/ComfyUI-Custom-Scripts py',
    names: `ShowText|pysssss; StringFunction|pysssss; MathExpression|pysssss; CheckpointLoader|pysssss;
      LoraLoader|pysssss; LoadText|pysssss; SaveText|pysssss; ConstrainImage|pysssss;
      ReroutePrimitive|pysssss`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'Suzie1/ComfyUI_Comfyroll_CustomNodes nodes',
    names: `CR Image Input Switch; CR Image Input Switch (4 way); CR Image Output; CR Color Panel;
      CR Color Gradient; CR Image Grid Panel; CR Image Panel; CR Image Border; CR Page Layout;
      CR Simple Text Panel; CR Text Overlay; CR Draw Text; CR Half Drop Panel; CR Color Tint;
      CR Vignette Filter; CR Load Image List; CR Image List`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'Suzie1/ComfyUI_Comfyroll_CustomNodes nodes',
    names: `CR Text; CR Prompt Text; CR Text Concatenate; CR Seed; CR Value; CR Integer To String;
      CR SDXL Aspect Ratio; CR Aspect Ratio; CR Image Size; CR Load LoRA; CR LoRA Stack;
      CR Apply LoRA Stack`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'Fannovel16/comfyui_controlnet_aux node_wrappers: outlines, depths and poses found in a picture',
    names: `AIO_Preprocessor; CannyEdgePreprocessor; LineArtPreprocessor; AnimeLineArtPreprocessor;
      HEDPreprocessor; PiDiNetPreprocessor; ScribblePreprocessor; M-LSDPreprocessor; OpenposePreprocessor;
      DWPreprocessor; MiDaS-DepthMapPreprocessor; MiDaS-NormalMapPreprocessor; LeReS-DepthMapPreprocessor;
      Zoe-DepthMapPreprocessor; DepthAnythingPreprocessor; DepthAnythingV2Preprocessor;
      BAE-NormalMapPreprocessor; TilePreprocessor; InpaintPreprocessor; ColorPreprocessor;
      UniFormer-SemSegPreprocessor; OneFormer-COCO-SemSegPreprocessor; PixelPerfectResolution;
      HintImageEnchance`,
  },
  {
    role: 'passes',
    grade: 'S',
    source:
      'kijai: ComfyUI-DepthAnythingV2, ComfyUI-segment-anything-2; 1038lab/ComfyUI-RMBG; ZHO-ZHO-ZHO/ComfyUI-BRIA_AI-RMBG; lldacing/ComfyUI_BiRefNet_ll',
    names: `DepthAnything_V2; Sam2Segmentation; RMBG; BiRefNetRMBG; BRIA_RMBG_Zho; RembgByBiRefNet;
      RembgByBiRefNetAdvanced; GetMaskByBiRefNet`,
  },
  {
    role: 'aside',
    grade: 'S',
    source:
      'kijai: ComfyUI-DepthAnythingV2, ComfyUI-segment-anything-2, ComfyUI-Florence2; lldacing/ComfyUI_BiRefNet_ll',
    names: `DownloadAndLoadDepthAnythingV2Model; DownloadAndLoadSAM2Model; DownloadAndLoadFlorence2Model;
      Florence2ModelLoader; LoadRembgByBiRefNetModel; AutoDownloadBiRefNetModel`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'kijai wrappers: latents to pixels and back',
    names: `WanVideoDecode; WanVideoEncode; HyVideoDecode; HyVideoEncode; CogVideoDecode; SUPIR_encode;
      SUPIR_decode; SUPIR_first_stage`,
  },
  {
    role: 'aside',
    grade: 'S',
    source:
      'kijai/ComfyUI-WanVideoWrapper, ComfyUI-HunyuanVideoWrapper, ComfyUI-CogVideoXWrapper: model loaders',
    names: `WanVideoVAELoader; WanVideoModelLoader; HyVideoVAELoader; HyVideoModelLoader; CogVideoXVAELoader;
      CogVideoXModelLoader; DownloadAndLoadCogVideoModel; SUPIR_model_loader; SUPIR_model_loader_v2`,
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'city96/ComfyUI-GGUF nodes.py; nunchaku-tech/ComfyUI-nunchaku',
    names: `UnetLoaderGGUF; UnetLoaderGGUFAdvanced; CLIPLoaderGGUF; DualCLIPLoaderGGUF; TripleCLIPLoaderGGUF;
      QuadrupleCLIPLoaderGGUF; NunchakuFluxDiTLoader; NunchakuTextEncoderLoader; NunchakuFluxLoraLoader`,
  },
  {
    role: 'saves',
    grade: 'V',
    source:
      'giriss/comfy-image-saver nodes.py; receyuki/comfyui-prompt-reader-node; audioscavenger/save-image-extended-comfyui; Goktug/comfyui-saveimage-plus',
    names: 'Save Image w/Metadata; SDPromptSaver; SaveImageExtended; SaveImagePlus',
  },
  {
    role: 'saves',
    grade: 'S',
    source: 'alexopus/ComfyUI-Image-Saver nodes.py; nkchocoai/ComfyUI-SaveImageWithMetaData py/__init__.py',
    names: 'Image Saver; SaveImageWithMetaData',
  },
  {
    role: 'aside',
    grade: 'S',
    source: 'receyuki/comfyui-prompt-reader-node prompt_reader_node/nodes.py',
    names: `SDPromptReader; SDParameterGenerator; SDParameterExtractor; SDPromptMerger; SDBatchLoader;
      SDLoraLoader; SDLoraSelector`,
  },
  {
    role: 'passes',
    grade: 'S',
    source:
      'chrisfreilich/virtuoso-nodes; digitaljohn/comfyui-propost (Comfy-Org/ComfyUI-Manager extension-node-map.json)',
    names: `BlackAndWhite; BlendIf; BlendModes; ColorBalance; ColorBalanceAdvanced; GaussianBlur; HueSat;
      LensBlur; Levels; MotionBlur; SelectiveColor; ProPostApplyLUT; ProPostDepthMapBlur; ProPostFilmGrain;
      ProPostRadialBlur; ProPostVignette`,
  },
  {
    role: 'passes',
    grade: 'S',
    source: 'chflame163/ComfyUI_LayerStyle py',
    names: `LayerUtility: ImageScaleByAspectRatio V2; LayerUtility: ImageScaleRestore V2;
      LayerUtility: CropByMask V2; LayerUtility: RestoreCropBox; LayerUtility: ImageBlend;
      LayerUtility: ImageBlend V2; LayerUtility: ImageBlendAdvance V2; LayerUtility: ColorImage;
      LayerUtility: ColorImage V2; LayerUtility: ExtendCanvas; LayerUtility: ImageReel;
      LayerUtility: SimpleTextImage; LayerUtility: TextImage; LayerColor: AutoAdjust; LayerColor: Exposure;
      LayerColor: HSV; LayerColor: RGB; LayerColor: Gamma; LayerColor: BrightnessContrastV2;
      LayerColor: ColorAdapter; LayerFilter: GaussianBlur; LayerFilter: Film; LayerFilter: AddGrain;
      LayerFilter: Sharp & Soft; LayerStyle: DropShadow; LayerStyle: Stroke; LayerMask: RemBgUltra;
      LayerMask: MaskEdgeUltraDetail V2; LayerMask: BiRefNetUltra`,
  },
] as const satisfies readonly ComfyNodes[];
