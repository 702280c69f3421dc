using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LifecycleHandler")]
public sealed partial record LifecycleHandler
{
    /// <summary>Run a command in the container.</summary>
    [Field(1)]
    public ExecAction? Exec { get; init; }

    /// <summary>Make an HTTP request.</summary>
    [Field(2)]
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>No longer does anything.</summary>
    [Field(3)]
    public TCPSocketAction? TcpSocket { get; init; }

    /// <summary>Wait.</summary>
    [Field(4)]
    public SleepAction? Sleep { get; init; }

    internal LifecycleHandler WithDefaults() => this with { HttpGet = HttpGet?.WithDefaults() };

    internal void Validate(long gracePeriodSeconds, FieldPath path, FieldErrors errors) =>
        new Handler(Exec, HttpGet, TcpSocket, null, Sleep).Validate(gracePeriodSeconds, path, errors);
}
