"""What Schemathesis cannot know of our API."""

import schemathesis


@schemathesis.hook
def map_body(context, body):
    """JSON Schema calls `1.0` an integer; in an amount we do not, and no schema can say so."""
    return as_written(body)


def as_written(value):
    if isinstance(value, dict):
        return {name: as_written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_written(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
