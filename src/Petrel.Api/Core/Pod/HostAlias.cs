using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HostAlias")]
public sealed partial record HostAlias
{
    /// <summary>The address.</summary>
    [Field(1, Required = true, Always = true)]
    public string Ip { get; init; } = "";

    /// <summary>Names of the address.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Hostnames { get; init; }
}
