using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GRPCAction")]
public sealed partial record GRPCAction
{
    /// <summary>Port of the gRPC health service.</summary>
    [Field(1, Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Service that is asked about; the server as a whole when empty.</summary>
    [Field(2, Default = "\"\"")]
    public string? Service { get; init; }

    internal GRPCAction WithDefaults() => this with { Service = Service ?? "" };
}
