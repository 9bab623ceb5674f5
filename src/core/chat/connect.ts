import type { ToolPicker } from '../../protocol/toolsView.ts';
import type { ModelView } from '../../protocol/viewState.ts';
import { seamless } from '../agent/seam.ts';
import { complete } from '../completions/complete.ts';
import { joinInWords } from '../completions/continuation.ts';
import type { Patience, Recorder } from '../completions/request.ts';
import { CompletionError } from '../completions/completionError.ts';
import type { KeyState } from '../keys/keyStore.ts';
import type { Workspace } from '../ports.ts';
import { noticeOf, type ModelChoice } from '../providers/catalogue.ts';
import { findModel, type ParameterValues } from '../providers/spec.ts';
import type { ChosenTools } from '../foreignTools/toolbox.ts';
import type { OptionalPorts, Tool, ToolContext } from '../tools/tool.ts';
import { tools } from '../tools/tools.ts';
import type { Connection } from './chatOptions.ts';

/** What a connection is made of. */
export interface ConnectionParts {
  readonly choice: ModelChoice;
  readonly key: KeyState;
  /** What the turn's tools work with. */
  readonly toolContext: Omit<ToolContext, 'signal'>;
  /** The person has put documents before the model that are no files of a folder: tools can work on those. */
  readonly offersDocuments?: boolean | undefined;
  /** Which tools the chat has; those of a new chat when left out. */
  readonly chosen?: ChosenTools | undefined;
  /** What the person set for this model. */
  readonly parameters: ParameterValues;
  readonly patience: Patience;
  /** Makes a recorder for each request, where somebody wants to look at them. */
  readonly record?: (() => Recorder) | undefined;
}

/** An agent that asks the chosen model. Without a usable key its completions fail with `no-key`. */
export function connectAgent({ choice, key, toolContext, offersDocuments = false, chosen, parameters, patience, record }: ConnectionParts): Connection {
  const { model, unknownService } = choice;
  const provider = unknownService === undefined ? choice.provider : { ...choice.provider, id: unknownService, label: unknownService };
  return {
    provider,
    model,
    prices: findModel(provider, model).prices,
    agent: {
      tools: offeredTools(choice, toolContext, { offersDocuments, chosen }),
      toolContext,
      complete(messages, offered, { signal, continuesLast }) {
        if (choice.unknownService !== undefined) throw new CompletionError('unknown-service', `rivulet.model is "${choice.unknownService}/${model}".`);
        if (key.kind === 'none') throw new CompletionError('no-key', `No key is stored for ${provider.label}.`);
        if (key.kind === 'other-origin') throw new CompletionError('other-origin', `The stored key was given for ${key.origin}, not for ${provider.baseUrl}.`);
        const request = { provider, model, key: key.kind === 'key' ? key.key : undefined, messages, tools: offered, parameters, stream: true, continuesLast, patience, recorder: record?.() };
        const events = complete(request, signal);
        const last = messages.at(-1);
        // A prefix is gone on with to the letter; a model that is told to go on may say its last words again.
        return continuesLast && last?.role === 'assistant' ? joinInWords(events, request, (words) => seamless(words, last.text)) : events;
      },
    },
  };
}

/** What the page shows of the chosen model; `key` is undefined until the key store has answered. */
export function modelView(choice: ModelChoice, key: KeyState | undefined, workspace: Workspace): ModelView {
  const limits = workspace.limits?.() ?? [];
  return {
    service: choice.unknownService ?? choice.provider.id,
    serviceLabel: choice.unknownService ?? choice.provider.label,
    model: choice.model,
    readiness: choice.unknownService === undefined ? readinessOf(key) : 'ready',
    hasKeyPage: choice.provider.keyUrl !== undefined,
    notice: noticeOf(choice),
    tools: toolAccess(workspace),
    ...(limits.length > 0 && { limits }),
  };
}

function readinessOf(key: KeyState | undefined): ModelView['readiness'] {
  switch (key?.kind) {
    case undefined:
      return 'unknown';
    case 'key':
    case 'not-needed':
      return 'ready';
    case 'none':
      return 'needs-key';
    case 'other-origin':
      return 'key-for-other-address';
  }
}

/** Tools that work on one document; the others look for files, or make some, where there is no folder to do it in. */
const documentTools: ReadonlySet<string> = new Set(['read_file', 'get_diagnostics', 'document_symbols', 'find_definition', 'find_references', 'hover', 'edit_file']);

export interface OfferOptions {
  readonly offersDocuments: boolean;
  readonly chosen?: ChosenTools | undefined;
}

/** The tools that a request to this model offers: what it can take, the window allows and has, and the chat has switched on. Own ones come first. */
export function offeredTools(choice: Pick<ModelChoice, 'provider' | 'model'>, context: Omit<ToolContext, 'signal' | 'person'>, { offersDocuments, chosen }: OfferOptions): readonly Tool[] {
  const access = toolPickerAccess(choice, context.workspace);
  if (access === 'untrusted' || access === 'model') return [];
  const usable = tools.filter((tool) => isUsable(tool, context) && chosen?.off.has(tool.name) !== true);
  const own = access === 'on' ? usable : offersDocuments ? usable.filter(({ name }) => documentTools.has(name)) : [];
  return [...own, ...(chosen?.foreign ?? [])];
}

/** Whether the window has what a tool needs. */
export function isUsable({ needs }: Tool, ports: OptionalPorts): boolean {
  return needs.every((port) => ports[port] !== undefined);
}

/** Why a model is offered no tools, or not all; without a folder there are those of others, which the person has chosen one by one. */
export function toolPickerAccess({ provider, model }: Pick<ModelChoice, 'provider' | 'model'>, workspace: Workspace): ToolPicker['access'] {
  if (!workspace.isTrusted()) return 'untrusted';
  return findModel(provider, model).tools === false ? 'model' : toolAccess(workspace);
}

/** In a folder that the person has not trusted its files may be made to mislead the model: chat only (docs/safety.md A5, B15). */
function toolAccess(workspace: Workspace): ModelView['tools'] {
  if (workspace.folders().length === 0) return 'no-folder';
  return workspace.isTrusted() ? 'on' : 'untrusted';
}
