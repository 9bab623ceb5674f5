import assert from 'node:assert/strict';
import { pack, unpack } from '../release/archive.ts';
import { differences } from '../release/differences.ts';

const one: readonly (readonly [string, Buffer])[] = [
  ['extension/package.json', Buffer.from('{"name":"x"}'.repeat(200))],
  ['extension.vsixmanifest', Buffer.from('<xml/>')],
  ['[Content_Types].xml', Buffer.from('<types/>')],
  ['extension/media/icon.png', Buffer.from([137, 80, 78, 71, 0, 255, 254])],
];

describe('the archive of a package', () => {
  it('gives back every byte of every file', async () => {
    const back = await unpack(await pack(new Map(one)));
    assert.deepEqual(Object.fromEntries(back), Object.fromEntries(one));
  });

  it('is the same in any time zone, on any day, and whatever the order of the files', async () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Shanghai';
      const first = await pack(new Map(one));
      process.env['TZ'] = 'America/Lima';
      const second = await pack(new Map(one.toReversed()));
      assert.ok(first.equals(second));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('begins with the list of its types, as readers of such packages expect', async () => {
    assert.deepEqual([...(await unpack(await pack(new Map(one)))).keys()].slice(0, 2), ['[Content_Types].xml', 'extension.vsixmanifest']);
  });
});

describe('two builds that differ', () => {
  it('are told apart by file and byte', () => {
    const other = new Map([...one.filter(([name]) => !name.endsWith('.png')), ['extension.vsixmanifest', Buffer.from('<xmm/>')] as const]);
    const said = differences(new Map(one), other);
    assert.equal(said.length, 2);
    assert.match(said[0] ?? '', /^extension\.vsixmanifest differs from byte 3/);
    assert.match(said[1] ?? '', /icon\.png is in one of them only/);
    assert.deepEqual(differences(new Map(one), new Map(one)), []);
  });
});
