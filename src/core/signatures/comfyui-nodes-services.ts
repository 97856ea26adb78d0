import type { ComfyNodes } from './comfyui-node.js';

/**
 * Nodes of ComfyUI (comfy_api_nodes) that call external services, with the operator of each. Grade V if seen in
 * published pictures: Comfy-Org/example_workflows, folder api_nodes.
 */

const API = 'Comfy-Org/ComfyUI comfy_api_nodes';

export const COMFYUI_SERVICE_NODES = [
  {
    role: 'makes',
    service: 'OpenAI',
    grade: 'V',
    source: `${API}/nodes_openai.py, nodes_sora.py; Comfy-Org/example_workflows api_nodes/openai-dall-e-3/text2image.png`,
    names: 'OpenAIDalle2; OpenAIDalle3; OpenAIGPTImage1; OpenAIGPTImageNodeV2; OpenAIVideoSora2',
  },
  {
    role: 'makes',
    service: 'Black Forest Labs',
    grade: 'V',
    source: `${API}/nodes_bfl.py; Comfy-Org/example_workflows api_nodes/bfl/flux_1_kontext_max_image.png`,
    names: `FluxProImageNode; FluxProUltraImageNode; FluxKontextProImageNode; FluxKontextMaxImageNode;
      FluxProFillNode; FluxProExpandNode; FluxProCannyNode; FluxProDepthNode; FluxEraseNode; FluxVTONode;
      Flux2ImageNode; Flux2ProImageNode; Flux2MaxImageNode; Flux3ImageToVideoNode; Flux3TextToVideoNode;
      Flux3VideoContinuationNode`,
  },
  {
    role: 'makes',
    service: 'Ideogram',
    grade: 'S',
    source: `${API}/nodes_ideogram.py`,
    names: 'IdeogramV1; IdeogramV2; IdeogramV3; IdeogramV4; IdeogramPImage',
  },
  {
    role: 'makes',
    service: 'Luma',
    grade: 'S',
    source: `${API}/nodes_luma.py`,
    names: `LumaImageNode; LumaImageModifyNode; LumaImageNode2; LumaImageEditNode2; LumaVideoNode;
      LumaImageToVideoNode; LumaRay32ExtendVideoNode; LumaRay32ImageToVideoNode;
      LumaRay32KeyframesToVideoNode; LumaRay32TextToVideoNode; LumaRay32VideoEditNode;
      LumaRay32VideoReframeNode`,
  },
  {
    role: 'makes',
    service: 'Recraft',
    grade: 'S',
    source: `${API}/nodes_recraft.py`,
    names: `RecraftTextToImageNode; RecraftV4TextToImageNode; RecraftImageToImageNode;
      RecraftImageInpaintingNode; RecraftReplaceBackgroundNode; RecraftTextToVectorNode;
      RecraftV4TextToVectorNode; RecraftCreativeUpscaleNode`,
  },
  {
    role: 'makes',
    service: 'Runway',
    grade: 'V',
    source: `${API}/nodes_runway.py; Comfy-Org/example_workflows api_nodes/runway/gen4_turbo_image_to_video`,
    names: `RunwayTextToImageNode; RunwayImageToVideoNodeGen3a; RunwayImageToVideoNodeGen4;
      RunwayFirstLastFrameNode; RunwayAleph2VideoToVideoNode`,
  },
  {
    role: 'makes',
    service: 'Stability AI',
    grade: 'V',
    source: `${API}/nodes_stability.py; Comfy-Org/example_workflows api_nodes/stability_ai/stable_image_ultra_t2i.png`,
    names: `StabilityStableImageUltraNode; StabilityStableImageSD_3_5Node; StabilityUpscaleCreativeNode;
      StabilityTextToAudio; StabilityAudioToAudio; StabilityAudioInpaint`,
  },
  {
    role: 'makes',
    service: 'Google',
    grade: 'S',
    source: `${API}/nodes_gemini.py, nodes_veo2.py`,
    names: `GeminiImageNode; GeminiImage2Node; GeminiNanoBanana2; GeminiNanoBanana2V2; GeminiVideoOmni;
      VeoVideoGenerationNode; Veo3VideoGenerationNode; Veo3FirstLastFrameNode`,
  },
  {
    role: 'makes',
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
    role: 'makes',
    service: 'MiniMax',
    grade: 'S',
    source: `${API}/nodes_minimax.py`,
    names: `MinimaxTextToVideoNode; MinimaxImageToVideoNode; MinimaxSubjectToVideoNode;
      MinimaxHailuoVideoNode; MinimaxHailuo03FirstLastFrameNode; MinimaxHailuo03ReferenceNode;
      MinimaxHailuo03RegenerateNode; MinimaxHailuo03TextToVideoNode`,
  },
  {
    role: 'makes',
    service: 'Pika',
    grade: 'S',
    source: `${API}/nodes_pika.py`,
    names: `PikaImageToVideoNode2_2; PikaTextToVideoNode2_2; PikaScenesV2_2; PikaStartEndFrameNode2_2;
      Pikadditions; Pikaffects; Pikaswaps`,
  },
  {
    role: 'makes',
    service: 'PixVerse',
    grade: 'S',
    source: `${API}/nodes_pixverse.py`,
    names: `PixverseTextToVideoNode; PixverseImageToVideoNode; PixverseTransitionVideoNode;
      PixverseV6ExtendVideoNode; PixverseV6FirstLastFrameNode; PixverseV6FusionVideoNode;
      PixverseV6ImageToVideoNode; PixverseV6TextToVideoNode`,
  },
  {
    role: 'makes',
    service: 'Moonvalley',
    grade: 'S',
    source: `${API}/nodes_moonvalley.py`,
    names: 'MoonvalleyTxt2VideoNode; MoonvalleyImg2VideoNode; MoonvalleyVideo2VideoNode',
  },
  {
    role: 'makes',
    service: 'Vidu',
    grade: 'S',
    source: `${API}/nodes_vidu.py`,
    names: `ViduTextToVideoNode; ViduImageToVideoNode; ViduReferenceVideoNode; ViduStartEndToVideoNode;
      ViduExtendVideoNode; ViduMultiFrameVideoNode; Vidu2TextToVideoNode; Vidu2ImageToVideoNode;
      Vidu2ReferenceVideoNode; Vidu2StartEndToVideoNode; Vidu3TextToVideoNode; Vidu3ImageToVideoNode;
      Vidu3StartEndToVideoNode`,
  },
  {
    role: 'makes',
    service: 'ByteDance',
    grade: 'S',
    source: `${API}/nodes_bytedance.py`,
    names: `ByteDanceImageNode; ByteDanceImageEditNode; ByteDanceSeedreamNode; ByteDanceSeedreamNodeV2;
      ByteDanceSeedreamNodeV3; ByteDanceTextToVideoNode; ByteDanceImageToVideoNode;
      ByteDanceFirstLastFrameNode; ByteDanceImageReferenceNode; ByteDance2TextToVideoNode;
      ByteDance2FirstLastFrameNode; ByteDance2ReferenceNode; ByteDance2ReferenceNodeV2; ByteDanceSeedAudio`,
  },
  {
    role: 'makes',
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
    role: 'makes',
    service: 'Lightricks',
    grade: 'S',
    source: `${API}/nodes_ltxv.py`,
    names: `LtxvApiTextToVideo; LtxvApiImageToVideo; LtxApi25TextToVideo; LtxApi25ImageToVideo;
      LtxApi25AudioToVideo`,
  },
  {
    role: 'makes',
    service: 'xAI',
    grade: 'S',
    source: `${API}/nodes_grok.py`,
    names: `GrokImageNode; GrokImageEditNode; GrokImageEditNodeV2; GrokVideoNode; GrokVideoEditNode;
      GrokVideoExtendNode; GrokVideoReferenceNode`,
  },
  {
    role: 'makes',
    service: 'Bria',
    grade: 'S',
    source: `${API}/nodes_bria.py`,
    names: 'BriaImageEditNode; BriaGenFill; BriaExpandImage; BriaEraser; BriaVideoReplaceBackground',
  },
  {
    role: 'makes',
    service: 'Reve',
    grade: 'S',
    source: `${API}/nodes_reve.py`,
    names: 'ReveImageCreateNode; ReveImageEditNode; ReveImageRemixNode',
  },
  {
    role: 'makes',
    service: 'Krea',
    grade: 'S',
    source: `${API}/nodes_krea.py`,
    names: 'Krea2ImageNode',
  },
  {
    role: 'makes',
    service: 'Magnific',
    grade: 'S',
    source: `${API}/nodes_magnific.py`,
    names: 'MagnificImageRelightNode; MagnificImageStyleTransferNode; MagnificImageUpscalerCreativeNode',
  },
  {
    role: 'makes',
    service: 'Beeble',
    grade: 'S',
    source: `${API}/nodes_beeble.py`,
    names: 'BeebleSwitchXImageEdit; BeebleSwitchXVideoEdit',
  },
  {
    role: 'makes',
    service: 'HeyGen',
    grade: 'S',
    source: `${API}/nodes_heygen.py`,
    names: `HeyGenAvatarVideoNode; HeyGenTalkingPhotoNode; HeyGenVideoTranslateNode; HeyGenTextToSpeechNode;
      HeyGenCreateAvatarNode`,
  },
  {
    role: 'makes',
    service: 'sync.so',
    grade: 'S',
    source: `${API}/nodes_sync_so.py`,
    names: 'SyncLipSyncNode; SyncTalkingImageNode',
  },
  {
    role: 'makes',
    service: 'Quiver',
    grade: 'S',
    source: `${API}/nodes_quiver.py`,
    names: 'QuiverTextToSVGNode; QuiverImageToSVGNode',
  },
  {
    role: 'makes',
    service: 'ElevenLabs',
    grade: 'S',
    source: `${API}/nodes_elevenlabs.py`,
    names: `ElevenLabsTextToSpeech; ElevenLabsTextToDialogue; ElevenLabsTextToSoundEffects;
      ElevenLabsSpeechToSpeech`,
  },
  {
    role: 'makes',
    service: 'Fish Audio',
    grade: 'S',
    source: `${API}/nodes_fishaudio.py`,
    names: 'FishAudioTextToSpeech',
  },
  {
    role: 'makes',
    service: 'Sonilo',
    grade: 'S',
    source: `${API}/nodes_sonilo.py`,
    names: 'SoniloTextToMusic; SoniloVideoToMusic',
  },
  {
    role: 'makes',
    service: 'Rodin',
    grade: 'S',
    source: `${API}/nodes_rodin.py`,
    names: `Rodin3D_Regular; Rodin3D_Detail; Rodin3D_Smooth; Rodin3D_Sketch; Rodin3D_Gen2;
      Rodin3D_Gen25_Image; Rodin3D_Gen25_Text`,
  },
  {
    role: 'makes',
    service: 'Tripo',
    grade: 'S',
    source: `${API}/nodes_tripo.py`,
    names: `TripoTextToModelNode; TripoImageToModelNode; TripoMultiviewToModelNode; TripoTextureNode;
      TripoRefineNode; TripoP1TextToModelNode; TripoP1ImageToModelNode; TripoP1MultiviewToModelNode`,
  },
  {
    role: 'makes',
    service: 'Meshy',
    grade: 'S',
    source: `${API}/nodes_meshy.py`,
    names: `MeshyTextToModelNode; MeshyImageToModelNode; MeshyMultiImageToModelNode; MeshyRefineNode;
      MeshyTextureNode; MeshyTextureMultiViewNode`,
  },
  {
    role: 'makes',
    service: 'Tencent',
    grade: 'S',
    source: `${API}/nodes_hunyuan3d.py`,
    names: 'TencentTextToModelNode; TencentImageToModelNode; Tencent3DTextureEditNode',
  },
  {
    role: 'scales',
    service: 'Recraft',
    grade: 'S',
    source: `${API}/nodes_recraft.py`,
    names: 'RecraftCrispUpscaleNode',
  },
  {
    role: 'scales',
    service: 'Stability AI',
    grade: 'S',
    source: `${API}/nodes_stability.py`,
    names: 'StabilityUpscaleConservativeNode; StabilityUpscaleFastNode',
  },
  {
    role: 'scales',
    service: 'Topaz Labs',
    grade: 'S',
    source: `${API}/nodes_topaz.py`,
    names: 'TopazImageEnhance; TopazImageEnhanceV2; TopazVideoEnhance; TopazVideoEnhanceV2',
  },
  {
    role: 'scales',
    service: 'HitPaw',
    grade: 'S',
    source: `${API}/nodes_hitpaw.py`,
    names: 'HitPawGeneralImageEnhance; HitPawVideoEnhance',
  },
  {
    role: 'scales',
    service: 'WaveSpeed',
    grade: 'S',
    source: `${API}/nodes_wavespeed.py`,
    names: 'WavespeedFlashVSRNode; WavespeedImageUpscaleNode',
  },
  {
    role: 'scales',
    service: 'Magnific',
    grade: 'S',
    source: `${API}/nodes_magnific.py`,
    names: 'MagnificImageUpscalerPreciseV2Node; MagnificImageSkinEnhancerNode',
  },
  {
    role: 'scales',
    service: 'Black Forest Labs',
    grade: 'S',
    source: `${API}/nodes_bfl.py`,
    names: 'FluxVideoUpscaleNode',
  },
  {
    role: 'scales',
    service: 'Bria',
    grade: 'S',
    source: `${API}/nodes_bria.py`,
    names: 'BriaIncreaseResolution',
  },
  {
    role: 'scales',
    service: 'ByteDance',
    grade: 'S',
    source: `${API}/nodes_bytedance.py`,
    names: 'ByteDanceVideoEnhanceNode',
  },
  {
    role: 'passes',
    grade: 'S',
    source: `${API}/nodes_recraft.py, nodes_bria.py, nodes_elevenlabs.py: cut out, traced or parted, not made`,
    names: `RecraftRemoveBackgroundNode; RecraftVectorizeImageNode; BriaRemoveImageBackground;
      BriaRemoveVideoBackground; BriaTransparentVideoBackground; BriaVideoGreenScreen;
      ElevenLabsAudioIsolation`,
  },
  {
    role: 'aside',
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
