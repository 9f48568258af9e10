/** Who can sign in at the provider for development: of each role one, of owners two, and two who have none, as customers have. */
export const people = [
  { sub: "carla", name: "Carla Cook", roles: ["cook"] },
  { sub: "casper", name: "Casper Cashier", roles: ["cashier"] },
  { sub: "olga", name: "Olga Owner", roles: ["owner"] },
  { sub: "otto", name: "Otto Owner", roles: ["owner"] },
  { sub: "gus", name: "Gus Guest", roles: [] },
  { sub: "greta", name: "Greta Guest", roles: [] },
] as const;

/** A page on which one says who one is, without a password. @param action where that is sent to. */
export function choicePage(action: string): string {
  const buttons = people.map(({ sub, name }) => `<button name="sub" value="${sub}">${name}</button>`);
  return page("Who are you?", `<form method="post" action="${action}">${buttons.join("")}</form>`);
}

/** A page around a text or a form of ours. */
export function page(title: string, inside: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui;max-width:24rem;margin:15vh auto;padding:0 1rem}
button{display:block;width:100%;margin:.5rem 0;padding:.8rem;font:inherit;cursor:pointer}</style>
<h1>${title}</h1>${inside}<p><small>This provider is for development: it asks for no password.</small></p>`;
}
