import type { PathGuard } from '../guard/pathGuard.ts';
import type { BeforeKeeper } from '../sessions/keeper.ts';
import { sizeOf, type BeforeImages } from './beforeImages.ts';
import { imagesFromBytes, imagesToBytes, storable } from './storedImages.ts';

export interface KeptImagesOptions {
  /** What this window has of them at hand. */
  readonly memory: BeforeImages;
  /** Asked for when they are needed: they need the reviews. */
  readonly keeper: () => Pick<BeforeKeeper, 'keep' | 'read'>;
  readonly guard: () => PathGuard;
}

/** Keeps them beside the turns of the chat that is open, and reads them from there when they are wanted again. */
export function createKeptImages({ memory, keeper, guard }: KeptImagesOptions): BeforeImages {
  const loading = new Map<string, Promise<void>>();

  async function read(turnId: string): Promise<void> {
    const bytes = await keeper().read(turnId);
    const images = bytes && (await imagesFromBytes(bytes, turnId, guard()));
    if (images !== undefined && memory.of(turnId).length === 0) memory.set(turnId, images);
  }

  return {
    async load(turnId) {
      if (memory.of(turnId).length > 0) return;
      const known = loading.get(turnId);
      // One that cannot be read is as good as none.
      const reading = known ?? read(turnId).catch(() => undefined);
      loading.set(turnId, reading);
      await reading;
      loading.delete(turnId);
    },
    of: (turnId) => memory.of(turnId),
    set(turnId, images) {
      memory.set(turnId, images);
      const stored = storable(images);
      keeper().keep(turnId, stored.length === 0 ? undefined : { size: stored.reduce((sum, image) => sum + sizeOf(image), 0), bytes: () => imagesToBytes(turnId, stored) });
    },
    clear: () => memory.clear(),
  };
}
