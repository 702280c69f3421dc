namespace Petrel.Node.Probes;

/// <summary>One way to ask a container.</summary>
internal interface IProbeAction
{
    /// <summary>Whether this is the way that the probe says.</summary>
    bool Handles(Api.Core.Probe probe);

    /// <summary>Asks once, within the probe's timeout.</summary>
    Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken);
}
