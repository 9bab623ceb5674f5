import type { PathGuard } from '../guard/pathGuard.ts';
import type { BeforeKeeper } from '../sessions/keeper.ts';
import { sizeOf, type BeforeImages, type Loaded } from './beforeImages.ts';
import { imagesFromBytes, imagesToBytes, storable } from './storedImages.ts';

export interface KeptImagesOptions {
  /** What this window has of them at hand. */
  readonly memory: BeforeImages;
  /** Asked for when they are needed: they need the reviews. */
  readonly keeper: () => Pick<BeforeKeeper, 'keep' | 'read' | 'setAside'>;
  readonly guard: () => PathGuard;
}

/** Keeps them beside the turns of the chat that is open, and reads them from there when they are wanted again. */
export function createKeptImages({ memory, keeper, guard }: KeptImagesOptions): BeforeImages {
  const loading = new Map<string, Promise<Loaded>>();
  /** Counts the chats that were left: what is read of one of them is not put into the next, where a copy has turns of the same names. */
  let left = 0;

  async function read(turnId: string): Promise<Loaded> {
    const before = left;
    const from = keeper();
    const bytes = await from.read(turnId);
    const images = bytes && (await imagesFromBytes(bytes, turnId, guard()));
    if (left !== before) return 'known';
    if (bytes !== undefined && images === undefined) {
      await from.setAside(turnId).catch(() => undefined);
      return 'damaged';
    }
    if (images !== undefined && memory.of(turnId).length === 0) memory.set(turnId, images);
    return 'known';
  }

  return {
    async load(turnId) {
      if (memory.of(turnId).length > 0) return 'known';
      const reading = loading.get(turnId) ?? read(turnId).catch(() => 'unread' as const);
      loading.set(turnId, reading);
      const loaded = await reading;
      if (loading.get(turnId) === reading) loading.delete(turnId);
      return loaded;
    },
    of: (turnId) => memory.of(turnId),
    set(turnId, images) {
      memory.set(turnId, images);
      const stored = storable(images);
      keeper().keep(turnId, stored.length === 0 ? undefined : { size: stored.reduce((sum, image) => sum + sizeOf(image), 0), bytes: () => imagesToBytes(turnId, stored) });
    },
    clear() {
      left += 1;
      loading.clear();
      memory.clear();
    },
  };
}
