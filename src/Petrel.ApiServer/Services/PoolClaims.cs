namespace Petrel.ApiServer.Services;

/// <summary>
/// What one write takes from a pool and gives back. Taken numbers are held at once, so that nobody else gets them meanwhile;
/// numbers to give back stay held until the write has succeeded.
/// </summary>
/// <param name="isDryRun">Nothing is taken from the pool; the answers are those that a real write would get now.</param>
internal sealed class PoolClaims(NumberPool pool, string holder, bool isDryRun)
{
    private readonly List<ulong> _taken = [];
    private readonly List<ulong> _toRelease = [];

    public bool TryTake(ulong number)
    {
        if (_taken.Contains(number) || !(isDryRun ? pool.IsFree(number) : pool.TryClaim(number, holder)))
        {
            return false;
        }

        _taken.Add(number);
        return true;
    }

    /// <summary>Null when the pool is empty.</summary>
    public ulong? TakeAny()
    {
        var number = isDryRun ? pool.PeekAny(_taken) : pool.ClaimAny(holder);
        if (number is { } taken)
        {
            _taken.Add(taken);
        }

        return number;
    }

    public void ReleaseOnCommit(ulong number) => _toRelease.Add(number);

    public void Commit() => Release(_toRelease);

    public void Rollback() => Release(_taken);

    private void Release(List<ulong> numbers)
    {
        if (isDryRun)
        {
            return;
        }

        foreach (var number in numbers)
        {
            pool.Release(number, holder);
        }
    }
}
