/** What the sandbox bundles: the shells and nothing of rules, schemas or transports. */
export { campaign } from './campaign';
export { nurtureLead } from './nurture-lead';
