/** Timers of the host that keep nothing alive. */
export interface Timers {
  /** Calls the action once after so many milliseconds; answers how to stop that. */
  after(milliseconds: number, action: () => void): () => void;
  /** Calls it again and again until it is stopped. */
  every(milliseconds: number, action: () => void): () => void;
}
