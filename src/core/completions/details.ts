import { asNumber, asText, type JsonObject } from '../json.ts';
import type { CompletionDetails } from './completion.ts';

/** What the chunks say of the answer itself. The first to say a thing counts: some servers give each chunk another id (docs/servers.md C12). */
export interface Details {
  read(chunk: JsonObject): void;
  take(finishReason: string | undefined): CompletionDetails;
}

export function createDetails(): Details {
  let id: string | undefined;
  let model: string | undefined;
  let created: number | undefined;
  let systemFingerprint: string | undefined;
  let serviceTier: string | undefined;
  return {
    read(chunk) {
      id ??= asText(chunk['id']);
      model ??= asText(chunk['model']);
      created ??= asNumber(chunk['created']);
      systemFingerprint ??= asText(chunk['system_fingerprint']);
      serviceTier ??= asText(chunk['service_tier']);
    },
    take: (finishReason) => ({ id, model, created, systemFingerprint, serviceTier, finishReason }),
  };
}
