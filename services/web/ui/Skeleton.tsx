/** Grey shapes where something is about to be. */
export function Skeleton({ label, count, shape }: { label: string; count: number; shape: "card" | "row" }) {
  return (
    <div role="status" aria-label={label} class={`skeletons skeletons-${shape}`}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} class={`skeleton skeleton-${shape}`} />
      ))}
    </div>
  );
}
