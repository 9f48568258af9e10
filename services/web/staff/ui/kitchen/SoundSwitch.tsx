import { useStore } from "../../../ui/useShop.ts";
import { useDesk } from "../useDesk.ts";

export function SoundSwitch() {
  const { chime } = useDesk();
  const on = useStore(chime.on);
  return (
    <button type="button" class="button button-quiet sound" aria-pressed={on} onClick={() => chime.set(!on)}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15ZM10 21.500h4" />
        {!on && <path d="M3.500 3.500l17 17" />}
      </svg>
      <span>{on ? "Sound on" : "Sound off"}</span>
    </button>
  );
}
