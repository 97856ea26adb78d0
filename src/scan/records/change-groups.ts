/** Groups under which changes are counted, in the order of output. */
export const CHANGE_GROUPS = [
  ...(['new', 'changed', 'gone'] as const),
  ...(['newlyAi', 'newlyAltered', 'newlyUnread'] as const),
  ...(['noLongerAi', 'noLongerAltered', 'noLongerUnread'] as const),
] as const;
export type ChangeGroup = (typeof CHANGE_GROUPS)[number];
export type ChangeCounts = Record<ChangeGroup, number>;

export const noChanges = (): ChangeCounts => ({
  new: 0,
  changed: 0,
  gone: 0,
  newlyAi: 0,
  newlyAltered: 0,
  newlyUnread: 0,
  noLongerAi: 0,
  noLongerAltered: 0,
  noLongerUnread: 0,
});
