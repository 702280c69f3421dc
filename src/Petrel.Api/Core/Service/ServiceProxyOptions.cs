using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>services/proxy</c>.</summary>
[ApiType("io.k8s.api.core.v1.ServiceProxyOptions", Kind = "ServiceProxyOptions", ApiVersion = "v1")]
public sealed partial record ServiceProxyOptions
{
    /// <summary>Path of the request that is passed on.</summary>
    [Field(1)]
    public string Path { get; init; } = "";
}
