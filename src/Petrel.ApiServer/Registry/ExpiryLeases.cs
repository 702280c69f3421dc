using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// Leases for kinds that expire (events). Objects written within a minute share one lease, so that a storm of events does
/// not make a storm of leases; an object may therefore live a minute longer.
/// </summary>
internal sealed class ExpiryLeases(ILeases leases, TimeSpan timeToLive, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Shared = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private long _lease;
    private DateTimeOffset _until;

    public async ValueTask<long> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (now >= _until)
            {
                _lease = (await leases.GrantAsync(timeToLive + Shared, cancellationToken)).Id;
                _until = now + Shared;
            }

            return _lease;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
