"""`dawndusk schema`: the JSON schema of scenario files, for editors and forms."""

from __future__ import annotations

import json

import click

from dawndusk.cli.output import emit, say


@click.command(epilog="Save it and name it in your editor's YAML settings to be helped while writing.")
@click.option("--json", "as_json", is_flag=True, help="Wrap it in the object that every command prints.")
def command(*, as_json: bool) -> None:
    """Print the JSON schema of scenario files."""
    from dawndusk.formats.yaml_schema import scenario_schema

    schema = scenario_schema()
    if as_json:
        return emit("schema", {"schema": schema})
    return say(json.dumps(schema, indent=2))
