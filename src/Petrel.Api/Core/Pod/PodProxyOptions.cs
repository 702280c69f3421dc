using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>pods/proxy</c>.</summary>
[ApiType("io.k8s.api.core.v1.PodProxyOptions", Kind = "PodProxyOptions", ApiVersion = "v1")]
public sealed partial record PodProxyOptions
{
    /// <summary>Path of the request that is passed on.</summary>
    [Field(1)]
    public string Path { get; init; } = "";
}
