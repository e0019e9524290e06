import { useEffect, useState } from 'preact/hooks';
import type { EventFilter } from './api';
import { STATE_NAMES } from './format';

const KINDS = [
  'messages',
  'statuses',
  'notices',
  'calls',
  'account',
  'unknown',
];
const STATES = [...Object.entries(STATE_NAMES), ['none', 'not forwarded']];

type Draft = Record<keyof EventFilter, string>;

type Props = {
  filter: EventFilter;
  onSearch: (filter: EventFilter) => void;
};

/** The filter of the list. A number goes to the gateway in the body of a request, never into an address. */
export function Filters({ filter, onSearch }: Props) {
  const [draft, setDraft] = useState<Draft>(draftOf(filter));
  useEffect(() => setDraft(draftOf(filter)), [filter]);
  const search = (event: Event) => {
    event.preventDefault();
    onSearch(filterOf(draft));
  };
  return (
    <form class="filters" role="search" aria-label="Events" onSubmit={search}>
      {FIELDS.map(field => (
        <Field
          key={field.name}
          {...field}
          value={draft[field.name]}
          onInput={value => setDraft({ ...draft, [field.name]: value })}
        />
      ))}
      <div class="buttons">
        <button type="submit" class="main">
          Search
        </button>
        <button type="button" onClick={() => onSearch({})}>
          Clear
        </button>
      </div>
    </form>
  );
}

type FieldProps = {
  name: keyof EventFilter;
  label: string;
  /** Values and their names; without them, anything can be written. */
  options?: (string | undefined)[][];
  isTime?: true;
  placeholder?: string;
};

const FIELDS: FieldProps[] = [
  { name: 'kind', label: 'Kind', options: KINDS.map(kind => [kind, kind]) },
  { name: 'state', label: 'Forwarding', options: STATES },
  { name: 'contact', label: 'Person', placeholder: 'number or user ID' },
  { name: 'phoneNumberId', label: 'Our phone number ID' },
  { name: 'from', label: 'From', isTime: true },
  { name: 'to', label: 'Until', isTime: true },
];

type Controlled = { value: string; onInput: (value: string) => void };

function Field({ label, options, isTime, ...field }: FieldProps & Controlled) {
  const { name, value, placeholder } = field;
  const onInput = (event: { currentTarget: { value: string } }) =>
    field.onInput(event.currentTarget.value);
  const control = { name, value, onInput };
  if (options === undefined) {
    return (
      <label>
        {label}
        {isTime ? (
          <input {...control} type="datetime-local" />
        ) : (
          <input {...control} autocomplete="off" placeholder={placeholder} />
        )}
      </label>
    );
  }
  return (
    <label>
      {label}
      <select {...control}>
        <option value="">any</option>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function draftOf(filter: EventFilter): Draft {
  const { kind = '', contact = '', phoneNumberId = '', state = '' } = filter;
  const [from, to] = [localTime(filter.from), localTime(filter.to)];
  return { kind, contact, phoneNumberId, state, from, to };
}

function filterOf(draft: Draft): EventFilter {
  const given = Object.entries(draft).filter(
    ([, value]) => value.trim() !== '',
  );
  const isTime = (name: string) => name === 'from' || name === 'to';
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      isTime(name) ? new Date(value).toISOString() : value.trim(),
    ]),
  );
}

/** As an input of a browser has it. */
function localTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const date = new Date(iso);
  const offset = date.getTimezoneOffset() * 60_000;
  return new Date(date.getTime() - offset).toISOString().slice(0, 16);
}
