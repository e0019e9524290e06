// Offers the services of a clinic in a list; needs data { phone, services: [{ code, name, hours }] }.
sendList(
  $.data.phone,
  'Which service do you need?',
  state =>
    state.data.services.map(service => ({
      id: service.code,
      title: service.name,
      description: service.hours,
    })),
  { button: 'Services' },
);
