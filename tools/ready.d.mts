export function isNodeRecent(version: string): boolean;
export function arePackagesInstalled(folder: string): boolean;
export function isPageBuilt(folder: string): boolean;
export function makeReady(): void;
