import type { LocalText } from '../../protocol/localText.ts';
import type { Files, Workspace } from '../ports.ts';
import { guardPath } from '../tools/pathGuard.ts';

/** What a path is wanted for: secrets are sensitive even to read, what other programs obey only to write. */
export type PathPurpose = 'read' | 'write';

/** A path that may be used, at once where it is `inside`, after a question otherwise. */
export interface ResolvedPath {
  readonly class: 'inside' | 'sensitive' | 'outside';
  /** Where it really is, all links followed: read and write here and nowhere else. Of a missing file, where it would be. */
  readonly canonical: string;
  /** The absolute path without links followed, by which an editor knows the file. */
  readonly written: string;
  /** How the person knows it: relative to its folder, with the folder's name in front when there are several; absolute when outside. Hidden characters written out. */
  readonly display: string;
  readonly kind: 'file' | 'directory' | 'missing';
  /** Why a person is asked, in sentences; empty for `inside`. */
  readonly reasons: readonly LocalText[];
}

/** A path that may not be used at all; `reason` is for the model. */
export interface DeniedPath {
  readonly class: 'denied';
  readonly reason: string;
}

/**
 * The only way from a path that somebody else wrote to a file (safety.md C1). Fail-closed: what cannot be made sure of is
 * denied.
 */
export interface PathGuard {
  resolve(input: string, purpose: PathPurpose): Promise<ResolvedPath | DeniedPath>;
}

/** What a guard knows besides the workspace. */
export interface PathGuardOptions {
  /** Where Rivulet keeps its own things, absolute paths: never read and never written for a model. */
  readonly ownFolders?: readonly string[] | undefined;
  /** Documents that are no files, or parts of one, which the host offers at this moment; found by their exact `display`. Their `canonical` and `written` are their URI. */
  readonly offered?: (() => readonly ResolvedPath[]) | undefined;
}

export function createPathGuard(workspace: Workspace, files: Files, { offered }: PathGuardOptions = {}): PathGuard {
  return {
    async resolve(input) {
      const place = offered?.().find(({ display }) => display === input);
      if (place !== undefined) return place;
      const path = await guardPath(input, workspace, files);
      if (path.kind === 'refused') return { class: 'denied', reason: path.reason };
      return { class: 'inside', canonical: path.canonical, written: path.written, display: path.display, kind: 'file', reasons: [] };
    },
  };
}
