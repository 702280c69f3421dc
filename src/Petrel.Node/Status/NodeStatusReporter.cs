using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Grpc;
using Petrel.Node.Agent;
using Petrel.Node.Images;
using Petrel.Node.Runtime;

namespace Petrel.Node.Status;

/// <summary>Keeps the Node's status true: written when something other than heartbeat times changed, else every five minutes.</summary>
/// <param name="pressure">What the node is short of now.</param>
public sealed partial class NodeStatusReporter(IApi api, ContainerRuntime runtime, NodeOptions options, Func<NodePressure> pressure, TimeProvider time, ILogger<NodeStatusReporter> logger)
{
    private DateTimeOffset _written;
    private bool _hasBeenReady;

    /// <summary>Reports until cancelled; more often until the node is ready for the first time, since all wait for that.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.StartCheckPeriod, time);
        do
        {
            try
            {
                await ReportAsync(cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or ApiException)
            {
                Log.NotWritten(logger, e.Message);
            }

            timer.Period = _hasBeenReady ? options.StatusCheckPeriod : options.StartCheckPeriod;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Looks once, and writes if there is reason to.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        var node = await api.GetAsync<Api.Core.Node>(null, options.Name, cancellationToken);
        var now = time.GetUtcNow();
        var status = await MeasureAsync(node.Status, now, cancellationToken);
        _hasBeenReady |= status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" });
        if (now - _written < options.StatusPeriod && WithoutHeartbeats(status) == WithoutHeartbeats(node.Status))
        {
            return;
        }

        await api.UpdateStatusAsync(node with { Status = status }, cancellationToken);
        _written = now;
    }

    private async Task<NodeStatus> MeasureAsync(NodeStatus present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.RootDirectory);
        var resources = NodeResources.Measure(options.RootDirectory, options.MaxPods);
        var status = present with
        {
            Capacity = resources.Capacity,
            Allocatable = resources.Allocatable,
            Addresses = options.Addresses
                .Select(static address => new NodeAddress { Type = "InternalIP", Address = address.ToString() })
                .Append(new NodeAddress { Type = "Hostname", Address = options.Name })
                .ToApiList(),
            DaemonEndpoints = new() { KubeletEndpoint = new() { Port = options.Port } },
        };
        var problems = new List<string>();
        try
        {
            status = await AskRuntimeAsync(status, problems, cancellationToken);
        }
        catch (GrpcException e)
        {
            Log.RuntimeDown(logger, e.Message);
            problems.Add("container runtime is down");
        }

        return status with { Conditions = NodeConditions.Merge(present.Conditions, NodeConditions.Of(pressure(), problems), now) };
    }

    private async Task<NodeStatus> AskRuntimeAsync(NodeStatus status, List<string> problems, CancellationToken cancellationToken)
    {
        var version = await runtime.Status.VersionAsync(cancellationToken);
        var answer = await runtime.Status.ReadAsync(verbose: false, cancellationToken);
        foreach (var condition in answer.Status.Conditions.Where(static condition => !condition.Status))
        {
            var kind = condition.Type == "NetworkReady" ? "container runtime network" : "container runtime";
            problems.Add($"{kind} not ready: {condition.Type}=false reason:{condition.Reason} message:{condition.Message}");
        }

        return status with
        {
            NodeInfo = Machine.Describe($"{version.RuntimeName}://{version.RuntimeVersion}", options.Version),
            Images = NodeImages.Of(await runtime.Images.ListAsync(cancellationToken)),
            RuntimeHandlers = answer.RuntimeHandlers.Select(static handler => new NodeRuntimeHandler
            {
                Name = handler.Name,
                Features = handler.Features is null ? null : new()
                {
                    RecursiveReadOnlyMounts = handler.Features.RecursiveReadOnlyMounts,
                    UserNamespaces = handler.Features.UserNamespaces,
                },
            }).ToApiList(),
        };
    }

    private static NodeStatus WithoutHeartbeats(NodeStatus status) =>
        status with { Conditions = status.Conditions.Select(static condition => condition with { LastHeartbeatTime = null }).ToApiList() };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot write the node's status, will try again: {Message}")]
        public static partial void NotWritten(ILogger logger, string message);

        [LoggerMessage(LogLevel.Warning, "the container runtime does not answer: {Message}")]
        public static partial void RuntimeDown(ILogger logger, string message);
    }
}
