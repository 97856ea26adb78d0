import type { ComfyNodes } from './comfyui-node.js';

/**
 * Nodes of ComfyUI (comfy_api_nodes) that ask somebody else's service: each with who runs it. Long as a list is long.
 * Those seen in published pictures are V: Comfy-Org/example_workflows, folder api_nodes.
 */

const API = 'Comfy-Org/ComfyUI comfy_api_nodes';

export const COMFYUI_SERVICE_NODES = [
  {
    does: 'makes',
    service: 'OpenAI',
    grade: 'V',
    source: `${API}/nodes_openai.py, nodes_sora.py; Comfy-Org/example_workflows api_nodes/openai-dall-e-3/text2image.png`,
    names: 'OpenAIDalle2; OpenAIDalle3; OpenAIGPTImage1; OpenAIGPTImageNodeV2; OpenAIVideoSora2',
  },
  {
    does: 'makes',
    service: 'Black Forest Labs',
    grade: 'V',
    source: `${API}/nodes_bfl.py; Comfy-Org/example_workflows api_nodes/bfl/flux_1_kontext_max_image.png`,
    names: `FluxProImageNode; FluxProUltraImageNode; FluxKontextProImageNode; FluxKontextMaxImageNode;
      FluxProFillNode; FluxProExpandNode; FluxProCannyNode; FluxProDepthNode; FluxEraseNode; FluxVTONode;
      Flux2ImageNode; Flux2ProImageNode; Flux2MaxImageNode; Flux3ImageToVideoNode; Flux3TextToVideoNode;
      Flux3VideoContinuationNode`,
  },
  {
    does: 'makes',
    service: 'Ideogram',
    grade: 'S',
    source: `${API}/nodes_ideogram.py`,
    names: 'IdeogramV1; IdeogramV2; IdeogramV3; IdeogramV4; IdeogramPImage',
  },
  {
    does: 'makes',
    service: 'Luma',
    grade: 'S',
    source: `${API}/nodes_luma.py`,
    names: `LumaImageNode; LumaImageModifyNode; LumaImageNode2; LumaImageEditNode2; LumaVideoNode;
      LumaImageToVideoNode; LumaRay32ExtendVideoNode; LumaRay32ImageToVideoNode;
      LumaRay32KeyframesToVideoNode; LumaRay32TextToVideoNode; LumaRay32VideoEditNode;
      LumaRay32VideoReframeNode`,
  },
  {
    does: 'makes',
    service: 'Recraft',
    grade: 'S',
    source: `${API}/nodes_recraft.py`,
    names: `RecraftTextToImageNode; RecraftV4TextToImageNode; RecraftImageToImageNode;
      RecraftImageInpaintingNode; RecraftReplaceBackgroundNode; RecraftTextToVectorNode;
      RecraftV4TextToVectorNode; RecraftCreativeUpscaleNode`,
  },
  {
    does: 'makes',
    service: 'Runway',
    grade: 'V',
    source: `${API}/nodes_runway.py; Comfy-Org/example_workflows api_nodes/runway/gen4_turbo_image_to_video`,
    names: `RunwayTextToImageNode; RunwayImageToVideoNodeGen3a; RunwayImageToVideoNodeGen4;
      RunwayFirstLastFrameNode; RunwayAleph2VideoToVideoNode`,
  },
  {
    does: 'makes',
    service: 'Stability AI',
    grade: 'V',
    source: `${API}/nodes_stability.py; Comfy-Org/example_workflows api_nodes/stability_ai/stable_image_ultra_t2i.png`,
    names: `StabilityStableImageUltraNode; StabilityStableImageSD_3_5Node; StabilityUpscaleCreativeNode;
      StabilityTextToAudio; StabilityAudioToAudio; StabilityAudioInpaint`,
  },
  {
    does: 'makes',
    service: 'Google',
    grade: 'S',
    source: `${API}/nodes_gemini.py, nodes_veo2.py`,
    names: `GeminiImageNode; GeminiImage2Node; GeminiNanoBanana2; GeminiNanoBanana2V2; GeminiVideoOmni;
      VeoVideoGenerationNode; Veo3VideoGenerationNode; Veo3FirstLastFrameNode`,
  },
  {
    does: 'makes',
    service: 'Kling',
    grade: 'S',
    source: `${API}/nodes_kling.py`,
    names: `KlingTextToVideoNode; KlingImage2VideoNode; KlingCameraControlI2VNode; KlingCameraControlT2VNode;
      KlingStartEndFrameNode; KlingVideoExtendNode; KlingLipSyncAudioToVideoNode;
      KlingLipSyncTextToVideoNode; KlingVirtualTryOnNode; KlingImageGenerationNode;
      KlingSingleImageVideoEffectNode; KlingDualCharacterVideoEffectNode; KlingAvatarNode;
      KlingFirstLastFrameNode; KlingImageToVideoWithAudio; KlingTextToVideoWithAudio; KlingMotionControl;
      KlingVideoNode; KlingOmniProEditVideoNode; KlingOmniProFirstLastFrameNode; KlingOmniProImageNode;
      KlingOmniProImageToVideoNode; KlingOmniProTextToVideoNode; KlingOmniProVideoToVideoNode`,
  },
  {
    does: 'makes',
    service: 'MiniMax',
    grade: 'S',
    source: `${API}/nodes_minimax.py`,
    names: `MinimaxTextToVideoNode; MinimaxImageToVideoNode; MinimaxSubjectToVideoNode;
      MinimaxHailuoVideoNode; MinimaxHailuo03FirstLastFrameNode; MinimaxHailuo03ReferenceNode;
      MinimaxHailuo03RegenerateNode; MinimaxHailuo03TextToVideoNode`,
  },
  {
    does: 'makes',
    service: 'Pika',
    grade: 'S',
    source: `${API}/nodes_pika.py`,
    names: `PikaImageToVideoNode2_2; PikaTextToVideoNode2_2; PikaScenesV2_2; PikaStartEndFrameNode2_2;
      Pikadditions; Pikaffects; Pikaswaps`,
  },
  {
    does: 'makes',
    service: 'PixVerse',
    grade: 'S',
    source: `${API}/nodes_pixverse.py`,
    names: `PixverseTextToVideoNode; PixverseImageToVideoNode; PixverseTransitionVideoNode;
      PixverseV6ExtendVideoNode; PixverseV6FirstLastFrameNode; PixverseV6FusionVideoNode;
      PixverseV6ImageToVideoNode; PixverseV6TextToVideoNode`,
  },
  {
    does: 'makes',
    service: 'Moonvalley',
    grade: 'S',
    source: `${API}/nodes_moonvalley.py`,
    names: 'MoonvalleyTxt2VideoNode; MoonvalleyImg2VideoNode; MoonvalleyVideo2VideoNode',
  },
  {
    does: 'makes',
    service: 'Vidu',
    grade: 'S',
    source: `${API}/nodes_vidu.py`,
    names: `ViduTextToVideoNode; ViduImageToVideoNode; ViduReferenceVideoNode; ViduStartEndToVideoNode;
      ViduExtendVideoNode; ViduMultiFrameVideoNode; Vidu2TextToVideoNode; Vidu2ImageToVideoNode;
      Vidu2ReferenceVideoNode; Vidu2StartEndToVideoNode; Vidu3TextToVideoNode; Vidu3ImageToVideoNode;
      Vidu3StartEndToVideoNode`,
  },
  {
    does: 'makes',
    service: 'ByteDance',
    grade: 'S',
    source: `${API}/nodes_bytedance.py`,
    names: `ByteDanceImageNode; ByteDanceImageEditNode; ByteDanceSeedreamNode; ByteDanceSeedreamNodeV2;
      ByteDanceSeedreamNodeV3; ByteDanceTextToVideoNode; ByteDanceImageToVideoNode;
      ByteDanceFirstLastFrameNode; ByteDanceImageReferenceNode; ByteDance2TextToVideoNode;
      ByteDance2FirstLastFrameNode; ByteDance2ReferenceNode; ByteDance2ReferenceNodeV2; ByteDanceSeedAudio`,
  },
  {
    does: 'makes',
    service: 'Alibaba Wan',
    grade: 'S',
    source: `${API}/nodes_wan.py, nodes_qwen.py`,
    names: `WanTextToImageApi; WanImageToImageApi; WanTextToVideoApi; WanImageToVideoApi;
      WanReferenceVideoApi; Wan2TextToVideoApi; Wan2ImageToVideoApi; Wan2ReferenceVideoApi;
      Wan2VideoContinuationApi; Wan2VideoEditApi; Wan3ImageToVideoApi; Wan3ReferenceToVideoApi;
      HappyHorseTextToVideoApi; HappyHorseImageToVideoApi; HappyHorseReferenceVideoApi;
      HappyHorseVideoEditApi; QwenImageTextToImageApi; QwenImageEditApi`,
  },
  {
    does: 'makes',
    service: 'Lightricks',
    grade: 'S',
    source: `${API}/nodes_ltxv.py`,
    names: `LtxvApiTextToVideo; LtxvApiImageToVideo; LtxApi25TextToVideo; LtxApi25ImageToVideo;
      LtxApi25AudioToVideo`,
  },
  {
    does: 'makes',
    service: 'xAI',
    grade: 'S',
    source: `${API}/nodes_grok.py`,
    names: `GrokImageNode; GrokImageEditNode; GrokImageEditNodeV2; GrokVideoNode; GrokVideoEditNode;
      GrokVideoExtendNode; GrokVideoReferenceNode`,
  },
  {
    does: 'makes',
    service: 'Bria',
    grade: 'S',
    source: `${API}/nodes_bria.py`,
    names: 'BriaImageEditNode; BriaGenFill; BriaExpandImage; BriaEraser; BriaVideoReplaceBackground',
  },
  {
    does: 'makes',
    service: 'Reve',
    grade: 'S',
    source: `${API}/nodes_reve.py`,
    names: 'ReveImageCreateNode; ReveImageEditNode; ReveImageRemixNode',
  },
  {
    does: 'makes',
    service: 'Krea',
    grade: 'S',
    source: `${API}/nodes_krea.py`,
    names: 'Krea2ImageNode',
  },
  {
    does: 'makes',
    service: 'Magnific',
    grade: 'S',
    source: `${API}/nodes_magnific.py`,
    names: 'MagnificImageRelightNode; MagnificImageStyleTransferNode; MagnificImageUpscalerCreativeNode',
  },
  {
    does: 'makes',
    service: 'Beeble',
    grade: 'S',
    source: `${API}/nodes_beeble.py`,
    names: 'BeebleSwitchXImageEdit; BeebleSwitchXVideoEdit',
  },
  {
    does: 'makes',
    service: 'HeyGen',
    grade: 'S',
    source: `${API}/nodes_heygen.py`,
    names: `HeyGenAvatarVideoNode; HeyGenTalkingPhotoNode; HeyGenVideoTranslateNode; HeyGenTextToSpeechNode;
      HeyGenCreateAvatarNode`,
  },
  {
    does: 'makes',
    service: 'sync.so',
    grade: 'S',
    source: `${API}/nodes_sync_so.py`,
    names: 'SyncLipSyncNode; SyncTalkingImageNode',
  },
  {
    does: 'makes',
    service: 'Quiver',
    grade: 'S',
    source: `${API}/nodes_quiver.py`,
    names: 'QuiverTextToSVGNode; QuiverImageToSVGNode',
  },
  {
    does: 'makes',
    service: 'ElevenLabs',
    grade: 'S',
    source: `${API}/nodes_elevenlabs.py`,
    names: `ElevenLabsTextToSpeech; ElevenLabsTextToDialogue; ElevenLabsTextToSoundEffects;
      ElevenLabsSpeechToSpeech`,
  },
  {
    does: 'makes',
    service: 'Fish Audio',
    grade: 'S',
    source: `${API}/nodes_fishaudio.py`,
    names: 'FishAudioTextToSpeech',
  },
  {
    does: 'makes',
    service: 'Sonilo',
    grade: 'S',
    source: `${API}/nodes_sonilo.py`,
    names: 'SoniloTextToMusic; SoniloVideoToMusic',
  },
  {
    does: 'makes',
    service: 'Rodin',
    grade: 'S',
    source: `${API}/nodes_rodin.py`,
    names: `Rodin3D_Regular; Rodin3D_Detail; Rodin3D_Smooth; Rodin3D_Sketch; Rodin3D_Gen2;
      Rodin3D_Gen25_Image; Rodin3D_Gen25_Text`,
  },
  {
    does: 'makes',
    service: 'Tripo',
    grade: 'S',
    source: `${API}/nodes_tripo.py`,
    names: `TripoTextToModelNode; TripoImageToModelNode; TripoMultiviewToModelNode; TripoTextureNode;
      TripoRefineNode; TripoP1TextToModelNode; TripoP1ImageToModelNode; TripoP1MultiviewToModelNode`,
  },
  {
    does: 'makes',
    service: 'Meshy',
    grade: 'S',
    source: `${API}/nodes_meshy.py`,
    names: `MeshyTextToModelNode; MeshyImageToModelNode; MeshyMultiImageToModelNode; MeshyRefineNode;
      MeshyTextureNode; MeshyTextureMultiViewNode`,
  },
  {
    does: 'makes',
    service: 'Tencent',
    grade: 'S',
    source: `${API}/nodes_hunyuan3d.py`,
    names: 'TencentTextToModelNode; TencentImageToModelNode; Tencent3DTextureEditNode',
  },
  {
    does: 'scales',
    service: 'Recraft',
    grade: 'S',
    source: `${API}/nodes_recraft.py`,
    names: 'RecraftCrispUpscaleNode',
  },
  {
    does: 'scales',
    service: 'Stability AI',
    grade: 'S',
    source: `${API}/nodes_stability.py`,
    names: 'StabilityUpscaleConservativeNode; StabilityUpscaleFastNode',
  },
  {
    does: 'scales',
    service: 'Topaz Labs',
    grade: 'S',
    source: `${API}/nodes_topaz.py`,
    names: 'TopazImageEnhance; TopazImageEnhanceV2; TopazVideoEnhance; TopazVideoEnhanceV2',
  },
  {
    does: 'scales',
    service: 'HitPaw',
    grade: 'S',
    source: `${API}/nodes_hitpaw.py`,
    names: 'HitPawGeneralImageEnhance; HitPawVideoEnhance',
  },
  {
    does: 'scales',
    service: 'WaveSpeed',
    grade: 'S',
    source: `${API}/nodes_wavespeed.py`,
    names: 'WavespeedFlashVSRNode; WavespeedImageUpscaleNode',
  },
  {
    does: 'scales',
    service: 'Magnific',
    grade: 'S',
    source: `${API}/nodes_magnific.py`,
    names: 'MagnificImageUpscalerPreciseV2Node; MagnificImageSkinEnhancerNode',
  },
  {
    does: 'scales',
    service: 'Black Forest Labs',
    grade: 'S',
    source: `${API}/nodes_bfl.py`,
    names: 'FluxVideoUpscaleNode',
  },
  {
    does: 'scales',
    service: 'Bria',
    grade: 'S',
    source: `${API}/nodes_bria.py`,
    names: 'BriaIncreaseResolution',
  },
  {
    does: 'scales',
    service: 'ByteDance',
    grade: 'S',
    source: `${API}/nodes_bytedance.py`,
    names: 'ByteDanceVideoEnhanceNode',
  },
  {
    does: 'passes',
    grade: 'S',
    source: `${API}/nodes_recraft.py, nodes_bria.py, nodes_elevenlabs.py: cut out, traced or parted, not made`,
    names: `RecraftRemoveBackgroundNode; RecraftVectorizeImageNode; BriaRemoveImageBackground;
      BriaRemoveVideoBackground; BriaTransparentVideoBackground; BriaVideoGreenScreen;
      ElevenLabsAudioIsolation`,
  },
  {
    does: 'aside',
    grade: 'S',
    source: `${API}/nodes_*.py: texts, styles and references for other nodes`,
    names: `GeminiNode; GeminiNodeV2; GeminiInputFiles; OpenAIChatNode; OpenAIChatConfig; OpenAIInputFiles;
      ClaudeNode; ByteDanceSeedNode; OpenRouterLLMNode; MinimaxHailuo03ContextIRNode; RecraftColorRGB;
      RecraftControls; RecraftCreateStyleNode; RecraftStyleV3RealisticImage;
      RecraftStyleV3DigitalIllustration; RecraftStyleV3LogoRaster; RecraftStyleV3InfiniteStyleLibrary;
      LumaReferenceNode; LumaConceptsNode; LumaRay32KeyframeNode; KlingCameraControls; PixverseTemplateNode;
      Krea2StyleReferenceNode; RunwayAleph2KeyframeNode; RunwayAleph2PromptImageNode;
      ElevenLabsVoiceSelector; ElevenLabsInstantVoiceClone; ElevenLabsSpeechToText; FishAudioVoiceSelector;
      FishAudioInstantVoiceClone; FishAudioSpeechToText; ByteDanceCreateImageAsset;
      ByteDanceCreateVideoAsset`,
  },
] as const satisfies readonly ComfyNodes[];
