import * as vscode from 'vscode';
import type { AnswerPart } from '../../core/languageModel/answer.ts';
import type { ForeignMessage, ForeignPart } from '../../core/languageModel/foreignMessage.ts';
import { toBase64 } from '../base64.ts';
import { promptText } from '../promptText.ts';

/** VS Code's message as the core reads it; parts that no service takes are left out. */
export function toForeign({ role, content }: vscode.LanguageModelChatRequestMessage): ForeignMessage {
  return { role: roleOf(role), parts: content.flatMap(toPart) };
}

/** A piece of an answer as VS Code takes it. */
export function toResponsePart(part: AnswerPart): vscode.LanguageModelResponsePart {
  if (part.kind === 'text') return new vscode.LanguageModelTextPart(part.text);
  return new vscode.LanguageModelToolCallPart(part.id, part.name, part.input as object);
}

/** The words of a message, for counting. */
export function wordsOf(message: vscode.LanguageModelChatRequestMessage): string {
  return toForeign(message)
    .parts.map((part) => (part.kind === 'text' || part.kind === 'result' ? part.text : part.kind === 'call' ? `${part.name} ${JSON.stringify(part.input)}` : ''))
    .join('\n');
}

function roleOf(role: vscode.LanguageModelChatMessageRole): ForeignMessage['role'] {
  if (role === vscode.LanguageModelChatMessageRole.User) return 'user';
  return role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'system';
}

function toPart(part: unknown): readonly ForeignPart[] {
  if (part instanceof vscode.LanguageModelTextPart) return [{ kind: 'text', text: part.value }];
  if (part instanceof vscode.LanguageModelToolCallPart) return [{ kind: 'call', id: part.callId, name: part.name, input: part.input }];
  if (part instanceof vscode.LanguageModelToolResultPart) {
    const parts = part.content.flatMap(toPart);
    const text = part.content.map((each) => (each instanceof vscode.LanguageModelPromptTsxPart ? promptText(each.value) : toPart(each).map((one) => (one.kind === 'text' ? one.text : '')).join(''))).join('');
    return [{ kind: 'result', callId: part.callId, text, images: parts.flatMap((each) => (each.kind === 'image' ? [each.url] : [])) }];
  }
  return dataPart(part);
}

/** A `LanguageModelDataPart`, which is newer than the oldest VS Code's typings and so known by its members. */
function dataPart(part: unknown): readonly ForeignPart[] {
  if (typeof part !== 'object' || part === null) return [];
  const { mimeType, data } = part as { readonly mimeType?: unknown; readonly data?: unknown };
  if (typeof mimeType !== 'string' || !(data instanceof Uint8Array)) return [];
  if (/^image\/(png|jpeg|gif|webp)$/.test(mimeType)) return [{ kind: 'image', url: `data:${mimeType};base64,${toBase64(data)}` }];
  // Others, as `cache_control` of VS Code's chat, are marks and no content.
  return /^(text\/.*|application\/(.*\+)?json)$/.test(mimeType) ? [{ kind: 'text', text: new TextDecoder().decode(data) }] : [];
}
