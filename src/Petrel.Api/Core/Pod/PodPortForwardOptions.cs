using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>pods/portforward</c>.</summary>
[ApiType("io.k8s.api.core.v1.PodPortForwardOptions", Kind = "PodPortForwardOptions", ApiVersion = "v1")]
public sealed partial record PodPortForwardOptions
{
    /// <summary>Ports to forward; WebSocket clients must name them.</summary>
    [Field(1)]
    public ApiList<int> Ports { get; init; }
}
