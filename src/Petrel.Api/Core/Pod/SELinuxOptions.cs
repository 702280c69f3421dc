using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SELinuxOptions")]
public sealed partial record SELinuxOptions
{
    /// <summary>SELinux user.</summary>
    [Field(1)]
    public string User { get; init; } = "";

    /// <summary>SELinux role.</summary>
    [Field(2)]
    public string Role { get; init; } = "";

    /// <summary>SELinux type.</summary>
    [Field(3)]
    public string Type { get; init; } = "";

    /// <summary>SELinux level.</summary>
    [Field(4)]
    public string Level { get; init; } = "";
}
