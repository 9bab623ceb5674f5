import assert from 'node:assert/strict';
import { createKeyStore } from '../../src/core/keys/keyStore.ts';
import { buildCatalogue } from '../../src/core/providers/catalogue.ts';
import type { LocalServerKind } from '../../src/core/probe/localServers.ts';
import { checkEndpoint } from '../../src/host/commands/checkEndpoint.ts';
import type { CommandContext } from '../../src/host/commands/command.ts';
import { addLocalServers } from '../../src/host/localServers.ts';
import { createSecrets } from '../../src/host/secrets.ts';
import { readSettings } from '../../src/host/settings.ts';
import { llamaCpp, portal, strict, vllm } from '../simulator/odd/behaviours.ts';
import { startOdd, type Behaviour, type OddEndpoint } from '../simulator/odd/server.ts';
import { answers, called, createContext, fired, reset, secrets, settings } from './fakeVscode.ts';
import { activated, settle } from './fakes.ts';

const key = 'sk-CANARY-0123456789abcdef';

/** The small print of the nth question that was asked. */
function detailOf(index: number): string {
  const options = called('showInformationMessage')[index]?.[1] as { readonly detail?: string } | undefined;
  return options?.detail ?? '';
}

function kind(id: string, { base }: OddEndpoint): LocalServerKind {
  return { id, label: `My ${id}`, port: Number(new URL(base).port) };
}

describe('the endpoint check in the window', () => {
  let endpoint: OddEndpoint;
  let reports: string[];
  let context: CommandContext;

  beforeEach(() => {
    reset();
    reports = [];
    const keys = createKeyStore(createSecrets(createContext().secrets as never));
    const documents = { show: async (_: string, write: () => string) => void reports.push(write()), dispose: () => undefined };
    context = { keys, services: { catalogue: () => buildCatalogue(readSettings()) }, documents } as unknown as CommandContext;
  });
  afterEach(() => endpoint.close());

  async function start(behave: Behaviour, entry: object = {}): Promise<void> {
    endpoint = await startOdd(behave);
    settings.set('rivulet.endpoints', ['not an entry', { id: 'own', label: 'My | server', baseUrl: endpoint.base, auth: 'none', models: [{ id: 'odd' }], ...entry }]);
  }

  it('sends nothing before the person has agreed, and says what it costs', async () => {
    await start(llamaCpp);
    await checkEndpoint.run(context, 'own');
    const [[text, options]] = called('showInformationMessage') as [[string, { modal: boolean; detail: string }]];
    assert.match(text, /about ten small requests/);
    assert.ok(options.modal);
    assert.match(options.detail, /At most 12 requests go to http:\/\/127\.0\.0\.1:\d+\/v1, with 2400 tokens in and 800 out/);
    assert.match(options.detail, /not known/);
    assert.equal(endpoint.requests.length, 0);
    assert.equal(reports.length, 0);
  });

  it('tells the price where it is known', async () => {
    await start(llamaCpp);
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key }));
    const { models } = context.services.catalogue().providers[0] ?? { models: [] };
    const priced = models.find(({ prices, retired }) => prices !== undefined && retired === undefined);
    assert.ok(priced !== undefined);
    answers.set('showQuickPick', [({ label }: { label: string }) => label === priced.id]);
    await checkEndpoint.run(context, 'deepseek');
    assert.match(detailOf(0), /They cost at most \S*0\.0\d+\./);
  });

  it('reports, shows what would change, and writes it into the entry alone on a click', async () => {
    await start(strict, { dialect: { reasoningReplay: 'never', outputLimit: 'max_tokens' }, keyUrl: 'https://example.invalid/keys' });
    answers.set('showInformationMessage', ['Send', 'Show the changes…', 'Write to settings']);
    await checkEndpoint.run(context, 'own');
    const [report] = reports;
    assert.match(report ?? '', /^# Check of My \\\| server\n/);
    assert.match(report ?? '', /\| max_tokens \| refused \| The limit max\\_tokens is refused\. \| `HTTP 400: Unsupported parameter/);
    const changes = detailOf(2);
    for (const line of ['reasoningReplay: never → every-turn', 'outputLimit: max_tokens → max_completion_tokens', 'streamUsage: ask → unasked', 'reasoningField: as received → reasoning_content']) assert.ok(changes.includes(line), changes);
    assert.ok(!changes.includes('callArguments'), 'what is as it is does not change');
    const [other, own] = settings.get('rivulet.endpoints') as readonly unknown[];
    assert.equal(other, 'not an entry');
    assert.deepEqual(own, {
      id: 'own', label: 'My | server', baseUrl: endpoint.base, auth: 'none', models: [{ id: 'odd' }], keyUrl: 'https://example.invalid/keys',
      dialect: { reasoningReplay: 'every-turn', outputLimit: 'max_completion_tokens', streamUsage: 'unasked', reasoningField: 'reasoning_content' },
    });
    assert.deepEqual(called('update').map(([name, , target]) => [name, target]), [['rivulet.endpoints', 1]]);
  });

  it('writes nothing without the click', async () => {
    await start(strict);
    for (const given of [['Send'], ['Send', 'Show the changes…']]) {
      answers.set('showInformationMessage', given);
      await checkEndpoint.run(context, 'own');
    }
    assert.equal(reports.length, 2);
    assert.deepEqual(called('update'), []);
  });

  it('says so when nothing needs to change', async () => {
    await start(llamaCpp);
    answers.set('showInformationMessage', ['Send']);
    await checkEndpoint.run(context, 'own');
    assert.match(String(called('showInformationMessage').at(-1)?.[0]), /nothing needs to change/);
  });

  it('sends the key, shows it nowhere, and asks for one that is missing', async () => {
    await start(vllm, { auth: 'bearer' });
    await checkEndpoint.run(context, 'own');
    assert.match(String(called('showInformationMessage')[0]?.[0]), /needs a key/);
    assert.equal(endpoint.requests.length, 0);
    secrets.set('rivulet.key.own', JSON.stringify({ origin: new URL(endpoint.base).origin, key }));
    answers.set('showInformationMessage', ['Send']);
    await checkEndpoint.run(context, 'own');
    assert.ok(endpoint.requests.some(({ headers }) => headers.authorization === `Bearer ${key}`));
    assert.equal(endpoint.requests.filter(({ headers }) => headers.authorization === undefined).length, 1);
    assert.ok(reports.length === 1 && !reports[0]?.includes('CANARY'));
  });

  it('does not send a key that was given for another address', async () => {
    await start(vllm, { auth: 'bearer' });
    secrets.set('rivulet.key.own', JSON.stringify({ origin: 'https://elsewhere.invalid', key }));
    answers.set('showInformationMessage', [undefined]);
    await checkEndpoint.run(context, 'own');
    assert.equal(endpoint.requests.length, 0);
  });

  it('stops when it is cancelled, and reports nothing then', async () => {
    await start((request) => {
      fired.cancelled.fire(undefined);
      return llamaCpp(request);
    });
    answers.set('showInformationMessage', ['Send']);
    await checkEndpoint.run(context, 'own');
    assert.equal(reports.length, 0);
    assert.equal(endpoint.requests.length, 1);
  });

  it('reports a web page instead of an API, and offers nothing', async () => {
    await start(portal);
    answers.set('showInformationMessage', ['Send', 'Show the changes…', 'Write to settings']);
    await checkEndpoint.run(context, 'own');
    assert.match(reports[0] ?? '', /Sign in to the harbour network/);
    assert.deepEqual(called('update'), []);
  });

  it('finds servers on this machine when asked, and makes the picked one a service without a key', async () => {
    await start(llamaCpp);
    settings.clear();
    const closed = await startOdd(llamaCpp);
    await closed.close();
    const page = await startOdd(portal);
    answers.set('showQuickPick', [({ label }: { label: string }) => label === 'My deepseek']);
    answers.set('showInformationMessage', ['Use odd']);
    try {
      // The first id is taken by a built-in service.
      await addLocalServers(context.services, [kind('deepseek', endpoint), kind('gone', closed), kind('page', page)]);
    } finally {
      await page.close();
    }
    const [items] = called('showQuickPick')[0] ?? [];
    assert.deepEqual((items as readonly { label: string }[]).map(({ label }) => label), ['My deepseek']);
    assert.deepEqual(settings.get('rivulet.endpoints'), [{ id: 'deepseek-2', label: 'My deepseek', baseUrl: endpoint.base, auth: 'none', models: [{ id: 'odd' }] }]);
    assert.equal(settings.get('rivulet.model'), 'deepseek-2/odd');
    assert.deepEqual(context.services.catalogue().problems, []);
    await addLocalServers(context.services, [kind('deepseek', endpoint)]);
    assert.match(String(called('showInformationMessage').at(-1)?.[0]), /already/);
  });

  it('looks on this machine only, at the usual ports, when the button of the welcome screen is pressed and not before', async () => {
    await start(llamaCpp);
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      throw new TypeError('fetch failed');
    };
    try {
      const { page } = await activated();
      await settle();
      assert.deepEqual(asked, []);
      page.send({ type: 'act', action: 'find-local-servers', turnId: '' });
      await settle();
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(asked, [11434, 1234, 8080, 8000].map((port) => `http://127.0.0.1:${port}/v1/models`));
    assert.match(String(called('showInformationMessage')[0]?.[0]), /Start Ollama, LM Studio, llama\.cpp,? or vLLM/);
  });

  it('says so when no server answers', async () => {
    await start(llamaCpp);
    await endpoint.close();
    await addLocalServers(context.services, [kind('gone', endpoint)]);
    assert.match(String(called('showInformationMessage')[0]?.[0]), /No server answered.*Start My gone/);
    assert.deepEqual(called('update'), []);
  });
});
