using System.Net;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Services;

/// <summary>What one write of a service takes from an address range and gives back, in the pool and as IPAddress objects.</summary>
internal sealed class AddressClaims(AddressRange range, AddressObjects objects, Service service, bool isDryRun)
{
    private readonly PoolClaims _pool = new(range.Pool, service.Metadata.Uid, isDryRun);
    private readonly List<IPAddress> _taken = [];
    private readonly List<IPAddress> _toRelease = [];

    /// <summary>Takes the address; false when it is taken already.</summary>
    public async ValueTask<bool> TryTakeAsync(IPAddress address, ulong number)
    {
        if (!_pool.TryTake(number))
        {
            return false;
        }

        return await TryCreateAsync(address);
    }

    /// <summary>Takes any address; null when all are taken.</summary>
    public async ValueTask<IPAddress?> TakeAnyAsync()
    {
        while (_pool.TakeAny() is { } number)
        {
            var address = range.AddressOf(number);
            if (await TryCreateAsync(address))
            {
                return address;
            }

            // Somebody else made an object for it: no service's, and none to give while this write lasts.
            _pool.ReleaseOnCommit(number);
        }

        return null;
    }

    public void ReleaseOnCommit(ulong number)
    {
        _pool.ReleaseOnCommit(number);
        _toRelease.Add(range.AddressOf(number));
    }

    public ValueTask CommitAsync()
    {
        _pool.Commit();
        return RemoveAsync(_toRelease);
    }

    public ValueTask RollbackAsync()
    {
        _pool.Rollback();
        return RemoveAsync(_taken);
    }

    private async ValueTask<bool> TryCreateAsync(IPAddress address)
    {
        if (!isDryRun && !await objects.TryCreateAsync(address, service))
        {
            return false;
        }

        _taken.Add(address);
        return true;
    }

    private async ValueTask RemoveAsync(List<IPAddress> addresses)
    {
        foreach (var address in isDryRun ? [] : addresses)
        {
            await objects.RemoveAsync(address, service);
        }
    }
}
