export function isNodeSince(version: string, sinceMajor: number, sinceMinor: number): boolean;
export function isNodeThere(folder: string, version: string): boolean;
export function arePackagesInstalled(folder: string): boolean;
export function isPageBuilt(folder: string): boolean;
export function countUnpacked(folder: string): number;
export function watchUnpacking(folder: string, now?: () => number): () => string;
export function makeReady(options?: { pages?: boolean }): Promise<void>;
