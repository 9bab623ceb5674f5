import type { Simulator } from '../simulator/server.ts';
import { reset, secrets, settings } from './fakeVscode.ts';

/** A fresh VS Code whose DeepSeek is the simulator's, with its key and, where one is named, this model chosen. */
export function resetTo(simulator: Simulator, model?: string): void {
  reset();
  simulator.requests.length = 0;
  settings.set('rivulet.baseUrls', { deepseek: simulator.bases.deepseek });
  if (model !== undefined) settings.set('rivulet.model', `deepseek/${model}`);
  secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: new URL(simulator.bases.deepseek).origin, key: simulator.keys.deepseek }));
}
