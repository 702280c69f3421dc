using System.Runtime.InteropServices;
using Petrel.Storage.Backends.Embedded.Commits;

namespace Petrel.Storage.Backends.Embedded.Leasing;

/// <summary>All leases: written by whoever publishes drafts, read and renewed from any thread.</summary>
internal sealed class LeaseTable(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LeaseEntry> _leases = [];

    /// <summary>Called, outside the lock, with a lease whose expiry must be looked at after the given time.</summary>
    public Action<long, TimeSpan>? Granted { get; set; }

    /// <summary>True when keys can be attached to the lease.</summary>
    public bool IsAlive(long id)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(id, out var lease) && lease is { TimeToLive: not null, IsEnding: false };
        }
    }

    /// <summary>Renews a lease and returns its time to live, or null when there is none to renew.</summary>
    public TimeSpan? KeepAlive(long id)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(id, out var lease) || lease.IsEnding || lease.TimeToLive is not { } timeToLive)
            {
                return null;
            }

            lease.ExpiresAt = After(timeToLive);
            return timeToLive;
        }
    }

    public Lease? Find(long id)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(id, out var lease) && lease is { IsEnding: false, TimeToLive: { } timeToLive }
                ? new Lease(id, timeToLive, Remaining(lease))
                : null;
        }
    }

    /// <summary>Time until the lease expires, zero when it is due; null when there is no such lease.</summary>
    public TimeSpan? RemainingOf(long id)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(id, out var lease) && lease is { TimeToLive: not null, IsEnding: false } ? Remaining(lease) : null;
        }
    }

    /// <summary>
    /// Decides the end of a lease, so that no renewal succeeds from here on, and returns its keys in order; null when
    /// there is no such lease, or when it must be due and has been renewed meanwhile.
    /// </summary>
    public IReadOnlyCollection<string>? BeginEnd(long id, bool onlyWhenDue)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(id, out var lease) || lease.TimeToLive is null || lease.IsEnding
                || (onlyWhenDue && Remaining(lease) > TimeSpan.Zero))
            {
                return null;
            }

            lease.IsEnding = true;
            return Sorted(lease);
        }
    }

    /// <summary>Takes back <see cref="BeginEnd"/> when the deletion could not be made durable.</summary>
    public void CancelEnd(long id)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(id, out var lease))
            {
                lease.IsEnding = false;
            }
        }
    }

    /// <summary>The keys attached to a lease, granted or not, in order.</summary>
    public IReadOnlyCollection<string> KeysOf(long id)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(id, out var lease) ? Sorted(lease) : [];
        }
    }

    /// <summary>Every lease with its time to live.</summary>
    public IReadOnlyList<LeaseChange> All()
    {
        lock (_gate)
        {
            return [.. _leases.Where(lease => lease.Value.TimeToLive is not null).Select(lease => new LeaseChange(lease.Key, lease.Value.TimeToLive))];
        }
    }

    public void Attach(long id, string key)
    {
        lock (_gate)
        {
            Entry(id).Keys.Add(key);
        }
    }

    /// <summary>Takes over what a draft did to leases and to the attachment of keys.</summary>
    public void Apply(Draft draft)
    {
        lock (_gate)
        {
            foreach (ref readonly var change in CollectionsMarshal.AsSpan(draft.Events))
            {
                Move(change);
            }

            foreach (var change in draft.LeaseChanges)
            {
                Apply(change);
            }
        }

        foreach (var change in draft.LeaseChanges)
        {
            if (change.TimeToLive is { } timeToLive)
            {
                Granted?.Invoke(change.Id, timeToLive);
            }
        }
    }

    private void Apply(LeaseChange change)
    {
        if (change.TimeToLive is { } timeToLive)
        {
            var lease = Entry(change.Id);
            lease.TimeToLive = timeToLive;
            lease.ExpiresAt = After(timeToLive);
        }
        else
        {
            _leases.Remove(change.Id);
        }
    }

    private void Move(in StoreEvent change)
    {
        var (from, to) = (change.Previous?.Lease ?? 0, change.Current.Lease);
        if (from == to)
        {
            return;
        }

        if (from != 0 && _leases.TryGetValue(from, out var old))
        {
            old.Keys.Remove(change.Key);
        }

        if (to != 0)
        {
            Entry(to).Keys.Add(change.Key);
        }
    }

    private LeaseEntry Entry(long id)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_leases, id, out _);
        return entry ??= new LeaseEntry();
    }

    private long After(TimeSpan duration) => time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Remaining(LeaseEntry lease)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), lease.ExpiresAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static string[] Sorted(LeaseEntry lease)
    {
        var keys = lease.Keys.ToArray();
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }
}
