import { expect, test, vi } from "vitest";
import { createStore } from "./store.ts";

test("listeners hear of changes, and only of changes", () => {
  const store = createStore(1);
  const listener = vi.fn();
  store.subscribe(listener);
  store.set(1);
  store.set(2);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.get()).toBe(2);
});

test("who stopped listening hears nothing more", () => {
  const store = createStore(1);
  const listener = vi.fn();
  store.subscribe(listener)();
  store.set(2);
  expect(listener).not.toHaveBeenCalled();
});
