import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentWith, run, type RunResult, withFirstInPath } from './processes.ts';

/** Where and with which Node an npm command runs. */
export interface NpmOptions {
  readonly folder: string;
  readonly node: string;
  readonly timeoutMs?: number;
}

/** Runs npm quietly; its whole output is in the answer. */
export function npm(args: readonly string[], options: NpmOptions): Promise<RunResult> {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const npmScript = process.env['npm_execpath'];
  const isWindows = process.platform === 'win32';
  const useScript = npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript) && existsSync(npmScript);
  const command = useScript ? options.node : isWindows ? 'npm.cmd' : 'npm';
  const environment = { ...withFirstInPath(options.node), ...headers() };
  return run(command, [...(useScript ? [npmScript] : []), ...args, ...quiet], {
    folder: options.folder,
    environment,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
}

/**
 * Native modules are compiled against the headers beside the system's Node where there are any: they use N-API only,
 * so any version's do, and node-gyp need not download them.
 */
function headers(): Record<string, string> {
  if (environmentWith()['npm_config_nodedir']) return {};
  for (const node of [process.env['RIVULET_SYSTEM_NODE'], process.execPath]) {
    if (!node || !existsSync(node)) continue;
    const prefix = dirname(dirname(realpathSync(node)));
    if (existsSync(join(prefix, 'include', 'node', 'node_api.h'))) return { npm_config_nodedir: prefix };
  }
  return {};
}
