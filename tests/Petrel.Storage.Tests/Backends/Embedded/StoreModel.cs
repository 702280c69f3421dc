using System.Text;

namespace Petrel.Storage.Tests.Backends.Embedded;

/// <summary>What a store must hold: every revision as a sorted map, made from the changes that were acknowledged.</summary>
internal sealed class StoreModel
{
    private readonly SortedDictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _events = [];

    public long Revision { get; private set; } = 1;

    /// <summary>"key=value@revision" or "key-@revision", the first of which is of revision 2.</summary>
    public IReadOnlyList<string> Events => _events;

    public IReadOnlyDictionary<string, string> Keys => _keys;

    public void Put(string key, string value)
    {
        Revision++;
        _keys[key] = value;
        _events.Add($"{key}={value}@{Revision}");
    }

    public void Delete(string key)
    {
        Revision++;
        _keys.Remove(key);
        _events.Add($"{key}-@{Revision}");
    }

    public string List() => string.Join(' ', _keys.Select(entry => $"{entry.Key}={entry.Value}"));

    /// <summary>Checks everything that the store retains against the model.</summary>
    public async Task CheckAsync(IStore store)
    {
        var status = await store.GetStatusAsync();
        Assert.Equal(Revision, status.Revision);
        Assert.Equal(_keys.Count, status.KeyCount);
        Assert.Equal(List(), await store.ListAsync(KeyRange.All));
        var from = Math.Max(status.CompactedRevision, 1) + 1;
        var expected = _events.Skip((int)from - 2).ToArray();
        if (expected.Length > 0)
        {
            using var watch = store.Watch(new WatchRequest(KeyRange.All, from));
            Assert.Equal(string.Join(' ', expected), await watch.ReadEventsAsync(expected.Length));
        }
    }

    /// <summary>A value of up to a few sectors that cannot be mistaken for another one.</summary>
    public static string RandomValue(Random random, int number)
    {
        var text = new StringBuilder().Append(number).Append('.');
        text.Append((char)('a' + (number % 26)), random.Next(4) == 0 ? random.Next(6_000) : random.Next(40));
        return text.ToString();
    }
}
