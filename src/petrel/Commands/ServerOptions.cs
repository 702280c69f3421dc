namespace Petrel.Program.Commands;

/// <summary>Settings of <c>petrel server</c>.</summary>
internal sealed record ServerOptions
{
    public string DataDirectory { get; init; } = "/var/lib/petrel";

    public int Port { get; init; } = 6443;

    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>Null: none is written.</summary>
    public string? KubeconfigPath { get; init; }

    public string ServiceClusterIpRange { get; init; } = "10.96.0.0/12";
}
