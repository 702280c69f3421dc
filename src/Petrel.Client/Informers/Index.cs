using Petrel.Api;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>Keys of objects by a value computed from them. Not safe for many threads: its cache guards it.</summary>
internal sealed class Index<T>(Func<T, IEnumerable<string>> values) where T : ApiObject
{
    private readonly Dictionary<string, HashSet<ObjectKey>> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ObjectKey> Find(string value) => _keys.TryGetValue(value, out var keys) ? keys : [];

    public void Change(ObjectKey key, T? old, T? current)
    {
        foreach (var value in old is null ? [] : values(old))
        {
            if (_keys.TryGetValue(value, out var keys) && keys.Remove(key) && keys.Count == 0)
            {
                _keys.Remove(value);
            }
        }

        foreach (var value in current is null ? [] : values(current))
        {
            if (!_keys.TryGetValue(value, out var keys))
            {
                _keys.Add(value, keys = []);
            }

            keys.Add(key);
        }
    }
}
