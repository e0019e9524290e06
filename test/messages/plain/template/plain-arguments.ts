import type { Part } from './plain';

// The way back: the plain arguments that a job would write for what Meta sends.

type Parameter = Part & { text: string; parameter_name?: string };
type Card = { components: Part[] };

const parametersOf = (component: Part | undefined) =>
  (component?.['parameters'] ?? []) as Parameter[];

const ofType = (components: Part[], wanted: string) =>
  components.filter(({ type }) => type === wanted);

/** A list, or an object when the parameters have names. */
function valuesOf(components: Part[]): unknown {
  const [body] = ofType(components, 'body');
  const parameters = parametersOf(body);
  return parameters.some(({ parameter_name }) => parameter_name)
    ? Object.fromEntries(
        parameters.map(({ parameter_name, text }) => [parameter_name, text]),
      )
    : parameters.map(({ text }) => text);
}

function headerOf(components: Part[]): unknown {
  const [parameter] = parametersOf(ofType(components, 'header')[0]);
  if (!parameter) return null;
  const { type, text } = parameter;
  return type === 'text' ? text : { [type]: parameter[type] };
}

const NAMES: Record<string, string> = {
  quick_reply: 'payload',
  url: 'url',
  copy_code: 'copy_code',
};

/** At its position in the list, so that the others stay empty. */
function buttonsOf(components: Part[]): unknown[] {
  const buttons: unknown[] = [];
  for (const button of ofType(components, 'button')) {
    const subType = String(button['sub_type']);
    const [parameter] = parametersOf(button);
    buttons[Number(button['index'])] = {
      [NAMES[subType] ?? subType]: parameter?.[parameter.type],
    };
  }
  return buttons;
}

const PLAIN = ['header', 'body', 'button', 'carousel'];

/** The arguments `values` and `options` of a template with these components. */
export function plainArguments(components: Part[]) {
  const [carousel] = ofType(components, 'carousel');
  const cards = carousel?.['cards'] as Card[] | undefined;
  return {
    values: valuesOf(components),
    options: {
      header: headerOf(components),
      buttons: buttonsOf(components),
      carousel: cards?.map(card => ({
        header: headerOf(card.components),
        body: valuesOf(card.components),
        buttons: buttonsOf(card.components),
      })),
      components: components.filter(({ type }) => !PLAIN.includes(type)),
    },
  };
}
