import * as vscode from 'vscode';

/** A piece of a conversation as an extension would store it: nothing but what VS Code's interface gave it. */
export type Kept =
  | { readonly kind: 'question' | 'answer'; readonly text: string }
  | { readonly kind: 'calls'; readonly text: string; readonly calls: readonly { readonly callId: string; readonly name: string; readonly input: object }[] }
  | { readonly kind: 'results'; readonly results: readonly { readonly callId: string; readonly text: string }[] };

const weather: vscode.LanguageModelChatTool = {
  name: 'weather',
  description: 'The weather of a place.',
  inputSchema: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
};

/** Asks so many questions, each of which takes a call of a tool of our own; the conversation before and after. */
export async function converse(model: vscode.LanguageModelChat, before: readonly Kept[], { from, turns }: { readonly from: number; readonly turns: number }): Promise<readonly Kept[]> {
  const kept = [...before];
  for (let turn = from; turn < from + turns; turn += 1) {
    kept.push({ kind: 'question', text: `Question ${turn}: what about Lübeck? [[simulate: call tool weather with { "place":  "Lübeck ${turn}" }]]` });
    for (let round = 0; ; round += 1) {
      if (round > 3) throw new Error('The model does not stop calling.');
      const { text, calls } = await ask(model, kept);
      if (calls.length === 0) {
        if (text === '') throw new Error('The model says nothing.');
        kept.push({ kind: 'answer', text });
        break;
      }
      kept.push({ kind: 'calls', text, calls }, { kind: 'results', results: calls.map(({ callId }) => ({ callId, text: 'rain' })) });
    }
  }
  return kept;
}

async function ask(model: vscode.LanguageModelChat, kept: readonly Kept[]): Promise<{ readonly text: string; readonly calls: readonly { readonly callId: string; readonly name: string; readonly input: object }[] }> {
  const response = await model.sendRequest(kept.map(message), { tools: [weather] });
  let text = '';
  const calls: { readonly callId: string; readonly name: string; readonly input: object }[] = [];
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    if (part instanceof vscode.LanguageModelToolCallPart) calls.push({ callId: part.callId, name: part.name, input: part.input });
  }
  return { text, calls };
}

function message(kept: Kept): vscode.LanguageModelChatMessage {
  switch (kept.kind) {
    case 'question':
      return vscode.LanguageModelChatMessage.User(kept.text);
    case 'answer':
      return vscode.LanguageModelChatMessage.Assistant(kept.text);
    case 'calls':
      return vscode.LanguageModelChatMessage.Assistant([...(kept.text === '' ? [] : [new vscode.LanguageModelTextPart(kept.text)]), ...kept.calls.map(({ callId, name, input }) => new vscode.LanguageModelToolCallPart(callId, name, input))]);
    case 'results':
      return vscode.LanguageModelChatMessage.User(kept.results.map(({ callId, text }) => new vscode.LanguageModelToolResultPart(callId, [new vscode.LanguageModelTextPart(text)])));
  }
}
