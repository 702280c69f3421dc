using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Agent;
using Petrel.Node.Hooks;
using Petrel.Node.Images;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;
using Petrel.Node.Status;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Containers;

/// <summary>The way of a container from its spec to a running process.</summary>
internal sealed class ContainerStart(
    NodeOptions options,
    ContainerRuntime runtime,
    ImagePuller images,
    ContainerEnvironment environment,
    ContainerMounts mounts,
    NodeServices services,
    LifecycleHooks hooks,
    PodEvents events)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private readonly long _nodeMemory = Machine.MemoryBytes;

    /// <summary>Null when the container runs; else why it does not.</summary>
    /// <exception cref="OperationCanceledException">The pod is to end.</exception>
    public async Task<WaitingReason?> RunAsync(ContainerStartRequest request, CancellationToken cancellationToken)
    {
        // 1. Its image.
        var (image, failure) = await FindImageAsync(request, cancellationToken);
        if (image is null)
        {
            return failure;
        }

        // 2. Its configuration, which needs ConfigMaps, Secrets and services.
        Cri.ContainerConfig configuration;
        try
        {
            configuration = await ConfigureAsync(request, image, cancellationToken);
        }
        catch (ContainerConfigurationException e)
        {
            return Refuse(request, "CreateContainerConfigError", e.Message);
        }

        // 3. The container, then its process.
        string id;
        try
        {
            id = await CreateAsync(request, configuration, cancellationToken);
        }
        catch (GrpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            return Refuse(request, "CreateContainerError", e.Detail);
        }

        try
        {
            await runtime.Containers.StartAsync(id, cancellationToken);
        }
        catch (GrpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            return Refuse(request, "RunContainerError", e.Detail);
        }

        events.Normal(request.Pod, request.Container, "Started", $"Started container {request.Container.Name}");

        // 4. What it wants done before it counts as started.
        return request.Container.Container.Lifecycle?.PostStart is { } hook ? await RunHookAsync(request, hook, id, cancellationToken) : null;
    }

    private async Task<ImageResult> FindImageAsync(ContainerStartRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await images.EnsureAsync(request.Pod, request.Container, request.Sandbox, cancellationToken);
        }
        catch (GrpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = $"Failed to inspect image \"{request.Container.Container.Image}\": {RuntimeErrors.Text(e)}";
            events.Warning(request.Pod, request.Container, "InspectFailed", problem);
            return ImageResult.Failed("ImageInspectError", problem, RetryPause);
        }
    }

    private async Task<Cri.ContainerConfig> ConfigureAsync(ContainerStartRequest request, Cri.Image image, CancellationToken cancellationToken)
    {
        var (pod, container) = (request.Pod, request.Container);
        if (SecuritySettings.RootProblem(pod, container.Container, image) is { } problem)
        {
            throw new ContainerConfigurationException(problem);
        }

        var allocatable = NodeResources.Measure(options.RootDirectory, options.MaxPods).Allocatable;
        var variables = await environment.OfAsync(pod, container, services.VariablesOf(pod), allocatable, cancellationToken);
        var mounted = await mounts.OfAsync(pod, container.Container, request.Attempt, request.Volumes, variables, cancellationToken);
        return ContainerConfiguration.Of(pod, container, request.Attempt, image, variables, mounted, request.TargetId, _nodeMemory);
    }

    private async Task<string> CreateAsync(ContainerStartRequest request, Cri.ContainerConfig configuration, CancellationToken cancellationToken)
    {
        if (request.Unstarted is not null)
        {
            await runtime.Containers.RemoveAsync(request.Unstarted, cancellationToken);
        }

        var log = Path.Combine(request.Sandbox.LogDirectory, configuration.LogPath);
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        var id = await runtime.Containers.CreateAsync(request.SandboxId, configuration, request.Sandbox, cancellationToken);
        ContainerLogLink.Make(options, request.Pod, request.Container.Name, id, log);
        events.Normal(request.Pod, request.Container, "Created", $"Created container: {request.Container.Name}");
        return id;
    }

    /// <summary>A container whose hook fails is ended; whether it is started again is its policy's matter.</summary>
    private async Task<WaitingReason?> RunHookAsync(ContainerStartRequest request, LifecycleHandler hook, string id, CancellationToken cancellationToken)
    {
        var (pod, container) = (request.Pod, request.Container);
        try
        {
            await hooks.RunAsync(pod, container.Container, hook, id, pod.Status.PodIP, cancellationToken);
            return null;
        }
        catch (HookException e)
        {
            events.Warning(pod, container, e.Reason, e.Message);
            events.Normal(pod, container, "Killing", "FailedPostStartHook");
            await runtime.Containers.StopAsync(id, TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30), cancellationToken);
            // It has run, so how soon it is started again is the back-off's matter.
            return new WaitingReason("PostStartHookError", e.Detail, TimeSpan.Zero);
        }
    }

    private WaitingReason Refuse(ContainerStartRequest request, string reason, string message)
    {
        events.Warning(request.Pod, request.Container, "Failed", $"Error: {message}");
        return new WaitingReason(reason, message, RetryPause);
    }
}
