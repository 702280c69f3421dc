namespace Petrel.Node.Logs;

/// <summary>What of a container's log to read (PodLogOptions, without the choice of container and instance).</summary>
public sealed record LogOptions
{
    /// <summary>Go on with what is written until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Start this many lines before the end; null for the beginning. Lines are the file's: a long line of output is several.</summary>
    public long? TailLines { get; init; }

    /// <summary>Leave out lines written before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Put the time before every line, RFC 3339 with nine digits of fraction.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Stop after this many bytes of output.</summary>
    public long? LimitBytes { get; init; }

    public LogStream Stream { get; init; }
}
