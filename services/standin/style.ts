/** The payment page's style sheet: one column on every screen, in light and dark. */
export const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; color: light-dark(#1c1917, #f5f5f4); background: light-dark(#fafaf9, #1c1917); }
.standin { margin: 0; padding: .75rem 1rem; text-align: center; color: #1c1917; background: #fde68a; }
main { box-sizing: border-box; max-width: 32rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .25rem; }
.order { margin-top: 0; color: light-dark(#57534e, #d6d3d1); }
body { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; padding-bottom: .5rem; }
th, td { padding: .5rem 0; text-align: start; border-bottom: 1px solid light-dark(#d6d3d1, #57534e); overflow-wrap: anywhere; }
th:not(:first-child), td:not(:first-child) { padding-inline-start: .75rem; text-align: end; white-space: nowrap; }
tfoot th, tfoot td { font-weight: 700; border: 0; }
form { display: grid; gap: .75rem; margin-top: 1.5rem; }
button { min-height: 3rem; font: inherit; cursor: pointer; color: inherit; background: transparent;
  border: 1px solid light-dark(#78716c, #a8a29e); border-radius: .5rem; }
button.pay { color: #fff; background: #166534; border-color: #166534; font-weight: 700; }
button:focus-visible, a:focus-visible { outline: 3px solid light-dark(#1d4ed8, #93c5fd); outline-offset: 2px; }
a { color: light-dark(#1d4ed8, #93c5fd); }
.languages { margin-top: 1.5rem; text-align: center; }
.languages a { display: inline-block; padding: .75rem; }
.notice { padding: .75rem 1rem; color: #7f1d1d; background: #fee2e2; border-radius: .5rem; }
`;
