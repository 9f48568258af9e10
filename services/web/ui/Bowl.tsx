/** The shop's sign. */
export function Bowl() {
  return (
    <svg class="bowl" viewBox="0 0 32 32" width="34" height="34" aria-hidden="true">
      <path class="bowl-fill" d="M4 17h24a12 12 0 0 1-24 0Z" />
      <path
        class="bowl-steam"
        d="M11 4c-2 2.5 2 4.200 0 8M16 2.5c-2.200 2.800 2.200 5 0 9.500M21 4c-2 2.5 2 4.200 0 8"
      />
    </svg>
  );
}
