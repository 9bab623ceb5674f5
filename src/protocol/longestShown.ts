/** What a tool was given or gave is shown up to here, in UTF-16 units: a card is for looking at, not for reading megabytes. What a person is to allow is never longer. */
export const longestShown = 50_000;
