using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>nodes/proxy</c>.</summary>
[ApiType("io.k8s.api.core.v1.NodeProxyOptions", Kind = "NodeProxyOptions", ApiVersion = "v1")]
public sealed partial record NodeProxyOptions
{
    /// <summary>Path of the request that is passed on.</summary>
    [Field(1)]
    public string Path { get; init; } = "";
}
