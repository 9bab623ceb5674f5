// `npm run test:kill -- --times 50`: kills the extension host of the real workbench in the middle of an answer, at random
// moments, and prints how much was lost each time. Fails when anything older than half a second was. Needs `npm run package`.
import { parseArgs } from 'node:util';
import { killInTheMiddle, mayLoseMs, type Killed } from './killing.ts';
import { openSession } from './session.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' }, longest: { type: 'string', default: '6000' } } });
const [times, longest] = [Number(values.times), Number(values.longest)];
const rows: Killed[] = [];

// A window of its own for every ten: VS Code stops to restart an extension host that ends too often.
for (let left = times; left > 0; left -= 10) {
  const session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash' }), chunkDelayMs: 10 });
  try {
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    for (let count = 0; count < Math.min(left, 10); count += 1) {
      const row = await killInTheMiddle(session, Math.round(50 + Math.random() * longest)).catch(failed);
      rows.push(row);
      console.log(`${rows.length}: killed after ${row.afterMs} ms, ${row.kept} of ${row.sent} characters kept, ${row.lostMs} ms lost${row.fault === undefined ? '' : `: ${row.fault}`}`);
    }
  } finally {
    await session.close();
  }
}

console.table(rows);
const lost = rows.map(({ lostMs }) => lostMs).toSorted((one, other) => one - other);
const faults = rows.filter(({ fault }) => fault !== undefined);
console.log(`${rows.length} kills: ${lost[Math.floor(lost.length / 2)] ?? 0} ms lost in the median, ${lost.at(-1) ?? 0} ms at worst, ${mayLoseMs} ms allowed; ${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function failed(error: unknown): Killed {
  return { afterMs: 0, sent: 0, sentBefore: 0, kept: 0, lostMs: 0, fault: error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error) };
}
