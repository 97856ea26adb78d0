import type { Carrier } from '../media/carrier.js';

/**
 * Words that declare content to be made or changed by AI, for texts that match no row of a tool: generator names for
 * fields that name a program, and one list of phrases per language for free text. A phrase counts only as a clause of
 * its own. The bare token “AI” never counts, and a sentence that denies AI or is about AI says nothing about the file.
 */

/** Roles of fields. A bare name counts only in `software` and `credit`. */
export const AI_TEXT_FIELDS = [
  'software',
  'credit',
  'title',
  'description',
  'comment',
  'rights',
  'instructions',
] as const;
export type AiTextField = (typeof AI_TEXT_FIELDS)[number];

interface AiTextFieldRow {
  carriers: readonly Carrier[];
  is: AiTextField;
  field: RegExp;
}

const TAGS = [
  'id3',
  'apeTags',
  'vorbisComment',
  'riffInfo',
  'broadcastWave',
  'bmffMeta',
  'matroskaTags',
  'flvMeta',
  'mxfMetadata',
  'asfMeta',
  'imageHeader',
  'documentProperties',
] as const satisfies readonly Carrier[];

/** Roles by carrier and field name as given by the readers. The first match decides. */
export const AI_TEXT_FIELD_ROWS: readonly AiTextFieldRow[] = [
  {
    carriers: ['exif'],
    is: 'software',
    field: /^(Software|ProcessingSoftware|0x000b|ImageEditingSoftware|MetadataEditingSoftware|Make|Model)$/,
  },
  { carriers: ['exif'], is: 'title', field: /^(XPTitle|XPSubject|ImageTitle|DocumentName)$/ },
  { carriers: ['exif'], is: 'description', field: /^ImageDescription$/ },
  { carriers: ['exif'], is: 'comment', field: /^(UserComment|0x9286|XPComment|ImageHistory)$/ },
  { carriers: ['exif'], is: 'rights', field: /^Copyright$/ },
  {
    carriers: ['xmp'],
    is: 'software',
    field: /^(xmp:CreatorTool|tiff:Software|pdf:Producer|xmpMM:History\[\d+\]\/stEvt:softwareAgent)$/,
  },
  { carriers: ['xmp'], is: 'credit', field: /^photoshop:Credit$/ },
  { carriers: ['xmp'], is: 'title', field: /^(dc:title(\[\d+\])?|photoshop:Headline)$/ },
  {
    carriers: ['xmp'],
    is: 'description',
    field: /^((dc:description|tiff:ImageDescription)(\[\d+\])?|xmpDM:logComment)$/,
  },
  { carriers: ['xmp'], is: 'comment', field: /^exif:UserComment(\[\d+\])?$/ },
  {
    carriers: ['xmp'],
    is: 'rights',
    field: /^(dc:rights|tiff:Copyright|xmpRights:UsageTerms)(\[\d+\])?$/,
  },
  { carriers: ['xmp'], is: 'instructions', field: /^photoshop:(Instructions|Source)$/ },
  { carriers: ['iptcIim'], is: 'software', field: /^2:65$/ },
  { carriers: ['iptcIim'], is: 'credit', field: /^2:110$/ },
  { carriers: ['iptcIim'], is: 'title', field: /^2:(5|105)$/ },
  { carriers: ['iptcIim'], is: 'description', field: /^2:120$/ },
  { carriers: ['iptcIim'], is: 'rights', field: /^2:116$/ },
  { carriers: ['iptcIim'], is: 'instructions', field: /^2:(40|115)$/ },
  { carriers: ['pngText'], is: 'software', field: /^(Software|Creator Tool)$/i },
  { carriers: ['pngText'], is: 'title', field: /^Title$/i },
  { carriers: ['pngText'], is: 'description', field: /^Description$/i },
  { carriers: ['pngText'], is: 'comment', field: /^(Comment|Warning)$/i },
  { carriers: ['pngText'], is: 'rights', field: /^(Copyright|Disclaimer)$/i },
  { carriers: ['comment'], is: 'comment', field: /^comment$/ },
  // In PDF, `Creator` is the program that wrote the document; persons have a prefix (dc:creator).
  { carriers: ['documentProperties'], is: 'software', field: /^Creator$/ },
  { carriers: ['documentProperties'], is: 'title', field: /^Subject$/ },
  // Keys of these carriers have a language, group or description before or after the name.
  {
    carriers: TAGS,
    is: 'software',
    field:
      /(^|[:./ ])(encoder|encoding_?tool|encoded[_ -]?by|vendor|software|TENC|TSSE|ISFT|©too|©swr|©enc|com\.apple\.quicktime\.software|(muxing|writing)[_ ]?app(lication)?|originator|metadatacreator|productname|WM\/(EncodedBy|EncodingSettings|ToolName)|encodingsettings|toolname|producer|application|meta:generator)$/i,
  },
  {
    carriers: TAGS,
    is: 'title',
    field: /(^|[:./ ])(title|TIT[123]|©nam|titl|INAM|NAME|dc:title|dc:subject)(\[\d+\])?$/i,
  },
  {
    carriers: TAGS,
    is: 'description',
    field:
      /(^|[:./ ])(description|desc|ldes|©des|dscp|ISBJ|synopsis|summary|WM\/SubTitle|com\.apple\.quicktime\.(description|information)|dc:description)(\[\d+\])?$/i,
  },
  {
    carriers: TAGS,
    is: 'comment',
    field:
      /(^|[:./ ])(comments?|notes?|©cmt|ICMT|ANNO|COMM|COMM:.{0,64}|TXXX:(comment|description|notes?)|com\.apple\.quicktime\.comment)(\[\d+\])?$/i,
  },
  {
    carriers: TAGS,
    is: 'rights',
    field:
      /(^|[:./ ])(copyright|TCOP|cprt|©cpy|ICOP|\(c\) ?|license|com\.apple\.quicktime\.copyright|dc:rights)$/i,
  },
];

const alternatives = (...words: readonly string[]): string => `(?:${words.join('|')})`;

/**
 * Unambiguous product names, as alternatives of a pattern. Products named by an ordinary word must have their
 * distinctive form: “Imagen”, “Runway”, “Flux”, “Firefly”, “Luma”, “Sora”, “Gemini” alone do not match.
 */
const PRODUCTS = alternatives(
  'Adobe Firefly',
  'AUTOMATIC1111',
  'Artbreeder',
  'Bing Image Creator',
  'ChatGPT',
  'CogVideoX?',
  'ComfyUI',
  'Craiyon',
  'DALL[·•. -]?E(?:[ -]?[23])?',
  'DiffusionBee',
  'Draw Things',
  'DreamStudio',
  'Dreamina',
  'Easy Diffusion',
  'FLUX\\.[12](?:[ -]?\\[?(?:dev|pro|schnell|kontext|krea|max|flex)\\]?)?',
  'Fooocus(?:Plus)?',
  'GPT-4o',
  'GPT[ -]Image(?:[ -][12](?:\\.\\d)?)?',
  'Gemini[ -]\\d(?:\\.\\d)?[ -](?:Flash|Pro)[ -]Image',
  'Google (?:Flow|Gemini|Imagen|Veo)',
  'Grok Imagine',
  'Hailuo AI',
  'HeyGen',
  'Hunyuan(?:Image|Video|DiT)',
  'Ideogram (?:AI|[23](?:\\.\\d)?)',
  'ideogram\\.ai',
  'Image Creator from (?:Microsoft )?Designer',
  'imagen-[34]\\.0-(?:fast-|ultra-)?generate',
  'imaginAIry',
  'InvokeAI',
  'Janus-Pro',
  'Kandinsky [2345](?:\\.\\d)?',
  'Kling ?AI',
  'Krea AI',
  'Krita AI Diffusion',
  'Leonardo\\.? ?AI',
  'LTX-?Video',
  'Luma Dream Machine',
  'MFLUX',
  'Midjourney',
  'MusicGen',
  'Nano Banana(?: (?:2|Pro))?',
  'NightCafe',
  'Niji[ -]?journey',
  'NovelAI',
  'OpenAI Sora',
  'PixArt-(?:alpha|sigma|α|Σ)',
  'Playground AI',
  'Qwen-Image(?:-Edit)?',
  'Recraft (?:AI|V\\d)',
  'Riffusion',
  'Runway Gen-?[1234](?:\\.\\d)?',
  'RuinedFooocus',
  'SD\\.Next',
  'SDXL(?: Turbo)?',
  'Seedance',
  'Seedream',
  'Sora (?:AI|2|by OpenAI)',
  'Stable (?:Diffusion(?:[ -]XL)?|Video Diffusion|Cascade|Audio (?:Open|[23](?:\\.\\d)?))',
  'stable-diffusion\\.cpp',
  'StarryAI',
  'Suno AI',
  'SwarmUI',
  'Udio AI',
  'Veo [23](?:\\.\\d)?',
  'Wan ?2\\.\\d',
  'xAI Grok',
  'Z-Image(?:-Turbo)?',
  '即梦(?:AI)?',
  '可灵(?:AI)?',
  '豆包(?:AI)?',
  '文心一格',
  '通义万相',
  '混元(?:生图|文生图)',
);

/** Companies whose name stands for their generator in a program field, but for the company in a credit line. */
const MAKERS = alternatives(
  'ElevenLabs',
  'Google AI',
  'Luma AI',
  'Meta AI',
  'OpenAI',
  'Pika (?:AI|Labs)',
  'Runway ?(?:ML|AI)',
  'Stability AI',
);
const NAMES = alternatives(PRODUCTS, MAKERS);

const EDGE = { before: '(?<![\\p{L}\\p{N}])', after: '(?![\\p{L}\\p{N}])' };

const wholeName = (names: string): RegExp =>
  new RegExp(`${EDGE.before}(?<says>${names}(?:[ /_-]{1,2}v?\\d[\\w.]{0,11})?)${EDGE.after}`, 'iu');

/** Generator name anywhere in a text, with its version if one follows. */
export const GENERATOR_NAME = wholeName(NAMES);
export const GENERATOR_IN_CREDIT = wholeName(PRODUCTS);

/** Suffixes after a generator's name that name programs which only handle its output. */
export const HANDLING_SUFFIX =
  /^[\s_-]{0,2}(?:\p{L}{0,12}[\s_-])?(detect|download|remov|view|pars|read|import|export|metadata|prompt|gallery|tagg|upload|watermark)/iu;

/** Phrase as written in one clause of a file; `says` is the statement derived from it. */
export interface Phrase {
  isClause: RegExp;
  /** The words may also name a subject, so the sentence must contain nothing else. */
  mustBeAlone?: true;
  /** In a title, the words name the subject of the work. */
  isIgnoredInTitle?: true;
}

export interface PhraseList {
  language: 'en' | 'zh-Hans' | 'zh-Hant' | 'ja' | 'ko' | 'es' | 'fr' | 'de' | 'pt';
  phrases: readonly Phrase[];
  /** Words before the phrase in its sentence that cancel it: a denial, or AI as a subject. */
  cancelledBefore: RegExp;
  /** Words behind the phrase that cancel it. */
  cancelledBehind?: RegExp;
}

const clause = (pattern: string): RegExp => new RegExp(`^${pattern}$`, 'iu');
const says = (pattern: string): string => `(?<says>${pattern})`;

// Latin letters are compared without accents.
const EN = {
  ai: '(?:A\\.?I\\.?|gen[ -]?AI|artificial intelligence)',
  maker: '(?:(?:generative|Google|Meta|Microsoft|Adobe|Samsung|Galaxy|Apple|Canva|Bing|OpenAI|TikTok) )?',
  medium:
    '(?:image|picture|photo(?:graph| illustration)?|stock (?:image|photo)|illustration|graphic|artwork|painting|drawing|portrait|render(?:ing)?|design|video|clip|animation|film|movie|audio|recording|sound|song|track|voice(?:-?over)?|speech|narration|text|document|slide|cover|avatar|texture|wallpaper|logo|icon|sprite)',
  mass: '(?:content|art|imagery|media|material|music)',
  made: '(?:generated|created|made|produced|rendered|drawn|painted|designed|illustrated|composed|written|imagined|synthesi[sz]ed|edited|altered|modified|manipulated|retouched|enhanced|upscaled|voiced)',
  much: '(?:(?:fully|partly|partially|entirely|completely|mostly|digitally|100 ?%) )?',
  by: '(?:by|with|using|through|via|by means of|with the (?:help|use|aid|assistance) of)',
  be: '(?:(?:is|are|was|were|has been|have been) )?',
  tail: '(?: (?:by|with|using|via) [^?]{1,60}| (?:in|on) [\\p{L}\\d ]{0,16}\\d{4})?',
};
const EN_THING = `(?:this is an? ${EN.medium} |(?:some |many )?parts of (?:this|the) ${EN.medium} |(?:(?:this|the|our|cover|header|featured|title|stock|above) ){0,2}${EN.medium} |(?:these|all|the) ${EN.medium}s |(?:this|the|all) ${EN.mass} )?`;
const EN_WORD =
  'generated|created|made|produced|rendered|edited|altered|modified|manipulated|enhanced|assisted|synthesi[sz]ed|upscaled';

const ENGLISH: PhraseList = {
  language: 'en',
  phrases: [
    {
      isClause: clause(
        `(?:${EN_THING}${EN.be}|(?:this is )?(?:an? |the |this )?)${EN.much}${says(`${EN.ai}[ -]{0,2}(?:${EN_WORD})(?: ${EN.medium})?`)}${EN.tail}`,
      ),
    },
    {
      isClause: clause(`(?:this is )?${EN.much}${says(`AI[ -]{0,2}(?:${EN_WORD}) ${EN.mass}`)}${EN.tail}`),
      mustBeAlone: true,
      isIgnoredInTitle: true,
    },
    {
      isClause: clause(
        `${EN_THING}${EN.be}${EN.much}${says(`${EN.made}(?: ${EN.medium})?(?: (?:entirely|partly|in part))? ${EN.by} (?:an? |the )?${EN.maker}${EN.ai}(?:[ -](?:tools?|models?|software|systems?|technology|(?:image |art |video )?generators?|program))?`)}${EN.tail}`,
      ),
    },
    {
      isClause: clause(
        `${EN_THING}${EN.be}${EN.much}${says(`${EN.made}(?: ${EN.medium})?(?: (?:entirely|partly|in part))? (?:${EN.by}|in|on) (?:(?:OpenAI|Google|Adobe|Microsoft|ByteDance) )?${NAMES}(?: v?\\d[\\w.]{0,11})?`)}${EN.tail}`,
      ),
    },
    {
      isClause: clause(
        `(?:(?:this|the) (?:${EN.medium}|file|post|work) )?${says(`(?:may |might )?(?:contains?|includes?) (?:some )?AI[ -]generated (?:${EN.mass}|elements|parts|${EN.medium}s?)`)}`,
      ),
    },
    { isClause: clause(says(`(?:${EN.medium}|art|music) by (?:an? )?(?:generative )?${EN.ai}`)) },
  ],
  cancelledBefore:
    /\b(no|not|non|never|none|nor|without|isn['’]?t|wasn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|cannot|can['’]?t|instead|rather|unlike|unless|if|whether|prohibit\w*|forbid\w*|ban|banned|bans|exclud\w*|except|about|regarding|concerning|topics?|subjects?|keywords?|tags?|lectures?|conferences?|summit|workshops?|seminars?|panels?|debates?|discuss\w*|exhibition|how|why|what|tutorials?|detect\w*|recogni\w*|compar\w*|versus|vs|risks?|laws?|policy|policies|rules?|regulat\w*|seems?|alleged\w*|claim\w*|accus\w*|rumou?r\w*|hoax|questions?|quiz|protest\w*|stop|screen ?shots?|reads|says|entitled|titled|called|term)\b/i,
  cancelledBehind: /\b(not|never|prohibited|forbidden|banned|disallowed|no longer|allowed|permitted)\b/i,
};

const DE = {
  ai: '(?:K\\.?I\\.?|kunstlicher? Intelligenz|AI)',
  medium:
    '(?:Bild|Foto|Grafik|Illustration|Video|Audio|Musik|Song|Text|Stimme|Symbolbild|Titelbild|Animation|Zeichnung|Inhalt)',
  made: '(?:generiert|erzeugt|erstellt|gemacht|geschaffen|hergestellt|produziert|bearbeitet|verandert|gemalt|gezeichnet|entworfen|gestaltet|manipuliert)',
  be: '(?:(?:ist|sind|wurde|wurden) )?',
  tail: '(?: (?:von|mit|durch) [^?]{1,60})?',
};
const DE_WITH = `(?:mit|durch|von|mittels|per|unter Verwendung von|mit Hilfe von|mithilfe von|mit Unterstutzung von) (?:(?:einer|der|generativer|einem) ){0,2}${DE.ai}(?:-(?:Tools?|Modell|Software|Bildgenerator|Generator))?`;
const DE_THING = `(?:(?:(?:dieses|das|diese|die|dieser|der|alle) )?${DE.medium}(?:er|s|e|en)? )?`;

const GERMAN: PhraseList = {
  language: 'de',
  phrases: [
    {
      isClause: clause(
        `(?:${DE_THING}${DE.be}|(?:ein |eine )?)(?:vollstandig |teilweise )?${says(`(?:K\\.?I\\.?|AI)[ -]{0,2}(?:generiert|erzeugt|erstellt|gemacht|produziert|bearbeitet|verandert|manipuliert|gestutzt|unterstutzt)(?:e[snrm]?)?(?: ${DE.medium})?`)}${DE.tail}`,
      ),
    },
    {
      isClause: clause(
        `${DE_THING}${DE.be}(?:vollstandig |teilweise )?${says(`${DE_WITH} ${DE.made}(?:e[snrm]?)?(?: ${DE.medium})?`)}`,
      ),
    },
    { isClause: clause(`${DE_THING}${DE.be}${says(`${DE.made} ${DE_WITH}`)}${DE.tail}`) },
    { isClause: clause(`${DE_THING}${DE.be}${says(`(?:mit|durch|von|in) ${NAMES} ${DE.made}`)}`) },
    { isClause: clause(`${DE_THING}${DE.be}${says(`${DE.made} (?:mit|durch|von|in) ${NAMES}`)}${DE.tail}`) },
  ],
  cancelledBefore:
    /\b(nicht|kein\w*|ohne|nie|niemals|weder|statt|thema|themen|vortrag|vortrage|konferenz|tagung|ausstellung|debatte|diskussion|gesetz|verboten|verbot|erkennen|erkennt|stichwort\w*|schlagwort\w*|gegen|wie|ob|falls|wenn|angeblich|streit|bildschirmfoto)\b/i,
  cancelledBehind: /\b(nicht|verboten|untersagt|erlaubt)\b/i,
};

const FR = {
  ai: '(?:I\\.?A\\.?|intelligence artificielle)(?: generative)?',
  medium:
    '(?:image|photo|photographie|illustration|video|visuel|dessin|(?:œ|oe)uvre|musique|chanson|texte|contenu|audio|voix|document|creation)s?',
  made: '(?:generee?s?|creee?s?|faite?s?|realisee?s?|produite?s?|concue?s?|modifiee?s?|retouchee?s?|dessinee?s?|peinte?s?|editee?s?|synthetisee?s?)',
};
const FR_THING = `(?:(?:(?:cette|cet|ce|ces|la|le|les|une?) |l['’])?${FR.medium} )?(?:(?:est|sont|a ete|ont ete) )?(?:(?:entierement|partiellement) )?`;
const FR_BY = "(?:par|avec|via|grace a|a l['’]aide de|au moyen de|avec l['’]aide de)";

const FRENCH: PhraseList = {
  language: 'fr',
  phrases: [
    {
      isClause: clause(
        `${FR_THING}${says(`${FR.made} (?:en partie )?(?:${FR_BY} (?:une? |la )?|${FR_BY} l['’]|(?:a|avec) l['’]aide d['’](?:une )?)${FR.ai}`)}(?: (?:par|avec) [^?]{1,60})?`,
      ),
    },
    {
      isClause: clause(
        `${FR_THING}${says(`${FR.made} (?:par|avec|via|sur) ${NAMES}`)}(?: (?:par|avec) [^?]{1,60})?`,
      ),
    },
  ],
  cancelledBefore:
    /\b(non|pas|ne|jamais|sans|aucune?|ni|conference|colloque|debat|exposition|contre|comment|reconnaitre|detecter|interdit\w*|loi|theme|sujet|mots|atelier|au lieu|propos|capture)\b|\bn['’]/i,
  cancelledBehind: /\b(interdite?s?|pas|autorisee?s?)\b/i,
};

const ES = {
  ai: '(?:I\\.?A\\.?|inteligencia artificial)(?: generativa)?',
  medium:
    '(?:imagen|imagenes|foto|fotografia|ilustracion|video|audio|musica|cancion|texto|contenido|obra|dibujo|diseno|voz|documento)s?',
  made: '(?:generad|cread|hech|realizad|producid|elaborad|disenad|editad|modificad|retocad|sintetizad|dibujad|pintad)[oa]s?',
};
const ES_THING = `(?:(?:(?:esta|este|estas|estos|la|el|las|los|una?) )?${ES.medium} )?(?:(?:es|son|fue|fueron|ha sido|han sido) )?(?:(?:totalmente|completamente|parcialmente) )?`;
const ES_BY = '(?:por|con|mediante|usando|utilizando|a traves de|con (?:la )?ayuda de|gracias a)';

const SPANISH: PhraseList = {
  language: 'es',
  phrases: [
    {
      isClause: clause(
        `${ES_THING}${says(`${ES.made} (?:en parte )?${ES_BY} (?:una |la )?${ES.ai}`)}(?: (?:por|con) [^?]{1,60})?`,
      ),
    },
    {
      isClause: clause(
        `${ES_THING}${says(`${ES.made} (?:por|con|en|usando) ${NAMES}`)}(?: (?:por|con) [^?]{1,60})?`,
      ),
    },
  ],
  cancelledBefore:
    /\b(no|sin|nunca|jamas|ni|conferencia|congreso|charla|debate|exposicion|acerca|contra|como|reconocer|detectar|prohibid\w*|ley|tema|temas|palabras|taller|si|en lugar|captura)\b/i,
  cancelledBehind: /\b(prohibid[oa]s?|no|permitid[oa]s?)\b/i,
};

const PT = {
  ai: '(?:I\\.?A\\.?|inteligencia artificial)(?: generativa)?',
  medium:
    '(?:imagem|imagens|foto|fotografia|ilustracao|video|audio|musica|texto|conteudo|obra|arte|desenho|voz|documento)s?',
  made: '(?:gerad|criad|feit|produzid|elaborad|editad|modificad|desenhad|sintetizad|retocad|pintad)[oa]s?',
};
const PT_THING = `(?:(?:(?:esta|este|estas|estes|a|o|as|os|uma?) )?${PT.medium} )?(?:(?:e|sao|foi|foram) )?(?:(?:totalmente|completamente|parcialmente) )?`;
const PT_BY =
  '(?:por|pela|com|usando|utilizando|mediante|via|atraves d[ea]|com (?:a |o )?(?:ajuda|auxilio) d[ea])';

const PORTUGUESE: PhraseList = {
  language: 'pt',
  phrases: [
    {
      isClause: clause(
        `${PT_THING}${says(`${PT.made} (?:em parte )?${PT_BY} (?:uma |a )?${PT.ai}`)}(?: (?:por|com) [^?]{1,60})?`,
      ),
    },
    {
      isClause: clause(
        `${PT_THING}${says(`${PT.made} (?:por|pelo|pela|com|no|na|usando) ${NAMES}`)}(?: (?:por|com) [^?]{1,60})?`,
      ),
    },
  ],
  cancelledBefore:
    /\b(nao|sem|nunca|jamais|nem|conferencia|congresso|palestra|debate|exposicao|contra|como|reconhecer|detectar|proibid\w*|lei|tema|temas|palavras|oficina|em vez|captura)\b/i,
  cancelledBehind: /\b(proibid[oa]s?|nao|permitid[oa]s?)\b/i,
};

const HANS_THING =
  '(?:本|该|此|这|这张|这幅|这段|本张|上述|以上|所有|全部|部分)?(?:图|图片|图像|照片|画面|配图|插图|插画|题图|头图|封面图?|海报|视频|短片|音频|音乐|歌曲|配音|语音|声音|内容|作品|素材|文件|文档|文章|文字|文本)?(?:均|都|皆|全部|完全|部分)?';

const SIMPLIFIED: PhraseList = {
  language: 'zh-Hans',
  phrases: [
    {
      isClause: clause(
        `${HANS_THING}(?:是|为|系|属于)?(?:(?:由|用|使用|利用|借助|通过|经|以|运用) ?)?${says(`(?:疑似|可能为)?(?:${NAMES} ?)?(?:生成式)?(?:AI|人工智能|AIGC) ?(?:技术|工具|模型|大模型|软件)?(?:自动)?(?:辅助)?(?:生成|合成|生成合成|创作|制作|绘制|制图|编辑|修改|修图|配音|作曲)(?:的)? ?(?:图|图片|图像|照片|插图|插画|视频|音频|音乐|歌曲|作品|画面)?`)}(?:而成|的)?`,
      ),
    },
    {
      isClause: clause(
        `${says('(?:疑似|可能包含|含有?|包含)?(?:AI|人工智能|AIGC) ?(?:生成|合成|生成合成)(?:的)?内容')}`,
      ),
      mustBeAlone: true,
      isIgnoredInTitle: true,
    },
    {
      isClause: clause(
        `${HANS_THING}(?:是|为|系)?${says(`(?:由|用|使用|通过) ?${NAMES} ?(?:生成|制作|创作|绘制)`)}(?:的|而成)?`,
      ),
    },
  ],
  cancelledBefore:
    /并非|不是|不得|不含|未使用|没有|没用|禁止|严禁|拒绝|反对|是否|如何|怎样|怎么|什么|关于|讲座|大会|会议|论坛|课程|教程|研讨|办法|法规|规定|识别|鉴别|检测|展览|关键词|标签|截图|写着|题为/,
  cancelledBehind: /禁止|不得|除外/,
};

const HANT_THING =
  '(?:本|該|此|這|這張|這幅|這段|上述|以上|所有|全部|部分)?(?:圖|圖片|圖像|照片|畫面|配圖|插圖|插畫|題圖|封面|海報|影片|影像|短片|視頻|音訊|音樂|歌曲|配音|語音|聲音|內容|作品|素材|檔案|文件|文章|文字)?(?:均|都|皆|全部|完全|部分)?';

const TRADITIONAL: PhraseList = {
  language: 'zh-Hant',
  phrases: [
    {
      isClause: clause(
        `${HANT_THING}(?:是|為|係|屬於)?(?:(?:由|用|使用|利用|借助|透過|通過|經|以|運用) ?)?${says('(?:疑似|可能為)?(?:生成式 ?)?(?:AI|人工智慧|人工智能|AIGC) ?(?:技術|工具|模型|軟體)?(?:自動)?(?:輔助)?(?:生成|產生|產製|合成|創作|製作|繪製|製圖|編輯|修改|修圖|配音|作曲)(?:的)? ?(?:圖|圖片|圖像|照片|插圖|插畫|影片|影像|音訊|音樂|歌曲|作品|畫面)?')}(?:而成|的)?`,
      ),
    },
    {
      isClause: clause(
        `${says('(?:疑似|可能包含|含有?|包含)?(?:AI|人工智慧|人工智能) ?(?:生成|產生|合成)(?:的)?內容')}`,
      ),
      mustBeAlone: true,
      isIgnoredInTitle: true,
    },
    {
      isClause: clause(
        `${HANT_THING}(?:是|為|係)?${says(`(?:由|用|使用|透過) ?${NAMES} ?(?:生成|產生|製作|創作|繪製)`)}(?:的|而成)?`,
      ),
    },
  ],
  cancelledBefore:
    /並非|不是|不得|不含|未使用|沒有|沒用|禁止|嚴禁|拒絕|反對|是否|如何|怎樣|怎麼|什麼|關於|講座|大會|會議|論壇|課程|教學|研討|辦法|法規|規定|識別|鑑別|檢測|展覽|關鍵字|標籤|截圖|寫著|題為/,
  cancelledBehind: /禁止|不得|除外/,
};

const JAPANESE: PhraseList = {
  language: 'ja',
  phrases: [
    {
      isClause: clause(
        `(?:この|本|当|上の)?(?:画像|写真|イラスト|動画|映像|音声|音楽|楽曲|作品|文章|コンテンツ|絵|表紙)?(?:は|を)?(?:すべて|全て|一部)?${says('(?:生成 ?)?(?:AI|人工知能)(?:技術|ツール|モデル)?(?:で|により|によって|による|を使って|を使用して|を用いて|を利用して|が)?(?:自動)?(?:生成|作成|制作|合成|描画|編集|加工)(?:した|された|しました|されました|されています|されたものです|しています|したものです|している|されている|です)?(?:の)?(?:画像|写真|イラスト|動画|映像|音声|音楽|楽曲|作品|絵|物)?')}(?:です|である|となります)?`,
      ),
    },
    {
      isClause: clause(`${says('(?:AI|人工知能) ?(?:生成|作成)コンテンツ')}`),
      mustBeAlone: true,
      isIgnoredInTitle: true,
    },
    {
      isClause: clause(
        `(?:この|本)?(?:画像|イラスト|動画|作品)?(?:は)?${says(`${NAMES} ?(?:で|により|によって|を使って|を使用して)(?:生成|作成|制作)(?:した|された|しました|されました)?`)}(?:画像|イラスト|動画)?`,
      ),
    },
  ],
  cancelledBefore:
    /不使用|未使用|禁止|ではな|について|に関する|とは|講演|講座|会議|学会|展示|問題|規制|見分け|方法|使い方|入門|キーワード|タグ|テーマ|法律|反対/,
  cancelledBehind: /ではな|ではあり|じゃな|しませ|していませ|せず|禁止|厳禁|お断り/,
};

const KOREAN: PhraseList = {
  language: 'ko',
  phrases: [
    {
      isClause: clause(
        `(?:(?:이|본|해당|위) ?)?(?:이미지|사진|그림|일러스트|영상|동영상|비디오|음성|음악|노래|오디오|콘텐츠|컨텐츠|작품|글|문서)?(?:은|는|이|가|을|를)? ?${says('(?:생성형 ?)?(?:AI|인공지능) ?(?:기술|도구|모델)?(?:로|으로|가|이|에 의해|를 (?:사용|이용|활용)(?:해|하여|한)|을 (?:사용|이용|활용)(?:해|하여|한))? ?(?:자동 ?)?(?:생성|제작|합성|작성|편집|만든|만들어진|만들었|그린)(?:된|습니다|한|됨|됐음|되었음|되었습니다|됐습니다|했습니다)? ?(?:이미지|사진|그림|영상|동영상|음성|음악|작품)?')}(?:입니다|임)?`,
      ),
    },
    {
      isClause: clause(`${says('(?:AI|인공지능) ?생성 ?(?:콘텐츠|컨텐츠)')}`),
      mustBeAlone: true,
      isIgnoredInTitle: true,
    },
    {
      isClause: clause(
        `(?:(?:이|본) ?)?(?:이미지|사진|그림|영상)?(?:은|는)? ?${says(`${NAMES} ?(?:로|으로|에서) (?:생성|제작|만든)(?:된|한|됨|되었습니다)?`)} ?(?:이미지|사진|그림|영상)?`,
      ),
    },
  ],
  cancelledBefore:
    /아님|아닙|아닌|않|미사용|없이|금지|관한|대한|강연|회의|컨퍼런스|학회|전시|문제|규제|방법|구별|탐지|어떻게|주제|키워드|태그|법률|반대|강좌/,
  cancelledBehind: /아님|아닙|아니|않|금지/,
};

/** Closed lists of phrases, one per language. */
export const AI_PHRASES: readonly PhraseList[] = [
  ENGLISH,
  SIMPLIFIED,
  TRADITIONAL,
  JAPANESE,
  KOREAN,
  SPANISH,
  FRENCH,
  GERMAN,
  PORTUGUESE,
];

/** Positions in a text without accents where a phrase may occur. */
export const AI_WORD_POSITIONS = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:A\\.?I|K\\.?I|I\\.?A|AIGC|gen ?AI)(?![a-z])|AIgenerated|(?:AI|AIGC)(?=[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}])|artificial|artificielle|kunstlich|人工|인공지능|${NAMES}`,
  'giu',
);

/**
 * Fast precheck that matches every text with such a position, and some others. It costs a tenth, and most texts do not
 * match.
 */
export const AI_WORD_PRECHECK = new RegExp(
  `A\\.?I(?![a-z])|K\\.?I(?![a-z])|I\\.?A(?![a-z])|AIGC|AIgen|artificial|artificielle|k.{1,2}nstlich|人工|인공지능|${NAMES}`,
  'i',
);
