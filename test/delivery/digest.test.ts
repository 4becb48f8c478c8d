import fc from 'fast-check';
import { artefactOf, canonicalJson, digestOf, parseRef, refOf } from '../../events/digest';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

test('equal values have equal canonical text, in whatever order their members were written', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(reversed(value)) === canonicalJson(value)));
});

test('canonical text reads back as the same value', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))));
});

test('members that are undefined do not count, and what JSON cannot say is an error', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}');
  expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN has no JSON');
  expect(() => canonicalJson({ a: () => 1 })).toThrow('a function has no JSON');
});

test('a digest is twelve hex digits and moves with every change', () => {
  expect(digestOf({ a: 1 })).toMatch(/^[0-9a-f]{12}$/);
  expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
});

test('the order of phases and of arms is part of a plan, the order of its other members is not', () => {
  const plan = { id: 'p', version: 1, model: 'm', phases: { a: { touches: [{ variants: { plain: 50, story: 50 } }] }, b: {} } };
  expect(digestOf({ model: 'm', version: 1, id: 'p', phases: plan.phases })).toBe(artefactOf('plan', plan).digest);
  expect(digestOf({ ...plan, phases: { b: {}, a: plan.phases.a } })).not.toBe(artefactOf('plan', plan).digest);
  const turned = { ...plan, phases: { a: { touches: [{ variants: { story: 50, plain: 50 } }] }, b: {} } };
  expect(digestOf(turned)).not.toBe(artefactOf('plan', plan).digest);
});

test('a ref can be taken apart again', () => {
  expect(parseRef(refOf('saas-trial', 2, '0123456789ab'))).toEqual({ id: 'saas-trial', version: 2, digest: '0123456789ab' });
  expect(parseRef('saas-trial@2')).toEqual({ id: 'saas-trial', version: 2 });
  expect(['saas-trial', 'saas-trial@two', 'saas-trial@2#xyz'].map(parseRef)).toEqual([undefined, undefined, undefined]);
});
