import { parseArgs } from 'node:util';
import { startSimulator } from './server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4747' }, delay: { type: 'string', default: '15' } } });
const simulator = await startSimulator({ port: Number(values.port), pace: { chunkDelayMs: Number(values.delay) } });

console.log(`The Rivulet simulator is running. It is a development and test tool: its answers come from rules, not from a model.

  no key    ${simulator.bases.open}  (model simulated-reasoner)
  DeepSeek  ${simulator.bases.deepseek}  (key ${simulator.keys.deepseek})
  iFlow     ${simulator.bases.iflow}  (key ${simulator.keys.iflow})
  jiekou.ai ${simulator.bases.jiekou}  (key ${simulator.keys.jiekou})

Faults: POST ${simulator.origin}/_simulator/faults. Requests: GET ${simulator.origin}/_simulator/requests. Ctrl+C ends it.`);

// A signal to npm ends the shell between npm and this process without telling this process.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] !== undefined) setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 1000).unref();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
}
