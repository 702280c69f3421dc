using Petrel.Client.Api;

namespace Petrel.Controllers.Ownership;

/// <summary>
/// Keeps an owner from acting twice on the same lack: what was created or deleted but has not reached the cache yet. As long
/// as an owner expects something, its count of dependents is out of date. One entry per owner that acted.
/// </summary>
internal sealed class Expectations(TimeProvider time)
{
    // A change that never shows up (an informer that listed anew may skip short-lived objects) is not waited for longer.
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Entry> _entries = [];

    public void Expect(ObjectKey owner, int creations, IEnumerable<string> deletedUids)
    {
        lock (_lock)
        {
            _entries[owner] = new Entry(creations, [.. deletedUids], time.GetTimestamp());
        }
    }

    /// <summary>A dependent was seen in the cache, or could not be created.</summary>
    public void CreationObserved(ObjectKey owner)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(owner, out var entry))
            {
                entry.Creations--;
            }
        }
    }

    /// <summary>A dependent is gone or going, or could not be deleted.</summary>
    public void DeletionObserved(ObjectKey owner, string uid)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(owner, out var entry))
            {
                entry.Deletions.Remove(uid);
            }
        }
    }

    /// <summary>The cache shows everything that was done for the owner.</summary>
    public bool AreMet(ObjectKey owner)
    {
        lock (_lock)
        {
            return !_entries.TryGetValue(owner, out var entry)
                || (entry.Creations <= 0 && entry.Deletions.Count == 0)
                || time.GetElapsedTime(entry.Since) > AgeMax;
        }
    }

    public void Forget(ObjectKey owner)
    {
        lock (_lock)
        {
            _entries.Remove(owner);
        }
    }

    private sealed class Entry(int creations, HashSet<string> deletions, long since)
    {
        public int Creations { get; set; } = creations;

        public HashSet<string> Deletions { get; } = deletions;

        public long Since { get; } = since;
    }
}
