using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretProjection")]
public sealed partial record SecretProjection
{
    /// <summary>Name of the secret.</summary>
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    /// <summary>Keys to show and where; all of them, in files of their names, when left out.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<KeyToPath> Items { get; init; }

    /// <summary>It may be missing.</summary>
    [Field(4)]
    public bool? Optional { get; init; }
}
