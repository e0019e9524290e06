import { PRIVATE, refusesValues } from './plain';

describe('the values of a template as a whole are refused when', () => {
  it('they are neither a list nor an object', () => {
    const shapes: [unknown, string][] = [
      [PRIVATE, 'text'],
      [5, 'a number'],
      [true, 'a boolean'],
      [Buffer.from(PRIVATE), 'a Buffer'],
    ];
    for (const [values, shape] of shapes) {
      refusesValues(
        values,
        `The values of the template are ${shape}, not a list or an object.`,
        /as in \[\$\.data\.name\]/,
      );
    }
  });

  it('their names are none of a variable', () => {
    refusesValues(
      { 1: PRIVATE, 2: 'x' },
      'The values of the template have numbers as names.',
      /as a list/,
    );
    for (const name of [PRIVATE + ' Yusuf', '{{name}}', 'first-name', '']) {
      refusesValues(
        { [name]: 'x' },
        'The values of the template have a name that no variable has.',
        /without \{\{ and \}\}/,
      );
    }
  });
});
