using System.Net;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Services;

/// <summary>What one write of a service takes from all ranges and gives back.</summary>
internal sealed class ServiceAddressClaims(ServiceRanges ranges, AddressObjects objects, Service service, bool isDryRun)
{
    private readonly Dictionary<AddressRange, AddressClaims> _claims = [];

    // Addresses to give back whose range is gone.
    private readonly List<IPAddress> _strays = [];

    /// <summary>Takes the address; why not, when it cannot be had.</summary>
    public async ValueTask<string?> TakeAsync(IPAddress address, string family)
    {
        var giving = ranges.Giving(family).ToList();
        foreach (var range in giving)
        {
            if (range.NumberOf(address) is { } number)
            {
                return await Of(range).TryTakeAsync(address, number) ? null : "provided IP is already allocated";
            }
        }

        return (giving.Find(range => range.Contains(address)) ?? ranges.Own.First(range => range.Family == family)).Refusal(address);
    }

    /// <summary>Takes any address of the family; null when all are taken.</summary>
    public async ValueTask<IPAddress?> TakeAnyAsync(string family)
    {
        foreach (var range in ranges.Giving(family))
        {
            if (await Of(range).TakeAnyAsync() is { } address)
            {
                return address;
            }
        }

        return null;
    }

    public void ReleaseOnCommit(IEnumerable<IPAddress> addresses)
    {
        foreach (var address in addresses)
        {
            var places = ranges.Containing(address).ToList();
            foreach (var (range, number) in places)
            {
                Of(range).ReleaseOnCommit(number);
            }

            if (places.Count == 0)
            {
                _strays.Add(address);
            }
        }
    }

    public async ValueTask CommitAsync()
    {
        foreach (var claims in _claims.Values)
        {
            await claims.CommitAsync();
        }

        foreach (var address in isDryRun ? [] : _strays)
        {
            await objects.RemoveAsync(address, service);
        }
    }

    public async ValueTask RollbackAsync()
    {
        foreach (var claims in _claims.Values)
        {
            await claims.RollbackAsync();
        }
    }

    private AddressClaims Of(AddressRange range)
    {
        if (!_claims.TryGetValue(range, out var claims))
        {
            claims = new AddressClaims(range, objects, service, isDryRun);
            _claims.Add(range, claims);
        }

        return claims;
    }
}
