import * as vscode from 'vscode';
import { createProgress } from '../../core/chat/progress.ts';
import type { CompletionEvent } from '../../core/completions/completion.ts';
import { CompletionError } from '../../core/completions/completionError.ts';
import { answer } from '../../core/languageModel/answer.ts';
import { toolLimitOf } from '../../core/languageModel/offeredModels.ts';
import { readHistory } from '../../core/languageModel/readHistory.ts';
import { requestParameters } from '../../core/languageModel/requestParameters.ts';
import { nameTools, type NamedTools } from '../../core/languageModel/toolNames.ts';
import type { Json } from '../../core/json.ts';
import type { ModelChoice } from '../../core/providers/catalogue.ts';
import { findModel } from '../../core/providers/spec.ts';
import { foreign } from '../messages.ts';
import { readParameters } from '../parameters.ts';
import { readPatience } from '../settings.ts';
import { toLanguageModelError } from './errors.ts';
import type { LanguageModelsParts } from './languageModels.ts';
import { toForeign, toResponsePart } from './parts.ts';
import { requesterOf } from './requester.ts';

/** A request as VS Code hands it over. */
export interface Asked {
  readonly choice: ModelChoice;
  readonly messages: readonly vscode.LanguageModelChatRequestMessage[];
  readonly options: vscode.ProvideLanguageModelChatResponseOptions;
  readonly progress: vscode.Progress<vscode.LanguageModelResponsePart>;
  readonly token: vscode.CancellationToken;
}

/** Answers one request, as it comes; counts what it cost; says in the log who asked, and nothing of what. Every failure is one of VS Code's. */
export async function respond(asked: Asked, parts: LanguageModelsParts): Promise<void> {
  const { choice, token } = asked;
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const listening = token.onCancellationRequested(() => controller.abort());
  try {
    await stream(asked, parts, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new vscode.CancellationError();
    parts.log.warn(`${choice.provider.id}/${choice.model}: ${error instanceof CompletionError ? `${error.kind}: ${error.message}` : String(error)}`);
    throw toLanguageModelError(error, choice);
  } finally {
    listening.dispose();
  }
}

async function stream({ choice, messages, options, progress }: Asked, parts: LanguageModelsParts, signal: AbortSignal): Promise<void> {
  const { access, today, exchanges, clock, log, own } = parts;
  const { provider, model } = choice;
  const requester = requesterOf(options, own);
  if (!(await access.isAllowed(requester, provider.label))) throw vscode.LanguageModelError.NoPermissions(vscode.l10n.t('{0} is not allowed to use the models of Rivulet.', foreign(requester.name)));
  signal.throwIfAborted();
  const key = await keyOf(choice, parts);
  const names = toolsOf(options, choice);
  const memory = parts.memory.of({ requester: requester.id, service: provider.id, model });
  const history = await readHistory(messages.map(toForeign), memory, names);
  const parameters = requestParameters({ provider, model, own: readParameters(choice), modelOptions: options.modelOptions, mustCallTool: names.tools.length > 0 && options.toolMode === vscode.LanguageModelChatToolMode.Required });
  const spent = createProgress({ before: undefined, isBegun: false, prices: findModel(provider, model).prices, now: () => clock.now(), spent: (cost) => today.add(cost) });
  const recorder = exchanges.recorderFor(`languageModel:${requester.id}`, key);
  const request = { provider, model, key, messages: history, tools: names.tools, parameters, stream: true, patience: readPatience(), recorder };
  log.info(`${requester.id} asks ${provider.id}/${model}: ${messages.length} messages, ${names.tools.length} tools.`);
  const follow = (event: CompletionEvent): void => {
    spent.note(event.type === 'end' ? { type: 'answered', end: event } : event);
    // VS Code has no way to say so.
    if (event.type === 'end' && event.reason === 'length') log.warn(`The answer of ${provider.id}/${model} reached the limit on its length.`);
  };
  spent.note({ type: 'asking' });
  try {
    const answering = answer(request, signal, { memory, names, follow });
    for await (const part of answering) progress.report(toResponsePart(part));
  } catch (error) {
    spent.failed(error);
    throw error;
  } finally {
    const paid = spent.paid();
    if (paid !== undefined) today.count(paid);
    const usage = spent.usage();
    if (usage !== undefined) log.info(`${requester.id} used ${usage.promptTokens} + ${usage.completionTokens} tokens of ${provider.id}/${model}.`);
  }
}

/** The key that may be sent; a service without a usable one is not asked. */
async function keyOf(choice: ModelChoice, { services }: LanguageModelsParts): Promise<string | undefined> {
  const { provider } = choice;
  const key = await services.keyOf(choice);
  if (key.kind === 'none') throw new CompletionError('no-key', `No key is stored for ${provider.label}.`);
  if (key.kind === 'other-origin') throw new CompletionError('other-origin', `The stored key was given for ${key.origin}, not for ${provider.baseUrl}.`);
  return key.kind === 'key' ? key.key : undefined;
}

function toolsOf({ tools = [] }: vscode.ProvideLanguageModelChatResponseOptions, { provider, model }: ModelChoice): NamedTools {
  const most = toolLimitOf(provider);
  if (tools.length > most) throw new vscode.LanguageModelError(vscode.l10n.t('{0} takes at most {1} tools in a request; this one has {2}.', foreign(provider.label), most, tools.length));
  const usable = findModel(provider, model).tools === false ? [] : tools;
  return nameTools(usable.map(({ name, description, inputSchema }) => ({ name, description, parameters: schemaOf(inputSchema) })));
}

function schemaOf(schema: object | undefined): Json {
  return schema === undefined ? { type: 'object', properties: {} } : (JSON.parse(JSON.stringify(schema)) as Json);
}
