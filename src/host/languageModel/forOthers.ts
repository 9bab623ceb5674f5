import type * as vscode from 'vscode';
import { createAccess, type Access } from '../../core/languageModel/access.ts';
import { createReasoningMemory, type ReasoningMemory } from '../../core/languageModel/reasoningMemory.ts';
import { setApiKey } from '../commands/setApiKey.ts';
import { confirmByHost } from '../confirmation.ts';
import { readAccessPolicy } from '../settings.ts';
import { createLanguageModels, type LanguageModelsParts } from './languageModels.ts';
import { createTurnFiles } from './turnFiles.ts';

/** Our models for VS Code and other extensions, who may use them, and what is remembered for them. */
export interface ModelsForOthers {
  readonly provider: vscode.LanguageModelChatProvider;
  readonly access: Access;
  readonly memory: ReasoningMemory;
}

const allowedName = 'rivulet.allowedExtensions';

export function createModelsForOthers({ globalState, globalStorageUri, extension }: Pick<vscode.ExtensionContext, 'globalState' | 'globalStorageUri' | 'extension'>, parts: Omit<LanguageModelsParts, 'access' | 'policy' | 'memory' | 'own' | 'askForKey'>): ModelsForOthers {
  const { clock, log, services, keys } = parts;
  const memory = createReasoningMemory({ files: createTurnFiles(globalStorageUri), clock, log });
  const access = createAccess({
    policy: readAccessPolicy,
    memory: { read: () => globalState.get(allowedName), write: async (ids) => globalState.update(allowedName, ids) },
    confirm: confirmByHost,
  });
  const provider = createLanguageModels({ ...parts, access, policy: readAccessPolicy, memory, own: extension.id, askForKey: async () => setApiKey.run({ services, keys, log }) });
  return { provider, access, memory };
}
