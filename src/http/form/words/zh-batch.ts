import type { BatchWords } from './batch-words.js';

export const zhBatch: BatchWords = {
  title: '批次',
  list: '批次',
  about: '由程序一并发送的文件，最新的在前。',
  none: '没有批次。',
  begun: '开始时间',
  files: '文件数',
  state: '状态',
  running: (ended, total) => `共 ${total} 个文件，已查看 ${ended} 个。`,
  done: (total) => `已全部结束。文件数：${total}。`,
  cancelled: (ended, total) => `已取消。共 ${total} 个文件，取消前已查看 ${ended} 个。`,
  again: '此页面会自动刷新。',
  byState: '按状态',
  results: '全部结果，每行一项（NDJSON）',
  cancel: '取消其余文件',
  cancelTerms: '等待中的文件不再查看；已有的报告保留。',
  further: '更多文件',
  first: '回到开头',
};
