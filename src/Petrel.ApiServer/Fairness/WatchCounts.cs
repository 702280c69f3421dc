using System.Collections.Concurrent;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>How many watches see a write. Of selectors only a name is looked at, so the number is an upper bound.</summary>
internal sealed class WatchCounts
{
    private readonly ConcurrentDictionary<WatchedScope, int> _counts = new();

    /// <summary>Counts a watch until it is disposed.</summary>
    /// <param name="name">The only object that it sees; empty for all.</param>
    public IDisposable Add(RequestInfo info, string name)
    {
        var scope = new WatchedScope(info.Group, info.Resource, info.Namespace, name);
        _counts.AddOrUpdate(scope, 1, static (_, count) => count + 1);
        return new Registration(this, scope);
    }

    /// <summary>Watches that see a write to an object.</summary>
    public int Of(RequestInfo info)
    {
        var all = new WatchedScope(info.Group, info.Resource, "", "");
        var count = Count(all);
        count += info.Namespace.Length == 0 ? 0 : Count(all with { Namespace = info.Namespace });
        count += info.Name.Length == 0 ? 0 : Count(all with { Name = info.Name });
        return count + (info.Namespace.Length == 0 || info.Name.Length == 0 ? 0 : Count(all with { Namespace = info.Namespace, Name = info.Name }));
    }

    private int Count(WatchedScope scope) => _counts.GetValueOrDefault(scope);

    private void Remove(WatchedScope scope)
    {
        var left = _counts.AddOrUpdate(scope, 0, static (_, count) => count - 1);
        if (left == 0)
        {
            // Unless another has come meanwhile.
            _counts.TryRemove(new KeyValuePair<WatchedScope, int>(scope, 0));
        }
    }

    private readonly record struct WatchedScope(string Group, string Resource, string Namespace, string Name);

    private sealed class Registration(WatchCounts counts, WatchedScope scope) : IDisposable
    {
        public void Dispose() => counts.Remove(scope);
    }
}
