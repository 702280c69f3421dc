using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Probe")]
public sealed partial record Probe
{
    /// <summary>Run a command in the container.</summary>
    [Field(1, Inside = 1)]
    public ExecAction? Exec { get; init; }

    /// <summary>Make an HTTP request; 200 to 399 is success.</summary>
    [Field(2, Inside = 1)]
    public HTTPGetAction? HttpGet { get; init; }

    /// <summary>Open a TCP connection.</summary>
    [Field(3, Inside = 1)]
    public TCPSocketAction? TcpSocket { get; init; }

    /// <summary>Ask the gRPC health service.</summary>
    [Field(4, Inside = 1)]
    public GRPCAction? Grpc { get; init; }

    /// <summary>Seconds from the container's start to the first try.</summary>
    [Field(2)]
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds after which a try has failed; 1 when left out.</summary>
    [Field(3)]
    public int TimeoutSeconds { get; init; }

    /// <summary>Seconds between tries; 10 when left out.</summary>
    [Field(4)]
    public int PeriodSeconds { get; init; }

    /// <summary>Successes in a row that end a failure; 1 when left out, and always for liveness and startup.</summary>
    [Field(5)]
    public int SuccessThreshold { get; init; }

    /// <summary>Failures in a row that count as one; 3 when left out.</summary>
    [Field(6)]
    public int FailureThreshold { get; init; }

    /// <summary>Grace period of a container that this probe ends; the pod's when left out. Not for readiness.</summary>
    [Field(7)]
    public long? TerminationGracePeriodSeconds { get; init; }

    internal Probe WithDefaults() => this with
    {
        HttpGet = HttpGet?.WithDefaults(),
        Grpc = Grpc?.WithDefaults(),
        TimeoutSeconds = TimeoutSeconds == 0 ? 1 : TimeoutSeconds,
        PeriodSeconds = PeriodSeconds == 0 ? 10 : PeriodSeconds,
        SuccessThreshold = SuccessThreshold == 0 ? 1 : SuccessThreshold,
        FailureThreshold = FailureThreshold == 0 ? 3 : FailureThreshold,
    };

    /// <summary>A probe whose failure restarts the container: one success is enough to count as alive.</summary>
    internal void ValidateLiveness(long gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        Validate(gracePeriodSeconds, path, errors);
        if (SuccessThreshold != 1)
        {
            errors.Invalid(path.Child("successThreshold"), SuccessThreshold, "must be 1");
        }
    }

    /// <summary>A probe that ends nothing, so it has no time to grant.</summary>
    internal void ValidateReadiness(long gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        Validate(gracePeriodSeconds, path, errors);
        if (TerminationGracePeriodSeconds is not null)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), TerminationGracePeriodSeconds, "must not be set for readinessProbes");
        }
    }

    private void Validate(long gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        new Handler(Exec, HttpGet, TcpSocket, Grpc, null).Validate(gracePeriodSeconds, path, errors);
        errors.NonNegative(path.Child("initialDelaySeconds"), InitialDelaySeconds);
        errors.NonNegative(path.Child("timeoutSeconds"), TimeoutSeconds);
        errors.NonNegative(path.Child("periodSeconds"), PeriodSeconds);
        errors.NonNegative(path.Child("successThreshold"), SuccessThreshold);
        errors.NonNegative(path.Child("failureThreshold"), FailureThreshold);
        if (TerminationGracePeriodSeconds is { } seconds)
        {
            errors.Positive(path.Child("terminationGracePeriodSeconds"), seconds);
        }
    }
}
