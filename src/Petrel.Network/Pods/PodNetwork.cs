using Petrel.Linux.Processes;

namespace Petrel.Network.Pods;

/// <summary>
/// Prepares a node for pods: kernel settings, the bridge, masquerade towards the outside, and last the configuration
/// file whose appearance tells the container runtime that the network is ready. Safe to repeat.
/// </summary>
public sealed class PodNetwork(PodNetworkOptions options)
{
    /// <exception cref="PodNetworkException">The machine lacks something or forbids it; the message says what to do.</exception>
    /// <exception cref="CommandException">A network program failed.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        CniPlugins.Find();
        var bridge = new PodBridge(options);
        await KernelSettings.EnableForwardingAsync(options.NetworkNamespace, cancellationToken).ConfigureAwait(false);
        await bridge.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (options.HasLocalhostNodePorts)
        {
            KernelSettings.AllowLocalhostNodePorts(options.NetworkNamespace, options.Bridge);
        }

        await new PodMasquerade(options).ApplyAsync(cancellationToken).ConfigureAwait(false);
        CniConfiguration.Write(options);
    }

    /// <summary>Removes what <see cref="PrepareAsync"/> made, except kernel settings that other programs may rely on by now.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken = default)
    {
        CniConfiguration.Remove(options);
        await new PodMasquerade(options).RemoveAsync(cancellationToken).ConfigureAwait(false);
        await new PodBridge(options).RemoveAsync(cancellationToken).ConfigureAwait(false);
    }
}
