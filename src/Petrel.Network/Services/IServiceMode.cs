namespace Petrel.Network.Services;

/// <summary>A way to make the kernel forward service traffic. Only one caller uses it, one call at a time.</summary>
public interface IServiceMode
{
    /// <summary>
    /// Makes the kernel's state that of <paramref name="snapshot"/>. The first call replaces whatever an earlier process
    /// left; later ones cost in proportion to <paramref name="changed"/>.
    /// </summary>
    /// <param name="snapshot">All services.</param>
    /// <param name="changed">The services that may differ from the previous call's snapshot (added, changed or removed).</param>
    /// <param name="cancellationToken">Stops waiting; the kernel has the old state or the new one.</param>
    /// <exception cref="ServiceModeException">The state could not be applied, even from scratch: call again later.</exception>
    Task SyncAsync(ServiceSnapshot snapshot, IReadOnlySet<ServiceName> changed, CancellationToken cancellationToken);

    /// <summary>Whether the state is still in the kernel. If not, the next <see cref="SyncAsync"/> applies everything again.</summary>
    /// <exception cref="ServiceModeException">It could not be looked at.</exception>
    Task<bool> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Removes everything this mode put into the kernel.</summary>
    Task RemoveAsync(CancellationToken cancellationToken);
}
