using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// Stored objects in another version, for kinds that ask a webhook about that. Each state of an object is asked about once,
/// however many read or watch it; those used last are kept.
/// </summary>
internal sealed class ConvertedObjects(StoredForm form, ObjectConversion conversion)
{
    /// <summary>Most bytes of what is kept, counted as they are stored.</summary>
    private const long BytesMax = 32 * 1024 * 1024;

    /// <summary>Most stored bytes that one question is about: its answer may be as long as a webhook's answer may be.</summary>
    private const long QuestionBytesMax = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, long Revision), LinkedListNode<Entry>> _known = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    /// <summary>The objects in the order of the pairs. All that nobody has asked about yet are asked about together.</summary>
    /// <exception cref="ConversionException">One of them cannot be converted.</exception>
    public async Task<IReadOnlyList<ApiObject>> ReadAsync(IReadOnlyList<KeyValue> pairs, CancellationToken cancellationToken)
    {
        var missing = new List<Entry>();
        var objects = new Task<ApiObject>[pairs.Count];
        lock (_lock)
        {
            for (var i = 0; i < pairs.Count; i++)
            {
                objects[i] = EntryOf(pairs[i], missing).Object.Task;
            }
        }

        // Others may wait for the answer as well, so it comes even when this reader leaves.
        _ = AskAsync(missing);
        return await Task.WhenAll(objects).WaitAsync(cancellationToken);
    }

    /// <summary>An object that is not stored, or not yet: nobody else looks at it.</summary>
    public async Task<ApiObject> ReadUnstoredAsync(KeyValue pair, CancellationToken cancellationToken) =>
        (await conversion([form.DecodeStored(pair.Value)], cancellationToken))[0];

    private Entry EntryOf(KeyValue pair, List<Entry> missing)
    {
        if (_known.TryGetValue((pair.Key, pair.ModRevision), out var node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }

        var entry = new Entry(pair, new TaskCompletionSource<ApiObject>(TaskCreationOptions.RunContinuationsAsynchronously));
        _known.Add((pair.Key, pair.ModRevision), _byUse.AddFirst(entry));
        _bytes += pair.Value.Length;
        missing.Add(entry);
        while (_bytes > BytesMax && _byUse.Last is { } oldest && oldest.Value != entry)
        {
            Forget(oldest.Value);
        }

        return entry;
    }

    private async Task AskAsync(List<Entry> missing)
    {
        for (var start = 0; start < missing.Count;)
        {
            var (end, bytes) = (start, 0L);
            while (end < missing.Count && (end == start || bytes + missing[end].Pair.Value.Length <= QuestionBytesMax))
            {
                bytes += missing[end++].Pair.Value.Length;
            }

            await AskOnceAsync(missing[start..end]);
            start = end;
        }
    }

    // Whoever waits is told of any problem, and who comes later asks again.
    private async Task AskOnceAsync(List<Entry> entries)
    {
        try
        {
            var converted = await conversion([.. entries.Select(entry => form.DecodeStored(entry.Pair.Value))], CancellationToken.None);
            for (var i = 0; i < entries.Count; i++)
            {
                entries[i].Object.SetResult(converted[i]);
            }
        }
        catch (Exception problem)
        {
            lock (_lock)
            {
                entries.ForEach(Forget);
            }

            entries.ForEach(entry => entry.Object.SetException(problem));
        }
    }

    private void Forget(Entry entry)
    {
        if (_known.Remove((entry.Pair.Key, entry.Pair.ModRevision), out var node))
        {
            _byUse.Remove(node);
            _bytes -= entry.Pair.Value.Length;
        }
    }

    private sealed record Entry(KeyValue Pair, TaskCompletionSource<ApiObject> Object);
}
