/** What the check lets a template name of a person is what a person's fields are called when a mail is made. */
import { personFields } from '../../events/templates';
import { templateFields } from '../../activities/people/people-store';
import { textNames } from '../../events/list/profile';

test('the fields a template may name are those a person has', () => {
  const everything = Object.fromEntries(textNames.map((name) => [name, 'x']));
  expect(Object.keys(templateFields(everything, 'x@example.com')).sort()).toEqual([...personFields].sort());
});
