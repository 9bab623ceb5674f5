import type { AttachedCode, Question } from './question.ts';

type Language = Question['language'];

/** The last line of every answer, so that nobody takes the simulator for a model. */
export const signature: Readonly<Record<Language, string>> = {
  en: 'This answer comes from the local simulator, a development and test tool, not from a real model.',
  zh: '本回答来自本地模拟器（开发与测试工具），并非真实模型。',
};

/** The beginning of a question, short enough to be quoted in a sentence. */
export function gistOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${Array.from(line).slice(0, 80).join('')}…`;
}

/** A fenced block that its own content cannot close. */
export function fenced(content: string, language = ''): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${content}${content.endsWith('\n') ? '' : '\n'}${ticks}`;
}

const openings: Readonly<Record<Language, readonly [string, string, string]>> = {
  en: ['You asked', 'Your question was', 'The question here is'],
  zh: ['你问的是', '你的问题是', '这里的问题是'],
};

/** An answer that gives the question back, with one of each simple Markdown block. */
export function echoAnswer(question: Question, variant: number): string {
  const opening = openings[question.language][variant % 3] ?? '';
  const gist = gistOf(question.text);
  const length = Array.from(question.text).length;
  const code = fenced(`const question = ${JSON.stringify(gist)};`, 'ts');
  const blocks = question.language === 'zh'
    ? ['## 回答', `${opening}：“${gist}”。`, `- 问题共有 ${length} 个字符。\n- 没有读取任何文件。`, code]
    : ['## Answer', `${opening}: “${gist}”.`, `- The question has ${length} characters.\n- No file was read for it.`, code];
  return blocks.join('\n\n');
}

/** An explanation of attached code that quotes its first line, its language and its path. */
export function explanation(code: AttachedCode | undefined, question: Question): string {
  if (code === undefined) return echoAnswer(question, 0);
  const first = code.firstLine.trim();
  const block = fenced(code.firstLine, code.language);
  if (question.language === 'zh') {
    const path = code.path === undefined ? '' : `- 文件：\`${code.path}\`\n`;
    const list = `${path}- 语言：${code.language === '' ? '未注明' : code.language}\n- 从第一行开始阅读：`;
    return ['## 代码说明', `这段代码的第一行是 \`${first}\`。`, list, block].join('\n\n');
  }
  const path = code.path === undefined ? '' : `- Path: \`${code.path}\`\n`;
  const list = `${path}- Language: ${code.language === '' ? 'not given' : code.language}\n- It starts with this line:`;
  return ['## Explanation', `The code begins with \`${first}\`.`, list, block].join('\n\n');
}

/** Numbered sentences, for tests that stop an answer. */
export function longAnswer(language: Language, count: number): string {
  return Array.from({ length: count }, (_, index) =>
    language === 'zh'
      ? `${index + 1}. 这是长回答的第 ${index + 1} 句，共 ${count} 句。`
      : `${index + 1}. This is sentence ${index + 1} of ${count} in a long answer.`,
  ).join('\n');
}

/** Words for a tool result, with the result itself unchanged in a fence. */
export function quoteResult(
  language: Language,
  result: { readonly path: string | undefined; readonly several: boolean; readonly content: string },
): string {
  const refused = /^\s*(?:error|refused|denied|cannot|could not|can't|not |no such|invalid|unknown|错误|拒绝|无法|不能|\S+ (?:cannot|was not) )/i.test(result.content);
  const block = fenced(result.content);
  if (language === 'zh') {
    const name = result.path !== undefined && result.several ? ` \`${result.path}\` ` : '';
    return refused ? `工具${name}拒绝了：\n\n${block}` : `文件${name}的内容是：\n\n${block}`;
  }
  const name = result.path !== undefined && result.several ? ` \`${result.path}\`` : '';
  return refused ? `The tool${name === '' ? '' : `, asked for${name},`} refused:\n\n${block}` : `The file${name} says:\n\n${block}`;
}

/** Reasoning: what was asked, and what comes next. */
export function reasoningFor(
  question: Question,
  step: { readonly kind: 'call' | 'quote' | 'answer'; readonly names: readonly string[] },
  extra: number,
): string {
  const gist = gistOf(question.text);
  const names = step.names.join(question.language === 'zh' ? '、' : ', ');
  const more = Array.from({ length: extra }, (_, index) =>
    question.language === 'zh' ? `第 ${index + 1} 步再想一想。` : ` Thought ${index + 1} is one more look at it.`,
  ).join('');
  if (question.language === 'zh') {
    const next = { call: `我要先调用 ${names}，再根据结果回答。`, quote: `${names} 的结果已经有了，我会原样引用。`, answer: '不需要工具，我直接回答。' }[step.kind];
    return `用户说：“${gist}”。${more}${next}`;
  }
  const next = {
    call: `I will call ${names} first and answer from the result.`,
    quote: `The result of ${names} is here, so I will quote it as it came.`,
    answer: 'No tool is needed, so I will answer directly.',
  }[step.kind];
  return `The user says: “${gist}”.${more} ${next}`;
}
