using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretProjection")]
public sealed partial record SecretProjection
{
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    [Field(2, ListType = "atomic")]
    public ApiList<KeyToPath> Items { get; init; }

    [Field(4)]
    public bool? Optional { get; init; }
}
