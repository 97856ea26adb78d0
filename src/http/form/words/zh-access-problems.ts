/** Chinese for those problems that the guards raise, whoever asks: keys, ways in, shares of what there is. */
export const accessProblems = {
  'key-required': {
    title: '此服务器需要密钥',
    meaning:
      '请以“Authorization: Bearer assay_…”发送 API 密钥，或在浏览器中用密钥登录。运营者用 `assay keys create` 创建密钥。',
  },
  'key-invalid': {
    title: '此密钥无效',
    meaning: '该密钥不存在、已被撤销或已过期。请向此服务器的运营者索取新的密钥。',
  },
  'scope-missing': {
    title: '此密钥无权进行该操作',
    meaning: '密钥有效，但缺少此地址所需的权限范围。请使用具备该范围的密钥。',
  },
  'proxy-not-trusted': {
    title: '请求经由此处未信任的代理',
    meaning:
      '标头表明请求是转发来的（X-Forwarded-For 等），而运营者未指定这样的代理。受信任的代理由 ASSAY_TRUSTED_PROXIES 指定。',
  },
  'cross-origin': {
    title: '请求来自他人的网页',
    meaning: '标头“Origin”所指的网页不属于此服务器。允许的网页由 ASSAY_CORS_ORIGINS 指定。',
  },
  'form-expired': {
    title: '页面已过期',
    meaning: '请求不是来自当前登录的页面，或登录已结束。请重新打开页面后再试。',
  },
  'key-not-found': { title: '没有这个密钥', meaning: '该标识不在 GET /v1/keys 所列之中。' },
  'host-not-allowed': {
    title: '此服务器不使用该名称',
    meaning: '标头“Host”不是此服务器应答的名称。名称由 ASSAY_ALLOWED_HOSTS 和 ASSAY_PUBLIC_URL 指定。',
  },
  'too-many-requests': {
    title: '请求过多',
    meaning: '该密钥（或未使用密钥的该地址）在一分钟内的请求次数超出上限。请在“Retry-After”之后重试。',
  },
  'too-many-uploads': {
    title: '此密钥同时上传过多',
    meaning: '该密钥正在进行的上传数已达上限。请等待其中一个结束。',
  },
  'quota-used-up': {
    title: '此密钥当日额度已用完',
    meaning: '该密钥今日（UTC）不能再发送：“RateLimit”列出各项余量，“Retry-After”表明当日何时结束。',
  },
  'length-required': {
    title: '正文长度未知',
    meaning: '此密钥每日可发送的字节数有限，因此每次上传须注明“Content-Length”。',
  },
  'too-many-attempts': {
    title: '无效密钥的尝试次数过多',
    meaning: '此地址或此密钥编号的无效尝试次数过多。有效的密钥仍可使用。请在“Retry-After”之后重试。',
  },
} as const;
