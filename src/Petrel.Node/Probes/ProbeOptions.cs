namespace Petrel.Node.Probes;

/// <summary>What probes are run with.</summary>
public sealed record ProbeOptions
{
    /// <summary>The version that probes introduce themselves with: the user agent is <c>kube-probe/1.33</c>.</summary>
    public string Version { get; init; } = "1.33";
}
