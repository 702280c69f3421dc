using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapNodeConfigSource")]
public sealed partial record ConfigMapNodeConfigSource
{
    [Field(1, Required = true, Always = true)]
    public string Namespace { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(3)]
    public string Uid { get; init; } = "";

    [Field(4)]
    public string ResourceVersion { get; init; } = "";

    [Field(5, Required = true, Always = true)]
    public string KubeletConfigKey { get; init; } = "";
}
