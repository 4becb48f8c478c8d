/** What the sandbox bundles: the shell and nothing of rules, schemas or transports. */
export { nurtureLead } from './nurture-lead';
