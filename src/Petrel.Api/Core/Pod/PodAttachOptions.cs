using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>pods/attach</c>.</summary>
[ApiType("io.k8s.api.core.v1.PodAttachOptions", Kind = "PodAttachOptions", ApiVersion = "v1")]
public sealed partial record PodAttachOptions
{
    /// <summary>Send standard input to the container's main process.</summary>
    [Field(1)]
    public bool Stdin { get; init; }

    /// <summary>Receive its standard output.</summary>
    [Field(2)]
    public bool Stdout { get; init; }

    /// <summary>Receive its standard error.</summary>
    [Field(3)]
    public bool Stderr { get; init; }

    /// <summary>The container has a terminal, to which this attaches.</summary>
    [Field(4)]
    public bool Tty { get; init; }

    /// <summary>Container to attach to; may be left out when the pod has one.</summary>
    [Field(5)]
    public string Container { get; init; } = "";
}
