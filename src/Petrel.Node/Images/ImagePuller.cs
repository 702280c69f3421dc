using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Images;

/// <summary>
/// Brings the images of containers onto the node by their pull policy, with the reasons, messages and events of upstream. One
/// that cannot be pulled is tried again later each time.
/// </summary>
internal sealed class ImagePuller(ContainerRuntime runtime, PullCredentials credentials, PodEvents events, TimeProvider time, int maxParallelPulls) : IDisposable
{
    /// <summary>How long the error itself is shown before the wait for the next attempt is.</summary>
    private static readonly TimeSpan ErrorShown = TimeSpan.FromSeconds(3);

    /// <summary>For what only a change of the node or of the pod can mend.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly CrashBackoff _backoff = new(time);
    private readonly Dictionary<string, string> _errors = [];
    private readonly SemaphoreSlim _pulls = new(maxParallelPulls);

    /// <summary>The image of a container.</summary>
    /// <exception cref="GrpcException">The runtime does not answer.</exception>
    public async Task<ImageResult> EnsureAsync(Pod pod, PodContainer container, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var name = container.Container.Image;
        if (ImageReference.Parse(name) is null)
        {
            var problem = $"Failed to apply default image tag \"{name}\": couldn't parse image name \"{name}\": {ImageNameProblem.Of(name)}";
            events.Warning(pod, container, "InspectFailed", problem);
            events.Warning(pod, container, "Failed", "Error: InvalidImageName");
            return ImageResult.Failed("InvalidImageName", problem, null);
        }

        var present = await runtime.Images.FindAsync(name, cancellationToken);
        var policy = container.Container.ImagePullPolicy;
        if (present is not null && policy != "Always")
        {
            events.Normal(pod, container, "Pulled", $"Container image \"{name}\" already present on machine");
            return ImageResult.Found(present);
        }

        if (policy == "Never")
        {
            var problem = $"Container image \"{name}\" is not present with pull policy of Never";
            events.Warning(pod, container, "ErrImageNeverPull", problem);
            events.Warning(pod, container, "Failed", "Error: ErrImageNeverPull");
            return ImageResult.Failed("ErrImageNeverPull", problem, RetryPause);
        }

        return await PullAsync(pod, container, name, sandbox, cancellationToken);
    }

    /// <summary>The pod is gone: what is known of its failures is not needed any more.</summary>
    public void Forget(Pod pod)
    {
        lock (_lock)
        {
            foreach (var key in PodContainer.Of(pod.Spec).Select(container => Key(pod, container.Container.Image)))
            {
                _backoff.Forget(key);
                _errors.Remove(key);
            }
        }
    }

    public void Dispose() => _pulls.Dispose();

    private async Task<ImageResult> PullAsync(Pod pod, PodContainer container, string name, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var key = Key(pod, name);
        if (Waiting(key) is { } waiting)
        {
            events.Normal(pod, container, "BackOff", $"Back-off pulling image \"{name}\"");
            events.Warning(pod, container, "Failed", "Error: ImagePullBackOff");
            return ImageResult.Failed("ImagePullBackOff", $"Back-off pulling image \"{name}\": {waiting.Error}", waiting.Left);
        }

        events.Normal(pod, container, "Pulling", $"Pulling image \"{name}\"");
        var begun = time.GetTimestamp();
        await _pulls.WaitAsync(cancellationToken);
        try
        {
            var pulling = time.GetTimestamp();
            var image = await PullWithCredentialsAsync(pod, container, name, sandbox, cancellationToken);
            events.Normal(
                pod,
                container,
                "Pulled",
                $"Successfully pulled image \"{name}\" in {GoDuration.Format(time.GetElapsedTime(pulling))} ({GoDuration.Format(time.GetElapsedTime(begun))} including waiting). Image size: {image.Size} bytes.");
            return ImageResult.Found(image);
        }
        catch (GrpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            var message = RuntimeErrors.Text(e);
            events.Warning(pod, container, "Failed", $"Failed to pull image \"{name}\": {message}");
            events.Warning(pod, container, "Failed", "Error: ErrImagePull");
            Failed(key, $"ErrImagePull: {message}");
            return ImageResult.Failed("ErrImagePull", message, ErrorShown);
        }
        finally
        {
            _pulls.Release();
        }
    }

    private async Task<Cri.Image> PullWithCredentialsAsync(
        Pod pod, PodContainer container, string name, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var candidates = await credentials.ForAsync(pod, container, name, cancellationToken);
        for (var i = 0; ; i++)
        {
            var request = new Cri.PullImageRequest { Image = new() { Image = name }, SandboxConfig = sandbox, Auth = candidates.Count == 0 ? null : candidates[i] };
            try
            {
                var reference = await runtime.Images.PullAsync(request, cancellationToken);
                return await runtime.Images.FindAsync(reference, cancellationToken)
                    ?? throw new GrpcException(GrpcStatusCode.NotFound, $"image {reference} was removed after it was pulled");
            }
            catch (GrpcException) when (i + 1 < candidates.Count && !cancellationToken.IsCancellationRequested)
            {
                // Another secret may have what the registry wants.
            }
        }
    }

    private static string Key(Pod pod, string image) => $"{pod.Metadata.Uid}_{image}";

    private (TimeSpan Left, string Error)? Waiting(string key)
    {
        lock (_lock)
        {
            return _backoff.Waiting(key) is { } waiting ? (waiting.Left, _errors.GetValueOrDefault(key) ?? "") : null;
        }
    }

    private void Failed(string key, string error)
    {
        lock (_lock)
        {
            _backoff.Failed(key, time.GetUtcNow());
            _errors[key] = error;
        }
    }
}
