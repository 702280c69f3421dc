namespace Petrel.ApiServer.Services;

/// <summary>
/// The numbers 0 to <paramref name="size"/>-1, each free or held by one holder. Numbers that are picked come from the upper,
/// dynamic band while it has any, so that the lower, static one stays free for those who ask for a number of their choice
/// (KEP-3070, KEP-3668). Safe for use by many threads.
/// </summary>
/// <param name="size">How many there are.</param>
/// <param name="dynamicStart">First number of the dynamic band.</param>
internal sealed class NumberPool(ulong size, ulong dynamicStart)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, string> _holders = [];

    /// <summary>How many numbers there are.</summary>
    public ulong Size => size;

    /// <summary>How many numbers are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _holders.Count;
            }
        }
    }

    /// <summary>Size of the static band: a fraction of the range, but neither nothing nor most of it; small ranges have none.</summary>
    public static ulong StaticBandOf(ulong size, ulong fraction, ulong max)
    {
        const ulong min = 16;
        return size < min ? 0 : Math.Min(Math.Max(min, size / fraction), max);
    }

    public bool IsFree(ulong number)
    {
        lock (_gate)
        {
            return !_holders.ContainsKey(number);
        }
    }

    public bool IsHeldBy(ulong number, string holder)
    {
        lock (_gate)
        {
            return _holders.TryGetValue(number, out var current) && current == holder;
        }
    }

    /// <summary>Takes a number; false when it is held already.</summary>
    public bool TryClaim(ulong number, string holder)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, size);
        lock (_gate)
        {
            return _holders.TryAdd(number, holder);
        }
    }

    /// <summary>Takes any free number; null when there is none.</summary>
    public ulong? ClaimAny(string holder)
    {
        lock (_gate)
        {
            var found = FindFree([]);
            if (found is { } number)
            {
                _holders.Add(number, holder);
            }

            return found;
        }
    }

    /// <summary>A number that is free now and not among those excluded, without taking it; null when there is none.</summary>
    public ulong? PeekAny(IReadOnlyCollection<ulong> excluded)
    {
        lock (_gate)
        {
            return FindFree(excluded);
        }
    }

    /// <summary>Gives a number back; nothing happens when somebody else holds it.</summary>
    public void Release(ulong number, string holder)
    {
        lock (_gate)
        {
            if (_holders.TryGetValue(number, out var current) && current == holder)
            {
                _holders.Remove(number);
            }
        }
    }

    private ulong? FindFree(IReadOnlyCollection<ulong> excluded) =>
        (ulong)_holders.Count >= size ? null : FindFree(dynamicStart, size, excluded) ?? FindFree(0, dynamicStart, excluded);

    // From a random place on: neighbours in time are no neighbours in number, and a number just given back is not the next to go.
    private ulong? FindFree(ulong first, ulong end, IReadOnlyCollection<ulong> excluded)
    {
        var count = end - first;
        var start = count == 0 ? 0 : (ulong)Random.Shared.NextInt64((long)Math.Min(count, long.MaxValue));
        for (ulong step = 0; step < count; step++)
        {
            // Not (start + step) % count, which can overflow.
            var offset = step < count - start ? start + step : step - (count - start);
            var number = first + offset;
            if (!_holders.ContainsKey(number) && !excluded.Contains(number))
            {
                return number;
            }
        }

        return null;
    }
}
