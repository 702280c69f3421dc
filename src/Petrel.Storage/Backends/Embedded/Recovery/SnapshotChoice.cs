using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Snapshots;

namespace Petrel.Storage.Backends.Embedded.Recovery;

/// <summary>Finds the newest snapshot that is intact.</summary>
internal sealed class SnapshotChoice
{
    private readonly List<StoreCorruptException> _damaged = [];

    public SnapshotChoice(IStoreFiles files, IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => StoreFileNames.SnapshotRevision(name) is not null).OrderDescending(StringComparer.Ordinal))
        {
            try
            {
                using var file = files.Open(name);
                Content = SnapshotFile.Read(file, files.PathOf(name));
                return;
            }
            catch (StoreCorruptException damage)
            {
                _damaged.Add(damage);
            }
        }
    }

    /// <summary>The snapshot, or null when there is none that can be used.</summary>
    public SnapshotContent? Content { get; }

    /// <summary>Newer ones that are damaged. The log may still reach back far enough to do without them.</summary>
    public IReadOnlyList<StoreCorruptException> Damaged => _damaged;
}
