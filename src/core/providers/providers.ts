import { deepseek } from './deepseek.ts';
import { iflow } from './iflow.ts';
import { jiekou } from './jiekou.ts';
import type { ProviderSpec } from './spec.ts';

/** The services that Rivulet knows; the first is the default. */
export const providers: readonly ProviderSpec[] = [deepseek, jiekou, iflow];
