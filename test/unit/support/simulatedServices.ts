import assert from 'node:assert/strict';
import type { ProviderSpec } from '../../../src/core/providers/spec.ts';
import type { Service } from '../../simulator/service.ts';
import { deepseek } from '../../simulator/services/deepseek.ts';
import { iflow } from '../../simulator/services/iflow.ts';
import { jiekou } from '../../simulator/services/jiekou.ts';

const services: ReadonlyMap<string, Service> = new Map([deepseek, iflow, jiekou].map((service) => [service.id, service]));

/** The simulator's strict rules for a service. */
export function simulatedBy({ id }: Pick<ProviderSpec, 'id'>): Service {
  const service = services.get(id);
  assert.ok(service !== undefined, `the simulator does not know ${id}`);
  return service;
}
