import { describe, expect, test } from "vitest";
import { listOfParts, packagesIn } from "./sbom.ts";

const ofNpm = {
  bomFormat: "CycloneDX",
  metadata: { component: { "bom-ref": "gorder@1", name: "folder" } },
  components: [{ "bom-ref": "a@1" }, { "bom-ref": "b@1" }, { "bom-ref": "b@2" }],
  dependencies: [{ ref: "gorder@1", dependsOn: ["a@1", "b@1"] }, { ref: "a@1", dependsOn: ["b@2"] }, { ref: "b@1" }],
};

describe("an image's list of parts", () => {
  test("names what is in the image, with its version, and nothing else", () => {
    expect(listOfParts(ofNpm, "order", ["a@1", "b@2"])).toEqual({
      bomFormat: "CycloneDX",
      metadata: { component: { "bom-ref": "gorder@1", name: "gorder-order" } },
      components: [{ "bom-ref": "a@1" }, { "bom-ref": "b@2" }],
      dependencies: [
        { ref: "gorder@1", dependsOn: ["a@1"] },
        { ref: "a@1", dependsOn: ["b@2"] },
      ],
    });
  });

  test("is not made when npm does not know a part", () => {
    expect(() => listOfParts(ofNpm, "order", ["c@1"])).toThrow("npm sbom does not list c@1");
  });

  test("finds a package by any of its files, and nothing in our own", () => {
    expect(packagesIn(["services/order/main.ts", "node_modules/express/lib/express.js"])).toEqual(["express@5.3.0"]);
  });
});
