// Filters of lists: what is empty does not go into the address, so that an address can be read and shared.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.filters[method=get]");
  if (!form) return;
  const empty = [...form.elements].filter((field) => field.name && !field.value && !field.disabled);
  // A distance without a point says nothing.
  if (form.elements.point && !form.elements.point.value) empty.push(form.elements.km);
  for (const field of empty) field.disabled = true;
  // Whoever comes back finds them as they were.
  setTimeout(() => { for (const field of empty) field.disabled = false; });
});

// "Near me": the browser is asked for its place when the button is pressed, and only then. The place is rounded to about
// a kilometre before it goes into a field, and with it into the address.
const PLACES = 2;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-near-me]");
  if (!button) return;
  const form = button.closest("form");
  const status = form.querySelector("[data-near-status]");
  const fail = () => { status.textContent = button.dataset.nearFailed; };
  if (!navigator.geolocation) return fail();
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    form.elements.point.value = [coords.longitude, coords.latitude].map((degrees) => degrees.toFixed(PLACES)).join(", ");
    form.requestSubmit();
  }, fail, { maximumAge: 300000, timeout: 15000 });
});
