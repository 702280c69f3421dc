using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretKeySelector", MapType = "atomic")]
public sealed partial record SecretKeySelector
{
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Key { get; init; } = "";

    [Field(3)]
    public bool? Optional { get; init; }
}
