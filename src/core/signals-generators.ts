/** Traces of generators and of tools that edit with AI. Part of the closed list of signals.ts. */
export const GENERATOR_SIGNALS = {
  'generator.a1111': 'Settings as Stable Diffusion web UI (AUTOMATIC1111, Forge and kin) writes them.',
  'generator.comfyui': 'A ComfyUI prompt graph or workflow.',
  'generator.comfyui.sampler':
    'On the way to an output of the ComfyUI graph stands a node that makes pictures, video or sound.',
  'generator.comfyui.service':
    'On the way to an output of the ComfyUI graph stands a node that has a service make the content; named is who runs it.',
  'generator.comfyui.edit':
    'On the way to an output of the ComfyUI graph stands a node that changes a picture with a generative model, and none that makes one.',
  'generator.comfyui.noStep':
    'Every node on the way to the outputs of the ComfyUI graph is known, and none makes a picture.',
  'generator.comfyui.unknownNode':
    'On the way to an output of the ComfyUI graph stands a node that is not known, so the graph does not say whether a picture was made.',
  'generator.comfyui.elsewhere':
    'The ComfyUI graph holds a node that makes pictures, which does not lead to an output that saves one.',
  'generator.comfyui.notFollowed': 'The ComfyUI graph was not followed to its end.',
  'generator.comfyui.workflow':
    'A ComfyUI workflow as its editor keeps it, without the record of a run; pictures of the editor carry the same.',
  'generator.invokeai': 'Settings as InvokeAI writes them.',
  'generator.invokeai.graph':
    'A graph or workflow of InvokeAI; by itself it does not say that a picture was made.',
  'generator.novelai': 'Names or settings as NovelAI writes them.',
  'generator.fooocus': 'Settings or a name as Fooocus writes them.',
  'generator.ruinedFooocus': 'Settings as RuinedFooocus writes them.',
  'generator.swarmui': 'Settings as SwarmUI (earlier StableSwarmUI) writes them.',
  'generator.easyDiffusion': 'Settings as Easy Diffusion writes them.',
  'generator.drawThings': 'Settings or a name as Draw Things writes them.',
  'generator.stabilityMatrix': 'Settings or a project as Stability Matrix writes them.',
  'generator.tensorArt': 'Settings or a graph as Tensor.art writes them.',
  'generator.hfSpace': 'Settings as Spaces of Hugging Face that run Stable Diffusion XL write them.',
  'generator.civitai':
    'A name or resource list as Civitai writes them. It also scales up pictures of other origin, so this alone does not say that the picture was made there.',
  'generator.civitai.request': 'A request for a picture (prompt and seed) as Civitai records it.',
  'generator.midjourney': 'A prompt with a job id as Midjourney writes them.',
  'generator.grok':
    'A signature text and an image id as xAI Grok writes them; the signature cannot be checked.',
  'generator.flux': 'Fields as the FLUX demo program of Black Forest Labs writes them.',
  'generator.ideogram': 'A maker’s name that others have observed in files from Ideogram.',
  'generator.luma': 'A name that others have observed in pictures from Luma AI.',
  'generator.reve': 'A name that others have observed in files from Reve.',
  'generator.aphrodite': 'A name that others have observed in files from Aphrodite AI.',
  'generator.dreamina':
    'Export data that others have observed in files generated with ByteDance Dreamina (Jimeng), from CapCut among others.',
  'generator.byteDanceProduct':
    'An export record that names a ByteDance AI product (Doubao, Xinghui or Dreamina); the product alone does not say how the picture was made.',
  'generator.tencentService':
    'An older form of AI label that names Tencent Cloud as the provider of the service.',
  'generator.samsungGalaxyAi':
    'A record of Samsung’s gallery says that a generative AI tool was used (genAIType).',
  'generator.hostingJob':
    'The id of a job at a host that others have observed in generated pictures (hf-job-id); it names no model.',
  'generator.sourcePicture':
    'The settings say that a picture was the starting point: img2img changes it as a whole, inpaint within a mask.',
  'generator.upscaled':
    'The settings say that a picture was scaled up by a tool; where that picture came from they do not say.',
} as const satisfies Record<string, string>;
