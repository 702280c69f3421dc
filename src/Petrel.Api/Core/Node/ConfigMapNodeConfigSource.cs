using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapNodeConfigSource")]
public sealed partial record ConfigMapNodeConfigSource
{
    /// <summary>Namespace of the config map.</summary>
    [Field(1, Required = true, Always = true)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the config map.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Identity of the config map; in the status only.</summary>
    [Field(3)]
    public string Uid { get; init; } = "";

    /// <summary>Revision of the config map; in the status only.</summary>
    [Field(4)]
    public string ResourceVersion { get; init; } = "";

    /// <summary>Key under which the configuration is.</summary>
    [Field(5, Required = true, Always = true)]
    public string KubeletConfigKey { get; init; } = "";
}
