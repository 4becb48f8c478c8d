/** Rule ids of the points a lead starts with: by its source, and by the stage it was first in. No rule of a model has such an id. */
export const startingRule = '_start';
export const stageRule = '_stage';
export const isStarting = (rule: string): boolean => rule === startingRule || rule === stageRule;
