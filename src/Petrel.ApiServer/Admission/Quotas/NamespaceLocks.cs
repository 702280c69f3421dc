namespace Petrel.ApiServer.Admission.Quotas;

/// <summary>Lets one at a time work on a namespace. A namespace nobody works on takes no memory.</summary>
internal sealed class NamespaceLocks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Waits for one's turn, which lasts until the answer is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(string name, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out entry))
            {
                entry = new Entry(this, name);
                _entries.Add(name, entry);
            }

            entry.Users++;
        }

        try
        {
            await entry.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(entry);
            throw;
        }

        return entry;
    }

    private void Leave(Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(entry.Name);
                entry.Turn.Dispose();
            }
        }
    }

    private sealed class Entry(NamespaceLocks owner, string name) : IDisposable
    {
        public string Name { get; } = name;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Turn.Release();
            owner.Leave(this);
        }
    }
}
