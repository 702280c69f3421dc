using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Query parameters of <c>pods/exec</c>.</summary>
[ApiType("io.k8s.api.core.v1.PodExecOptions", Kind = "PodExecOptions", ApiVersion = "v1")]
public sealed partial record PodExecOptions
{
    /// <summary>Send standard input to the command.</summary>
    [Field(1)]
    public bool Stdin { get; init; }

    /// <summary>Receive what the command writes to standard output.</summary>
    [Field(2)]
    public bool Stdout { get; init; }

    /// <summary>Receive what the command writes to standard error.</summary>
    [Field(3)]
    public bool Stderr { get; init; }

    /// <summary>Give the command a terminal; standard error then comes with standard output.</summary>
    [Field(4)]
    public bool Tty { get; init; }

    /// <summary>Container to run the command in; may be left out when the pod has one.</summary>
    [Field(5)]
    public string Container { get; init; } = "";

    /// <summary>Program and arguments, run without a shell.</summary>
    [Field(6, Required = true, Always = true)]
    public ApiList<string> Command { get; init; }
}
