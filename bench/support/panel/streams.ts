/** A stream as a service sends it: pieces of a reasoning or an answer. */
export interface Stream {
  readonly kind: 'reasoning' | 'text';
  readonly chunks: readonly string[];
  /** How many chunks come every 16 ms. */
  readonly atOnce: number;
}

/** Stands at the end of every stream, and so says that a page has drawn all of it. */
export const lastWords = 'here ends the stream';

/** Chunks every 16 ms. What DeepSeek's own web client is tested with; the lines of the code come as fast. */
export const storm = 128;
/** 2,000 tokens a second, about what the fastest services reach. */
const fast = 32;

const words = ['The', ' tide', ' turns', ' at', ' noon', ',', ' so', ' we', ' sail', ' before', ' it', '.', '\n\n', ' 潮', '水', ' **then**', ' `keel()`', ' returns', ' 42', '\n- '];

/** Reasoning in so many chunks of a token each. */
export function reasoningStream(count: number): Stream {
  const pick = numbers();
  const chunks = Array.from({ length: count - 1 }, () => words[pick(words.length)] ?? '');
  return { kind: 'reasoning', chunks: [...chunks, `\n\n${lastWords}`], atOnce: storm };
}

/** An answer in Markdown with code and tables, of about so many characters, in chunks of four. */
export function answerStream(length: number, atOnce = fast): Stream {
  return { kind: 'text', chunks: [...cut(answerText(length), 4), `\n\n${lastWords}`], atOnce };
}

/** One block of code of about so many characters, in chunks of a line. */
export function codeStream(length: number): Stream {
  const pick = numbers();
  const lines: string[] = ['```typescript\n'];
  for (let made = 0, line = 0; made < length; line += 1) {
    const text = codeLine(line, pick);
    lines.push(text);
    made += text.length;
  }
  return { kind: 'text', chunks: [...lines, `// ${lastWords}`], atOnce: storm };
}

function answerText(length: number): string {
  const pick = numbers();
  const parts: string[] = [];
  for (let made = 0, section = 1; made < length; section += 1) {
    const part = `## ${section}. ${sentence(pick, 4)}\n\n${paragraph(pick)}\n\n${list(pick)}\n\n${paragraph(pick)}\n\n${code(pick)}\n\n${paragraph(pick)}\n\n${table(pick)}\n\n`;
    parts.push(part);
    made += part.length;
  }
  return parts.join('').slice(0, length).trimEnd();
}

const nouns = ['request', 'buffer', 'retry', 'socket', 'answer', 'parser', 'queue', 'timer', 'header', 'window', 'token', 'stream'];
const verbs = ['keeps', 'drops', 'reads', 'closes', 'waits for', 'shares', 'copies', 'returns', 'splits', 'counts'];

function sentence(pick: (below: number) => number, length: number): string {
  const said = Array.from({ length }, () => `the ${nouns[pick(nouns.length)] ?? ''} ${verbs[pick(verbs.length)] ?? ''}`);
  const text = `${said.join(' and ')} the ${nouns[pick(nouns.length)] ?? ''}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function paragraph(pick: (below: number) => number): string {
  return [
    `${sentence(pick, 3)}. ${sentence(pick, 2)}, which **${sentence(pick, 1).toLowerCase()}**.`,
    `See \`src/core/${nouns[pick(nouns.length)] ?? ''}.ts\` and [the reference](https://example.org/${pick(1000)}), for *${sentence(pick, 1).toLowerCase()}*.`,
    `${sentence(pick, 4)}.`,
  ].join(' ');
}

function list(pick: (below: number) => number): string {
  return Array.from({ length: 4 }, (_, index) => `${index + 1}. ${sentence(pick, 2)} with \`${nouns[pick(nouns.length)] ?? ''}()\`.`).join('\n');
}

function code(pick: (below: number) => number): string {
  return `\`\`\`typescript\n${Array.from({ length: 18 }, (_, line) => codeLine(line, pick)).join('')}\`\`\``;
}

function codeLine(line: number, pick: (below: number) => number): string {
  const [one, other] = [nouns[pick(nouns.length)] ?? '', nouns[pick(nouns.length)] ?? ''];
  switch (line % 6) {
    case 0:
      return `export async function ${one}${line}(${other}: string, limit = ${pick(100)}): Promise<number> {\n`;
    case 1:
      return `  // ${sentence(pick, 1)}\n`;
    case 4:
      return `  if (${one}.length > limit) return ${other}(${one}, "${one} of ${line}", ${pick(1000)});\n`;
    case 5:
      return '}\n';
    default:
      return `  const ${one} = await ${other}.${one}({ name: \`\${${other}}-${line}\`, size: ${pick(1000)} });\n`;
  }
}

function table(pick: (below: number) => number): string {
  const row = (): string => `| ${nouns[pick(nouns.length)] ?? ''} | \`${nouns[pick(nouns.length)] ?? ''}\` | ${pick(10_000)} | ${sentence(pick, 1)} |`;
  return ['| name | field | bytes | meaning |', '|---|:-:|--:|---|', ...Array.from({ length: 7 }, row)].join('\n');
}

function cut(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** Numbers that look like chance and are the same each time. */
function numbers(): (below: number) => number {
  let seed = 7;
  return (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % below;
  };
}
