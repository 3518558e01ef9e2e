"""Holds what the directory exports against the official shapes of CPSV-AP, and against its own JSON Schema.

    conforms.py shacl SHAPES DATA      JSON-LD against SHACL
    conforms.py schema SCHEMA EXPORT   the JSON export against `$defs/directory`

Says in one line what was held against what, or every violation, and then ends with 1. A graph in which no node is of a
class that the shapes speak of conforms to anything, so the nodes are counted by class.
"""

import json
import sys
from collections import Counter

SHACL = "http://www.w3.org/ns/shacl#"


def shacl(shapes_file, data_file):
    from pyshacl import validate
    from rdflib import Graph, Namespace, RDF

    sh = Namespace(SHACL)
    shapes, data = Graph().parse(shapes_file), Graph().parse(data_file, format="json-ld")
    known = set(shapes.objects(None, sh.targetClass))
    held = Counter(str(kind) for kind in data.objects(None, RDF.type) if kind in known)
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    violations = [
        " ".join(str(report.value(found, part)) for part in (sh.focusNode, sh.resultPath, sh.value, sh.resultMessage))
        for found in report.subjects(RDF.type, sh.ValidationResult)
    ]
    return violations, {"triples": len(data), "held": held}


def schema(schema_file, export_file):
    from jsonschema import Draft202012Validator

    whole, export = json.load(open(schema_file)), json.load(open(export_file))
    Draft202012Validator.check_schema(whole)
    directory = {**whole, "$ref": "#/$defs/directory"}
    found = Draft202012Validator(directory).iter_errors(export)
    return [f"{error.json_path}: {error.message[:200]}" for error in found], {"services": len(export["services"])}


if __name__ == "__main__":
    violations, told = {"shacl": shacl, "schema": schema}[sys.argv[1]](*sys.argv[2:4])
    print(json.dumps({"violations": violations, **told}))
    sys.exit(1 if violations else 0)
