import * as vscode from 'vscode';
import type { OfferedModel } from '../../core/languageModel/offeredModels.ts';
import { describeModel } from '../../core/models/describeModel.ts';
import { noticeOf } from '../../core/providers/catalogue.ts';
import { foreign, localiseForeign } from '../messages.ts';

/** A model as VS Code's picker shows it and as other extensions select it. */
export function modelInformation({ id, provider, model, spec, maxInputTokens, maxOutputTokens, takesImages, tools }: OfferedModel): vscode.LanguageModelChatInformation {
  const notice = noticeOf({ provider, model });
  const facts = describeModel(spec, vscode.env.language).map(localiseForeign).join(' · ');
  return {
    id,
    name: foreign(model),
    family: model,
    // A service names another version by another name.
    version: model,
    detail: foreign(provider.label),
    tooltip: [facts, ...(notice === undefined ? [] : [localiseForeign(notice)])].filter((line) => line !== '').join('\n'),
    maxInputTokens,
    maxOutputTokens,
    capabilities: { imageInput: takesImages, toolCalling: tools === 0 ? false : tools },
  };
}
