import * as vscode from 'vscode';

/** The vendor of the manifest: `vscode.lm.selectChatModels({ vendor: 'rivulet' })`. */
const vendor = 'rivulet';

/**
 * Tells VS Code that there are models and builds nothing. VS Code asks in silence which there are when a window opens: where
 * no key was ever set and no server of one's own is named, that is answered without loading the rest.
 */
export function registerLanguageModels(context: vscode.ExtensionContext, load: () => Promise<vscode.LanguageModelChatProvider>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let following: vscode.Disposable | undefined;
  const loaded = async (): Promise<vscode.LanguageModelChatProvider> => {
    const models = await load();
    following ??= models.onDidChangeLanguageModelChatInformation?.(() => changed.fire());
    return models;
  };
  const isUsed = async (): Promise<boolean> => {
    const endpoints = vscode.workspace.getConfiguration('rivulet').get<unknown>('endpoints');
    return (Array.isArray(endpoints) && endpoints.length > 0) || (await context.secrets.get('rivulet.keys')) !== undefined;
  };
  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    async provideLanguageModelChatInformation(options, token) {
      if (options.silent && !(await isUsed())) return [];
      return (await loaded()).provideLanguageModelChatInformation(options, token);
    },
    provideLanguageModelChatResponse: async (...request) => (await loaded()).provideLanguageModelChatResponse(...request),
    provideTokenCount: async (...request) => (await loaded()).provideTokenCount(...request),
  };
  return vscode.Disposable.from(
    vscode.lm.registerLanguageModelChatProvider(vendor, provider),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('rivulet')) changed.fire();
    }),
    context.secrets.onDidChange(({ key }) => {
      if (key.startsWith('rivulet.key')) changed.fire();
    }),
    { dispose: () => following?.dispose() },
    changed,
  );
}
