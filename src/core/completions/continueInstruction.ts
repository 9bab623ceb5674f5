/** What a model is told that is to go on with an answer which was cut off, where the service has no other way (docs/servers.md §2.1). */
export const continueInstruction =
  'Your last message was cut off. Go on from exactly where it ends: do not repeat any of it, do not introduce it, and do not comment on the interruption.';
