namespace Petrel.ApiServer.Writes;

/// <summary>The patch formats of the API.</summary>
internal enum PatchKind
{
    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>RFC 7386.</summary>
    Merge,

    /// <summary>Merge patch that knows the kind's list keys.</summary>
    Strategic,

    /// <summary>Server-side apply (KEP-555).</summary>
    Apply,
}
