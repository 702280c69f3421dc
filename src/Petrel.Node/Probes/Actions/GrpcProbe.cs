using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Grpc.Health;
using Petrel.Node.Http;
using Petrel.Node.Pods;

namespace Petrel.Node.Probes.Actions;

/// <summary>The gRPC health checking protocol, which is to answer SERVING.</summary>
internal sealed class GrpcProbe(ProbeOptions options, TimeProvider time) : IProbeAction
{
    private static readonly GrpcMethod<HealthCheckRequest, HealthCheckResponse> Check = new("grpc.health.v1.Health", "Check");

    private readonly Dictionary<string, string> _metadata = new() { ["user-agent"] = $"kube-probe/{options.Version}" };

    /// <inheritdoc/>
    public bool Handles(Probe probe) => probe.Grpc is not null;

    /// <inheritdoc/>
    public async Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var action = target.Probe.Grpc!;
        var address = ContainerPorts.Join(target.PodAddress, action.Port);
        // A connection for each try, as for the other probes: one that was open already proves less.
        using var channel = GrpcChannel.ForAddress(new Uri($"http://{address}"), new GrpcChannelOptions { ConnectTimeout = target.Timeout, Time = time });
        var call = new GrpcCallOptions { Timeout = target.Timeout, Metadata = _metadata };
        try
        {
            var response = await channel.UnaryAsync(Check, new HealthCheckRequest { Service = action.Service ?? "" }, call, cancellationToken);
            return response.Status == HealthCheckResponse.Types.ServingStatus.Serving
                ? ProbeAnswer.Success
                : ProbeAnswer.Failure($"service unhealthy (responded with \"{Name(response.Status)}\")");
        }
        catch (GrpcException exception)
        {
            return ProbeAnswer.Failure(Describe(exception, address, GoDuration.Format(target.Timeout)));
        }
    }

    private static string Describe(GrpcException exception, string address, string timeout) => exception switch
    {
        // Upstream's client tries to connect until its time is over; here the first refusal is the answer, in the same words.
        _ when IsConnectFailure(exception) => $"timeout: failed to connect service \"{address}\" within {timeout}: context deadline exceeded",
        { StatusCode: GrpcStatusCode.Unimplemented } => $"error: this server does not implement the grpc health protocol (grpc.health.v1.Health): {exception.Detail}",
        { StatusCode: GrpcStatusCode.DeadlineExceeded } => $"timeout: health rpc did not complete within {timeout}",
        _ => $"error: health rpc probe failed: {exception.Message}",
    };

    private static bool IsConnectFailure(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(HealthCheckResponse.Types.ServingStatus status) => status switch
    {
        HealthCheckResponse.Types.ServingStatus.Unknown => "UNKNOWN",
        HealthCheckResponse.Types.ServingStatus.NotServing => "NOT_SERVING",
        HealthCheckResponse.Types.ServingStatus.ServiceUnknown => "SERVICE_UNKNOWN",
        _ => ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
