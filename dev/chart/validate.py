"""Checks Kubernetes objects against schemas, as strictly as the API server does with --validate=strict.

Reads {"versions": […], "crds": […], "objects": […]} as JSON and prints what is wrong with each, one line a finding:
an object is checked against every version's schema, or against the CustomResourceDefinition of its kind.
"""

import functools
import importlib.util
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

# Found, not imported: only its files are wanted.
PACKAGE = importlib.util.find_spec("kubernetes_validate").submodule_search_locations[0]
SCHEMAS = pathlib.Path(PACKAGE) / "kubernetes-json-schema"


@functools.cache
def definitions(version):
    text = (SCHEMAS / f"v{version}-local-strict" / "_definitions.json").read_text()
    return Resource.from_contents(json.loads(text)) @ Registry()


@functools.cache
def builtin(version, api_version, kind):
    """The validator for a kind of Kubernetes itself, or None when this version has no such kind."""
    group = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api_version)
    path = SCHEMAS / f"v{version}-local-strict" / f"{kind.lower()}-{group}.json"
    if not path.exists():
        return None
    return Draft202012Validator(json.loads(path.read_text()), registry=definitions(version))


def strict(schema):
    """The same schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    open_ended = "additionalProperties" in schema or schema.get("x-kubernetes-preserve-unknown-fields")
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object" and not open_ended:
        closed["additionalProperties"] = False
    if schema.get("nullable") and "type" in schema:
        closed["type"] = [schema["type"], "null"]
    return closed


def custom(crds):
    """(apiVersion, kind) -> validator, from CustomResourceDefinitions."""
    validators = {}
    for crd in crds:
        for version in crd["spec"]["versions"]:
            schema = strict(version["schema"]["openAPIV3Schema"])
            for field in ("apiVersion", "kind", "metadata"):
                schema["properties"][field] = {}
            key = (f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"])
            validators[key] = Draft202012Validator(schema)
    return validators


def validators_of(thing, versions, customs):
    api_version, kind = thing["apiVersion"], thing["kind"]
    if (api_version, kind) in customs:
        return [("its CRD", customs[api_version, kind])]
    return [(f"Kubernetes {version}", builtin(version, api_version, kind)) for version in versions]


def findings(thing, versions, customs):
    for source, validator in validators_of(thing, versions, customs):
        if validator is None:
            yield f"{source} has no {thing['apiVersion']} {thing['kind']}"
            continue
        for error in validator.iter_errors(thing):
            yield f"{source}: {error.json_path}: {error.message[:300]}"


def main():
    given = json.load(sys.stdin)
    customs = custom(given["crds"])
    for thing in given["objects"]:
        for finding in dict.fromkeys(findings(thing, given["versions"], customs)):
            print(f"{thing['kind']} {thing['metadata'].get('name')}: {finding}")


main()
