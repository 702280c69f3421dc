using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Http;
using Petrel.Node.Pods;
using Petrel.Node.Probes;
using Petrel.Node.Runtime;

namespace Petrel.Node.Hooks;

/// <summary>What a container wants done after it starts and before it is stopped (API field lifecycle).</summary>
/// <param name="version">The version that requests introduce themselves with: the user agent is <c>kube-lifecycle/1.33</c>.</param>
public sealed class LifecycleHooks(ContainerRuntime runtime, TimeProvider time, string version = "1.33") : IDisposable
{
    private readonly HttpGetClient _http = new();

    /// <summary>Runs a hook to its end. It has no time limit of its own: the caller cancels it when the pod's time is over.</summary>
    /// <param name="handler">The container's own postStart or preStop.</param>
    /// <param name="containerId">The runtime's, with or without <c>containerd://</c>.</param>
    /// <param name="podAddress">The pod's first address; empty when it has none.</param>
    /// <exception cref="HookException">The hook failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(Pod pod, Container container, LifecycleHandler handler, string containerId, string podAddress, CancellationToken cancellationToken)
    {
        var problem = handler switch
        {
            { Exec: { } exec } => await ExecAsync(exec, PodContainers.RuntimeId(containerId), cancellationToken),
            { HttpGet: { } get } => await GetAsync(get, container, podAddress, cancellationToken),
            { Sleep: { } sleep } => await SleepAsync(sleep, cancellationToken),
            // The API takes tcpSocket for old clients' sake; it has never worked (API field LifecycleHandler.tcpSocket).
            _ => ("Cannot run handler", "invalid handler"),
        };
        if (problem is var (what, error))
        {
            var name = $"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";
            var isPreStop = ReferenceEquals(handler, container.Lifecycle?.PreStop);
            throw new HookException(
                isPreStop ? "FailedPreStopHook" : "FailedPostStartHook",
                isPreStop ? "PreStopHook failed" : "PostStartHook failed",
                $"{what} for Container \"{container.Name}\" in Pod \"{name}\" failed - error: {error}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <returns>What failed and why, in kubelet's words; null for success.</returns>
    private async Task<(string What, string Error)?> ExecAsync(ExecAction action, string containerId, CancellationToken cancellationToken)
    {
        var what = $"Exec lifecycle hook ([{string.Join(' ', action.Command)}])";
        try
        {
            var result = await runtime.Streaming.ExecAsync(containerId, action.Command, timeout: null, cancellationToken);
            return result.Succeeded
                ? null
                : (what, $"command '{string.Join(' ', action.Command)}' exited with {result.ExitCode}: {result.ErrorText}, message: {GoText.Quote(result.OutputText + result.ErrorText)}");
        }
        catch (GrpcException exception)
        {
            return (what, $"{exception.Message}, message: \"\"");
        }
    }

    /// <summary>Any answer is a success: the status does not count.</summary>
    private async Task<(string What, string Error)?> GetAsync(HTTPGetAction action, Container container, string podAddress, CancellationToken cancellationToken)
    {
        var what = $"HTTP lifecycle hook ({action.Path})";
        if (action.Host.Length == 0 && podAddress.Length == 0)
        {
            return (what, "failed to find networking container");
        }

        try
        {
            var request = HttpGetRequest.Of(action, container, podAddress, $"kube-lifecycle/{version}");
            try
            {
                await _http.GetAsync(request, cancellationToken);
            }
            catch (HttpGetException exception) when (exception.IsPlainAnswer)
            {
                // Before 1.25 the scheme was ignored, and hooks that say HTTPS to a plain server have lived on that.
                await _http.GetAsync(request.WithoutTls(), cancellationToken);
            }

            return null;
        }
        catch (Exception exception) when (exception is HttpGetException or FormatException)
        {
            return (what, exception.Message);
        }
    }

    private async Task<(string What, string Error)?> SleepAsync(SleepAction action, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(action.Seconds), time, cancellationToken);
        return null;
    }
}
