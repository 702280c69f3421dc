namespace Petrel.Storage.Backends.Embedded.Leasing;

/// <summary>One lease and the keys attached to it. Guarded by <see cref="LeaseTable"/>.</summary>
internal sealed class LeaseEntry
{
    /// <summary>Null while only keys of the lease are known: recovery may meet them before the grant, or after a revocation that the log still has to tell.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>A timestamp of the table's <see cref="TimeProvider"/>.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Set when the deletion is decided; from then on the lease cannot be renewed.</summary>
    public bool IsEnding { get; set; }

    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
}
