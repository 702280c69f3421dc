using System.Collections.Immutable;
using Petrel.Api;

namespace Petrel.Scheduler.Nodes;

/// <summary>The labels of all namespaces, for terms that select namespaces. Safe for many threads.</summary>
internal sealed class NamespaceLabels
{
    private ImmutableDictionary<string, ApiMap<string>> _labels = ImmutableDictionary.Create<string, ApiMap<string>>(StringComparer.Ordinal);
    private long _version;

    /// <summary>Changes whenever a label does: what was computed with another version may no longer hold.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>None for a namespace that is not known.</summary>
    public ApiMap<string> Of(string @namespace) => _labels.GetValueOrDefault(@namespace);

    /// <summary>One writer (the informer of namespaces).</summary>
    public void Set(string @namespace, ApiMap<string>? labels)
    {
        _labels = labels is null ? _labels.Remove(@namespace) : _labels.SetItem(@namespace, labels.Value);
        Interlocked.Increment(ref _version);
    }
}
