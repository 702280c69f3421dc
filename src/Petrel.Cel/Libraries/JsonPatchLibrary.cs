using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>jsonpatch.escapeKey: a name as it stands in a JSON pointer.</summary>
public static class JsonPatchLibrary
{
    public static CelLibrary Instance { get; } = new(
        "jsonpatch",
        [
            new CelFunction("jsonpatch.escapeKey",
            [
                Overloads.Unary<CelString>(CelType.String, CelType.String, static key =>
                    CelValue.Of(key.Value.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))).CostingText(static size => size + size),
            ]),
        ]);
}
