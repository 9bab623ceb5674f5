import { registerHooks } from 'node:module';

// Imported before anything else: from then on `vscode` is the fake.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'vscode' ? { url: new URL('fakeVscode.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context);
  },
});

// As what runs on Node says before it builds anything.
const [{ usePlatform }, { platform }] = await Promise.all([import('../../src/host/platform/current.ts'), import('../../src/host/platform/node.ts')]);
usePlatform(platform);
