import { checkEntry } from './faultQueue.ts';
import { jsonAnswer, type RawAnswer } from './refusal.ts';
import { withoutSecrets } from './recorder.ts';
import type { SimulatorState } from './simulatorState.ts';

/**
 * The simulator's own resources, for tests in another process: `POST /_simulator/faults` takes one entry of the fault queue
 * or a list, `DELETE` empties it; `GET /_simulator/requests` lists what came, without keys, `DELETE` forgets it.
 */
export function controlAnswer(state: SimulatorState, request: { readonly method: string; readonly path: string; readonly text: string; readonly host: string }): RawAnswer {
  // A page in a browser can reach a loopback port under a name of its own; the list holds what was typed.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(request.host)) return jsonAnswer(403, { error: 'Only for loopback addresses.' });
  switch (`${request.method} ${request.path.slice('/_simulator/'.length)}`) {
    case 'GET requests': {
      const secrets = Object.values(state.keys);
      return jsonAnswer(200, { requests: state.requests.map((record) => withoutSecrets(record, secrets)) });
    }
    case 'DELETE requests':
      state.requests.length = 0;
      return jsonAnswer(200, { requests: [] });
    case 'DELETE faults':
      state.faults.clear();
      return jsonAnswer(200, { pending: 0 });
    case 'POST faults':
      try {
        const given: unknown = JSON.parse(request.text);
        state.faults.push(...(Array.isArray(given) ? given : [given]).map(checkEntry));
        return jsonAnswer(200, { pending: state.faults.pending() });
      } catch (error) {
        return jsonAnswer(400, { error: error instanceof Error ? error.message : String(error) });
      }
    default:
      return jsonAnswer(404, { error: 'There are faults and requests here.' });
  }
}
