/** Lists are dirty: what can be repaired without changing its meaning is, the rest is refused with a reason. */
import { readRow, type RowPerson } from '../../../events/list/row';

const person = (fields: Readonly<Record<string, string>>): RowPerson => {
  const read = readRow(fields);
  if (read.as === 'fault') throw new Error(read.fault.says);
  return read.person;
};
const faultOf = (fields: Readonly<Record<string, string>>): unknown => {
  const read = readRow(fields);
  return read.as === 'fault' ? read.fault : read;
};
const values = ({ contacts }: RowPerson): readonly string[] => contacts.map(({ kind, value }) => `${kind} ${value}`);

describe('columns', () => {
  test.each([['Email'], ['E-Mail'], ['e_mail'], ['\ufeffEMAIL'], ['Mail'], ['Work Email'], ['email address'], ['E-Mail-Adresse']])(
    '%j is the address',
    (header) => {
      expect(values(person({ [header]: 'ada@example.com' }))).toEqual(['email ada@example.com']);
    },
  );

  test('are known by the names lists give them', () => {
    const row = {
      Mail: 'ada@example.com',
      Vorname: 'Ada',
      Nachname: 'Lovelace',
      Firma: 'Engines',
      Role: 'Owner',
      'Company Size': '20',
      Branche: 'Software',
      'Time zone': 'europe/london',
      PLZ: 'W1',
    };
    expect(person(row).profile).toMatchObject({
      firstName: 'Ada', lastName: 'Lovelace', company: 'Engines', title: 'Owner', employees: '20', industry: 'Software', zone: 'Europe/London', postalCode: 'W1',
    }); // prettier-ignore
  });

  test.each([
    ['E-mail 1 - Value', 'Given Name', 'Family Name', 'Organization 1 - Name', 'Organization 1 - Title', 'Home City'],
    ['Person - Email - Work', 'Person - First name', 'Person - Last name', 'Person - Organization', 'Position', 'Person - City'],
    ['E-mail Address', 'First Name', 'Last Name', 'Company / Account', 'Job Title', 'Business City'],
    ['Contact Email', 'Contact First Name', 'Contact Last Name', 'Account Name', 'Contact Title', 'Billing City'],
    ['Correo electrónico', 'Nombre', 'Apellidos', 'Empresa', 'Puesto', 'Ciudad'],
  ])('of the export with %j and %j are known', (email, firstName, lastName, company, title, city) => {
    const row = {
      [email]: 'ada@example.com',
      [firstName]: 'Ada',
      [lastName]: 'Lovelace',
      [company]: 'Engines',
      [title]: 'Owner',
      [city]: 'York',
    };
    expect(person(row).profile).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      company: 'Engines',
      title: 'Owner',
      city: 'York',
      extra: {},
    });
  });

  test('of somebody at work win over those of the same person at home, and the kind of a field is no field', () => {
    const row = { 'Home Street': 'Lane 1', 'Business Street': 'Road 2', 'E-mail 1 - Type': 'Work', 'E-mail 1 - Value': 'a@b.example' };
    expect(person(row).profile).toMatchObject({ street: 'Road 2', extra: { 'E-mail 1 - Type': 'Work' } });
    expect(person({ ...row, Straße: 'Weg 3' }).profile.street).toBe('Weg 3');
  });

  test('that hold several values give the first', () => {
    expect(values(person({ 'Phone 1 - Value': '+44 20 7946 0000 ::: +44 20 7946 0001' }))).toEqual(['phone +442079460000']);
  });

  test('that nobody knows are kept as they are', () => {
    expect(person({ Email: 'ada@example.com', 'Booth visit': 'Tuesday' }).profile.extra).toEqual({ 'Booth visit': 'Tuesday' });
  });

  test('that mean the same give the value of the plainer name', () => {
    expect(person({ Email: 'a@example.com', 'Lead Origin': 'API', 'Lead Source': 'Google' }).profile.source).toBe('Google');
    expect(person({ Email: 'a@example.com', 'Lead Source': '', 'Lead Origin': 'API' }).profile.source).toBe('API');
  });
});

describe('repairs', () => {
  test.each([
    ['spaces around', '  ada@example.com '],
    ['a no-break space', '\u00a0ada@example.com'],
    ['a tab', 'ada@example.com\t'],
    ['a line end', 'ada@example.com\r\n'],
    ['quotes around', '"ada@example.com"'],
    ['an unseen character', '\u200bada@example.com'],
    ['a name around', 'Ada Lovelace <ada@example.com>'],
    ['mailto', 'mailto:ada@example.com'],
    ['capitals', 'ADA@EXAMPLE.COM'],
  ])('an address with %s is taken', (_, text) => expect(values(person({ Email: text }))).toEqual(['email ada@example.com']));

  test('names all in capitals or all small are written as names, others are left alone', () => {
    const named = (First: string): string | undefined => person({ Email: 'a@b.example', 'First name': First }).profile.firstName;
    expect(['ADA', 'ada', 'anne-marie', "O'BRIEN", 'MacKenzie', 'van der Berg', 'ДМИТРИЙ', '伟', 'AJ'].map(named)).toEqual([
      'Ada', 'Ada', 'Anne-Marie', "O'Brien", 'MacKenzie', 'van der Berg', 'Дмитрий', '伟', 'AJ',
    ]); // prettier-ignore
  });

  test('a full name is taken apart where its script writes spaces', () => {
    expect(person({ Email: 'a@b.example', Name: 'Ada King Lovelace' }).profile).toMatchObject({
      firstName: 'Ada',
      lastName: 'King Lovelace',
    });
    expect(person({ Email: 'a@b.example', Name: 'Lovelace, Ada' }).profile).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
    expect(person({ Email: 'a@b.example', Name: '田中健太' }).profile.firstName).toBeUndefined();
  });

  test('placeholders say nothing, but Mr Null has a name', () => {
    const { profile } = person({ Email: 'a@b.example', 'Last name': 'Null', Company: 'N/A', Title: '-', Industry: 'Select' });
    expect(profile.lastName).toBe('Null');
    expect([profile.company, profile.title, profile.industry]).toEqual([undefined, undefined, undefined]);
  });

  test('phone numbers are read by the country of the row', () => {
    expect(person({ Phone: '020 7946 0110', Country: 'United Kingdom' }).profile.phone).toBe('+442079460110');
    expect(values(person({ Phone: '(030) 23125 871', Country: 'Germany' }))).toEqual(['phone +493023125871']);
    expect(values(person({ Phone: '0049 30 23125871' }))).toEqual(['phone +493023125871']);
  });

  test('a number nobody can dial is kept to read and is no identity', () => {
    const read = person({ Email: 'a@b.example', Phone: 'ask reception' });
    expect([values(read), read.profile.phone]).toEqual([['email a@b.example'], 'ask reception']);
  });

  test.each([
    ['="0049 30 23125871"', '+493023125871'],
    ["'+49 30 23125871", '+493023125871'],
  ])('what a spreadsheet guards as %s is a number', (text, number) => expect(person({ Phone: text }).profile.phone).toBe(number));

  test.each([
    ['O&#39;Brien', "O'Brien"],
    ['O&#x27;Brien', "O'Brien"],
    ['Smith &amp; Sons', 'Smith & Sons'],
    ['R&D', 'R&D'],
    ['AT&T; Bell', 'AT&T; Bell'],
  ])('what a web form wrote as %s is %s', (text, company) =>
    expect(person({ Email: 'a@b.example', Company: text }).profile.company).toBe(company),
  );

  test.each([
    ['ada@example.com,'],
    ['ada@example.com;'],
    ['<ada@example.com>'],
    ['ada\uff20example.com'],
    ['Ada "the first" <ada@example.com>'],
  ])('the address in %j is taken', (text) => expect(values(person({ Email: text }))).toEqual(['email ada@example.com']));

  test('a control character inside an address is not taken for a space, and no address comes of it', () => {
    expect(faultOf({ Email: '"a\u0000b"@example.com' })).toMatchObject({ code: 'address-invalid' });
    expect(faultOf({ Email: 'a\u0007b@example.com' })).toMatchObject({ code: 'address-invalid', says: expect.stringContaining('control') });
  });

  test('half a character and control characters cannot reach the database', () => {
    expect(person({ Email: 'a@b.example', Company: 'En\u0000gines\ud800' }).profile.company).toBe('En gines\ufffd');
  });

  test('a zone is guessed from the country and says so', () => {
    expect(person({ Email: 'a@b.example', Country: 'Japan' }).profile).toMatchObject({
      country: 'JP',
      zone: 'Asia/Tokyo',
      zoneGuessed: true,
    });
    expect(person({ Email: 'a@b.example', Country: 'Japan', 'Time zone': 'Europe/Paris' }).profile).toMatchObject({
      zone: 'Europe/Paris',
      zoneGuessed: false,
    });
  });
});

describe('refusals', () => {
  test.each([
    ['row-empty', { Email: ' ', Company: '' }],
    ['no-contact', { Email: '', 'First name': 'Ada' }],
    ['address-invalid', { Email: 'ada@lovelace' }],
    ['phone-invalid', { Phone: '020 7946 0110' }],
    ['row-too-wide', { Email: 'ada@example.com', '': 'left over' }],
    ['cell-too-long', { Email: 'ada@example.com', Note: 'x'.repeat(2_001) }],
  ])('%s', (code, fields) => expect(faultOf(fields)).toMatchObject({ code, says: expect.stringMatching(/^\S.*\.$/) }));

  test('name the column as the list names it, and hold nothing of the person', () => {
    expect(faultOf({ 'E-Mail': 'ada@lovelace,example' })).toEqual({
      code: 'address-invalid',
      field: 'E-Mail',
      says: 'This is no e-mail address: there is a comma where the domain wants a dot.',
    });
  });

  test('two addresses in one cell are none', () =>
    expect(faultOf({ Email: 'a@x.example; b@x.example' })).toMatchObject({ code: 'address-invalid' }));
});

describe('what the list says of permission', () => {
  test('a yes is consent, a no is none, anything else says nothing', () => {
    const consent = (text: string): boolean | undefined => person({ Email: 'a@b.example', 'Opt-in': text }).consent;
    expect(['yes', 'TRUE', 'ja', 'no', '0', 'perhaps', ''].map(consent)).toEqual([true, true, true, false, false, undefined, undefined]);
  });
});
