using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>pods/log</c>.</summary>
[ApiType("io.k8s.api.core.v1.PodLogOptions", Kind = "PodLogOptions", ApiVersion = "v1")]
public sealed partial record PodLogOptions
{
    /// <summary>Container whose log is shown; may be left out when the pod has one.</summary>
    [Field(1)]
    public string Container { get; init; } = "";

    /// <summary>Go on sending what is written until the container ends.</summary>
    [Field(2)]
    public bool Follow { get; init; }

    /// <summary>Show the log of the container's run before the present one.</summary>
    [Field(3)]
    public bool Previous { get; init; }

    /// <summary>Only lines of the last seconds; not together with sinceTime.</summary>
    [Field(4)]
    public long? SinceSeconds { get; init; }

    /// <summary>Only lines from this time on; not together with sinceSeconds.</summary>
    [Field(5)]
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>Start each line with the time at which it was written.</summary>
    [Field(6)]
    public bool Timestamps { get; init; }

    /// <summary>Only the last lines, this many.</summary>
    [Field(7)]
    public long? TailLines { get; init; }

    /// <summary>Stop after this many bytes, even within a line.</summary>
    [Field(8)]
    public long? LimitBytes { get; init; }

    /// <summary>Do not check the certificate of the node that has the log.</summary>
    [Field(9)]
    public bool InsecureSkipTLSVerifyBackend { get; init; }

    /// <summary>All, Stdout or Stderr; All when left out.</summary>
    [Field(10)]
    public string? Stream { get; init; }
}
